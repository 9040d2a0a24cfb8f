package dev.quern.engine;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Cuts the input of one read into morsels, one after the other; safe for several threads. */
public interface MorselCutter extends Closeable {

  /** Returns the next morsel, or null at the end. */
  @Nullable Morsel next() throws IOException;

  /**
   * Jumps over {@code finished}, the morsel that {@link #next} would return now, as an earlier run
   * of the same read cut it; a plain file is not read for it.
   */
  void skip(Morsel finished) throws IOException;

  /** Returns how many bytes of the source files were read for cutting so far, as stored on disk. */
  long bytesRead();
}
