package dev.quern.engine.pass;

import dev.quern.data.Batch;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where the samples of one task go. Used by one thread; closed without finish if the task fails.
 */
public interface Target extends Closeable {
  /** Takes the selected samples of {@code batch}. */
  void accept(Batch batch) throws IOException;

  /** Completes what was made and returns the file, or null if there is none. */
  TaskLine.@Nullable Made finish() throws IOException;

  /** Returns the bytes written so far that are no result: shuffle files. */
  default long spilled() {
    return 0;
  }

  /** Samples that go nowhere. */
  final class Nowhere implements Target {
    @Override
    public void accept(Batch batch) {}

    @Override
    public TaskLine.@Nullable Made finish() {
      return null;
    }

    @Override
    public void close() {}
  }
}
