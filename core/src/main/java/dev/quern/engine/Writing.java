package dev.quern.engine;

import dev.quern.data.Batch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** The code of a write: opens one file per morsel. Safe for several threads. */
public interface Writing {

  /** Returns the ending of the files, for example {@code .parquet}. */
  String ending();

  /** Opens the new file {@code path}. */
  Output open(Path path) throws IOException;

  /**
   * Opens the new file {@code path}, which gets its name in {@code folder} when its content is
   * known, as {@code files} has it; encrypted ones are bound to {@link #unnamed} until then.
   *
   * @throws IllegalStateException if it is to be encrypted, and the format knows no way
   */
  default Output open(Path path, SampleFiles files, Path folder) throws IOException {
    if (!files.encryption().isEmpty()) {
      throw new IllegalStateException("format must be one that can be encrypted: " + ending());
    }
    return open(path);
  }

  /** Returns the place that stands for files of {@code folder} whose names are not known yet. */
  static Path unnamed(Path folder) {
    return folder.resolve("unnamed");
  }

  /** A file being written by one thread. */
  interface Output extends Closeable {
    /** Writes the selected samples of {@code batch}. */
    void write(Batch batch) throws IOException;

    /** Completes the file and forces it to the disk. */
    @Override
    void close() throws IOException;
  }
}
