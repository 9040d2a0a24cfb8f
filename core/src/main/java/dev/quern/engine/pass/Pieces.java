package dev.quern.engine.pass;

import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The pieces of an input, one after the other; asked by one thread at a time. */
interface Pieces extends Closeable {
  /** Returns the next piece, or null at the end. */
  @Nullable Piece next() throws IOException;

  /** Jumps over the piece an earlier execution finished. */
  void skip(TaskLine finished) throws IOException;

  /** Returns the bytes read so far to cut pieces. */
  long bytesRead();

  /** Morsels of a reading. */
  record Morsels(MorselCutter cutter) implements Pieces {
    @Override
    public @Nullable Piece next() throws IOException {
      Morsel morsel = cutter.next();
      return morsel == null ? null : new Piece(morsel.ordinal(), morsel);
    }

    @Override
    public void skip(TaskLine finished) throws IOException {
      if (finished.morsel() == null) {
        throw new IllegalStateException("journal must name the morsel of a finished task");
      }
      cutter.skip(finished.morsel());
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

  /** Parts by number. */
  final class Numbered implements Pieces {
    private final int parts;
    private int next;

    Numbered(int parts) {
      this.parts = parts;
    }

    @Override
    public @Nullable Piece next() {
      return next < parts ? new Piece(next++, null) : null;
    }

    @Override
    public void skip(TaskLine finished) {
      next = finished.key().ordinal() + 1;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public void close() {
      next = parts;
    }
  }
}
