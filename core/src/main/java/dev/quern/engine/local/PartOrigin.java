package dev.quern.engine.local;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Samples an earlier stage of the pass left in files, in numbered parts.
 *
 * @param parts how many there are
 * @param bytes size of the files
 * @param code makes the code of a worker
 */
record PartOrigin(int parts, long bytes, Code code) implements Origin {

  /** Makes the code of one worker. */
  interface Code {
    Lane lane(Work work, Way next);
  }

  @Override
  public boolean isSource() {
    return false;
  }

  @Override
  public Supply supply(long morselBytes) {
    return new Parts();
  }

  @Override
  public Lane lane(Work work, Way next) {
    return code.lane(work, next);
  }

  private final class Parts implements Supply {
    private int next;

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
    public void close() throws IOException {
      next = parts;
    }
  }
}
