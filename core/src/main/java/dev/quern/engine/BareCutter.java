package dev.quern.engine;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Leaves the bytes of morsels behind. */
public record BareCutter(MorselCutter cutter) implements MorselCutter {
  @Override
  public @Nullable Morsel next() throws IOException {
    Morsel morsel = cutter.next();
    return morsel == null ? null : morsel.bare();
  }

  @Override
  public void skip(Morsel finished) throws IOException {
    cutter.skip(finished);
  }

  @Override
  public long bytesRead() {
    return cutter.bytesRead();
  }

  @Override
  public void close() throws IOException {
    cutter.close();
  }
}
