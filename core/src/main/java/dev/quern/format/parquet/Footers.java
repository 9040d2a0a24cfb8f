package dev.quern.format.parquet;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * Opens files again and again, of which each worker reads some groups: the footers of those opened
 * last without a key are kept, for reading one takes as long as reading thousands of rows. Safe for
 * several threads.
 */
final class Footers {
  /** Footers that are kept; workers are seldom in more files at a time. */
  private static final int KEPT = 8;

  private final List<ParquetInput> files;
  private final FieldKeys keys;
  private final Map<Integer, ParquetMetadata> known =
      new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, ParquetMetadata> eldest) {
          return size() > KEPT;
        }
      };

  Footers(List<ParquetInput> files, FieldKeys keys) {
    this.files = files;
    this.keys = keys;
  }

  /** Opens file {@code number}, see {@link ParquetFile#open(ParquetInput)}. */
  ParquetFile open(int number) throws IOException {
    if (keys != FieldKeys.NONE) {
      return ParquetFile.open(files.get(number), keys); // A footer holds what decrypts, for one.
    }
    ParquetMetadata footer;
    synchronized (known) {
      footer = known.get(number);
    }
    if (footer != null) {
      return ParquetFile.open(files.get(number), footer);
    }
    ParquetFile file = ParquetFile.open(files.get(number));
    synchronized (known) {
      known.put(number, file.footer());
    }
    return file;
  }
}
