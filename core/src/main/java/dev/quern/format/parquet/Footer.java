package dev.quern.format.parquet;

import dev.quern.format.source.FoundFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/** Looks at the footer of a file before the library reads it. */
final class Footer {
  /** The footer's length and the magic behind it. */
  private static final int TAIL = 8;

  private Footer() {}

  /**
   * Checks what the footer claims of its own parts.
   *
   * @throws IOException if it claims more than there is
   */
  static void check(ParquetInput input) throws IOException {
    try (SeekableByteChannel channel = FoundFile.open(input.file())) {
      long tail = input.bytes() - TAIL;
      int length = read(channel, tail, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
      if (length < 0 || length > tail - 4) {
        throw new IOException("footer must lie within the file");
      }
      new Thrift(read(channel, tail - length, length)).struct((within, id, value) -> {});
    }
  }

  private static ByteBuffer read(SeekableByteChannel channel, long place, int length)
      throws IOException {
    ByteBuffer into = ByteBuffer.allocate(length);
    channel.position(place);
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw new IOException("file must be as long as it was");
      }
    }
    return into.flip();
  }
}
