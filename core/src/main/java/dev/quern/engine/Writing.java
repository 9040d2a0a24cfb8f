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

  /** A file being written by one thread. */
  interface Output extends Closeable {
    /** Writes the selected samples of {@code batch}. */
    void write(Batch batch) throws IOException;

    /** Completes the file and forces it to the disk. */
    @Override
    void close() throws IOException;
  }
}
