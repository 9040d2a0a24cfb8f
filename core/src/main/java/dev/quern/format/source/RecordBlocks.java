package dev.quern.format.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Splits a stream into blocks that end where records end. */
final class RecordBlocks implements Closeable {
  /** Bytes read at a time of a record that is not held. */
  private static final int PASSED = 1 << 20;

  private final InputStream in;
  private final Boundaries boundaries;
  private final int target;
  private final int limit;
  private final long stop;
  private byte[] buffer;

  /** Bytes held in the buffer; the first of them is at {@link #offset} in the stream. */
  private int length;

  private long offset;
  private boolean ended;

  /** Whether the file is whole if it ends behind the block returned last, too long a record. */
  private boolean whole;

  /**
   * A block.
   *
   * @param offset of its first byte in the decoded stream
   * @param end offset behind its last byte
   * @param bytes whole records; for a record longer than the limit its first bytes only
   * @param lines line ends passed within a record that is longer than the limit
   */
  record Block(long offset, long end, byte[] bytes, long lines) {
    boolean isTooLong() {
      return end - offset > bytes.length;
    }
  }

  /**
   * Splits {@code in}, which stands at {@code offset}, up to {@code stop} (a record end or the end
   * of the stream).
   *
   * @param target wanted size of a block in bytes; a longer record makes a longer block
   * @param limit length of the longest record that is held
   */
  RecordBlocks(
      InputStream in, Boundaries boundaries, long offset, long stop, long target, int limit) {
    this.in = in;
    this.boundaries = boundaries;
    this.offset = offset;
    this.stop = stop;
    this.target = (int) Math.max(1, Math.min(target, 1 << 28));
    this.limit = limit;
    this.buffer = new byte[Math.min(this.target, 1 << 14)];
  }

  /**
   * Returns the next block, or null at the end. Where it ends depends on where it begins and on the
   * data alone, never on earlier blocks.
   */
  @Nullable Block next() throws IOException {
    int window = target;
    whole = false;
    while (true) {
      fill(window);
      int seen = Math.min(window, length);
      if (seen == 0) {
        return null;
      }
      boolean all = ended && seen == length;
      int cut =
          boundaries.lastEnd(
              buffer, 0, seen, offset, all ? Boundaries.Input.ENDED : Boundaries.Input.CONTINUES);
      if (cut > 0) {
        long start = offset;
        Block block = new Block(start, start + cut, Arrays.copyOf(buffer, cut), 0);
        drop(cut);
        return block;
      }
      if (seen > limit) {
        return tooLong();
      }
      window = (int) Math.min(2L * window, limit + 1L);
    }
  }

  /**
   * Returns whether the stream ends behind the block returned last and nothing is known yet that
   * says it is whole.
   */
  boolean endsHere() throws IOException {
    return !whole && atEnd();
  }

  private boolean atEnd() throws IOException {
    if (length == 0 && offset == stop) {
      // More than asked for is read only here, and nothing after it.
      return in.read() < 0;
    }
    fill(1);
    return length == 0;
  }

  /** Passes over a record that is longer than the limit, without holding it. */
  private Block tooLong() throws IOException {
    byte[] head = Arrays.copyOf(buffer, Math.min(RecordFormat.RAW_OF_TOO_LONG, limit));
    long start = offset;
    Boundaries.Passing passing = boundaries.passing(start);
    int end = -1;
    while (end < 0 && length > 0) {
      end = passing.end(buffer, length);
      drop(end < 0 ? length : end);
      if (end < 0) {
        fill(PASSED);
      }
    }
    whole = passing.isWhole();
    return new Block(start, offset, head, passing.lines());
  }

  private void drop(int count) {
    System.arraycopy(buffer, count, buffer, 0, length - count);
    length -= count;
    offset += count;
  }

  /** Fills the buffer up to {@code wanted} bytes; it grows with what is there. */
  private void fill(int wanted) throws IOException {
    while (!ended && length < wanted) {
      if (length == buffer.length) {
        buffer = Arrays.copyOf(buffer, (int) Math.min(wanted, 4L * length));
      }
      int asked = Math.min(wanted, buffer.length) - length;
      int got = in.readNBytes(buffer, length, (int) Math.min(asked, stop - offset - length));
      ended = got < asked;
      length += got;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
