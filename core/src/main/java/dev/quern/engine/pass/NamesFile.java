package dev.quern.engine.pass;

import dev.quern.engine.ClearFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** The components of the samples of one file, as a file: 16 bytes for each, little endian. */
final class NamesFile {
  private NamesFile() {}

  /** Writes the names of {@code samples} samples to the new file {@code name} of a folder. */
  static void write(PassFolder folder, String name, StageFiles.ComponentNames names, int samples)
      throws IOException {
    ByteBuffer block = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    Path unfinished = folder.unfinished(name);
    try (FileChannel channel = ClearFiles.channel(unfinished)) {
      for (int i = 0; i < samples; i++) {
        block.putLong(names.high(i)).putLong(names.low(i));
        if (!block.hasRemaining() || i == samples - 1) {
          PassFolder.writeFully(channel, block.array(), 0, block.position());
          block.clear();
        }
      }
    }
    PassFolder.publish(unfinished, folder.file(name));
  }

  /** Reads what {@link #write} wrote. */
  static StageFiles.ComponentNames read(Path file) throws IOException {
    LongBuffer longs =
        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    return new StageFiles.ComponentNames() {
      @Override
      public long high(int sample) {
        return longs.get(2 * sample);
      }

      @Override
      public long low(int sample) {
        return longs.get(2 * sample + 1);
      }
    };
  }
}
