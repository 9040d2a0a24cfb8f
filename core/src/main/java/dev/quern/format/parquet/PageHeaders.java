package dev.quern.format.parquet;

import dev.quern.format.source.FoundFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;

/** Looks at the headers of the pages of a column before the library reads them. */
final class PageHeaders {
  /** Bytes read of a header at first: nearly all are shorter. */
  private static final int WINDOW = 512;

  /** Statistics may hold whole values, but no page header of 16 MiB has a good reason. */
  private static final int MAX_HEADER = 16 << 20;

  private static final int UNCOMPRESSED = 2;
  private static final int COMPRESSED = 3;
  private static final int DATA = 5;
  private static final int DATA_V2 = 8;

  private final SeekableByteChannel file;
  private final long size;

  /** The last header's size of the page as stored and as it should become, and its values. */
  private long stored;

  private long raw;
  private long values;

  private PageHeaders(SeekableByteChannel file, long size) {
    this.file = file;
    this.size = size;
  }

  /**
   * Checks the pages of {@code columns} in {@code group}.
   *
   * @param encrypted tells columns whose headers are encrypted: who has the key wrote them
   * @throws IOException if a header claims more than the file holds or a page may hold
   */
  static void check(
      ParquetInput input,
      BlockMetaData group,
      List<ColumnDescriptor> columns,
      Predicate<ColumnChunkMetaData> encrypted)
      throws IOException {
    Set<ColumnPath> wanted = new HashSet<>();
    columns.forEach(column -> wanted.add(ColumnPath.get(column.getPath())));
    try (SeekableByteChannel channel = FoundFile.open(input.file())) {
      PageHeaders headers = new PageHeaders(channel, channel.size());
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        if (wanted.contains(chunk.getPath()) && !encrypted.test(chunk)) {
          headers.check(chunk);
        }
      }
    }
  }

  private void check(ColumnChunkMetaData chunk) throws IOException {
    long at = chunk.getStartingPos();
    long seen = 0;
    while (seen < chunk.getValueCount()) {
      at += header(at);
      if (raw < 0 || raw > Codecs.MAX_PAGE_BYTES || stored < 0 || stored > size - at) {
        throw new IOException("a page must lie within its file");
      }
      at += stored;
      seen += Math.max(0, values);
    }
  }

  /** Reads the header at {@code at} and returns its length. */
  private int header(long at) throws IOException {
    for (int window = WINDOW; ; window *= 8) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(window, size - at));
      file.position(at);
      while (bytes.hasRemaining() && file.read(bytes) > 0) {
        // More of the window.
      }
      bytes.flip();
      stored = -1;
      raw = -1;
      values = 0;
      try {
        new Thrift(bytes).struct(this::take);
        return bytes.position();
      } catch (Thrift.EndsEarly e) {
        if (bytes.limit() < window || window > MAX_HEADER) {
          throw e;
        }
      }
    }
  }

  private void take(int within, int id, long value) {
    if (within == 0 && id == UNCOMPRESSED) {
      raw = value;
    } else if (within == 0 && id == COMPRESSED) {
      stored = value;
    } else if ((within == DATA || within == DATA_V2) && id == 1) {
      values = value;
    }
  }
}
