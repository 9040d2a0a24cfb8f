package dev.quern.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The id, rank and split of each physical row of a batch. Immutable.
 *
 * <p>A rank (origin, position, child) gives the order of samples, compared in this order as signed
 * longs: origin = source number · 2^32 + file number; position = offset in the decoded stream;
 * child = path of child numbers, 0 for a sample that came from a reader.
 */
public final class Keys {
  private final long[] idHigh;
  private final long[] idLow;
  private final long[] origin;
  private final long[] position;
  private final long[] child;
  private final byte[] split;
  private final int size;

  private Keys(
      long[] idHigh,
      long[] idLow,
      long[] origin,
      long[] position,
      long[] child,
      byte[] split,
      int size) {
    this.idHigh = idHigh;
    this.idLow = idLow;
    this.origin = origin;
    this.position = position;
    this.child = child;
    this.split = split;
    this.size = size;
  }

  /**
   * Returns the keys of {@code rows} samples in turn of one file, {@code first} the position of the
   * first of them.
   *
   * @param beginning what all ids begin with; position and 0 follow
   */
  public static Keys inTurn(Hash128 beginning, long origin, long first, int rows, Split split) {
    long[] high = new long[rows];
    long[] low = new long[rows];
    long[] positions = new long[rows];
    beginning.thenInTurn(first, high, low, positions);
    long[] origins = new long[rows];
    if (origin != 0) {
      Arrays.fill(origins, origin);
    }
    byte[] splits = new byte[rows];
    if (split.code() != 0) {
      Arrays.fill(splits, split.code());
    }
    return new Keys(high, low, origins, positions, new long[rows], splits, rows);
  }

  /** Returns the number of rows. */
  public int size() {
    return size;
  }

  /** Returns the id of {@code row}. */
  public SampleId id(int row) {
    return new SampleId(idHigh[row], idLow[row]);
  }

  /** Returns the upper half of the id of {@code row}. */
  public long idHigh(int row) {
    return idHigh[row];
  }

  /** Returns the lower half of the id of {@code row}. */
  public long idLow(int row) {
    return idLow[row];
  }

  /** Returns source and file number of {@code row}. */
  public long origin(int row) {
    return origin[row];
  }

  /** Returns the position of {@code row} in its file. */
  public long position(int row) {
    return position[row];
  }

  /** Returns the path of child numbers of {@code row}. */
  public long child(int row) {
    return child[row];
  }

  /** Returns the split of {@code row}. */
  public Split split(int row) {
    return Split.of(split[row]);
  }

  /** Returns the code of the split of {@code row}. */
  public byte splitCode(int row) {
    return split[row];
  }

  /** Adds to {@code counts} how many rows each split has, by code. */
  public void countSplits(long[] counts) {
    if (size > 0 && Arrays.equals(split, 0, size - 1, split, 1, size)) {
      // Where each code equals the next one there is one: mostly so.
      counts[split[0]] += size;
      return;
    }
    for (int from = 0; from < size; ) {
      byte code = split[from];
      int to = from + 1;
      while (to < size && split[to] == code) {
        to++;
      }
      counts[code] += to - from;
      from = to;
    }
  }

  /** Compares the ranks of two rows. */
  public int compareRank(int row, Keys other, int otherRow) {
    int order = Long.compare(origin[row], other.origin[otherRow]);
    if (order == 0) {
      order = Long.compare(position[row], other.position[otherRow]);
    }
    return order != 0 ? order : Long.compare(child[row], other.child[otherRow]);
  }

  /** Returns these keys with other splits; the keys now own {@code codes}. */
  public Keys withSplits(byte[] codes) {
    return new Keys(idHigh, idLow, origin, position, child, codes, size);
  }

  /** Returns these keys with every row in {@code all}. */
  public Keys withSplit(Split all) {
    byte[] codes = new byte[size];
    Arrays.fill(codes, all.code());
    return withSplits(codes);
  }

  /** Collects keys row by row. */
  public static final class Builder {
    private long[] idHigh = {};
    private long[] idLow = {};
    private long[] origin = {};
    private long[] position = {};
    private long[] child = {};
    private byte[] split = {};
    private int size;

    /** Rows of the keys built last. */
    private int before;

    /** Makes a builder of no rows. */
    public Builder() {}

    /** Makes a builder of no rows that expects {@code rows}. */
    public Builder(int rows) {
      before = rows;
    }

    /** Returns the number of rows appended since the last build. */
    public int size() {
      return size;
    }

    /** Appends a row. */
    public void append(
        long high, long low, long newOrigin, long newPosition, long newChild, byte newSplit) {
      if (size == idHigh.length) {
        int room = Math.max(16, size == 0 ? before : size + (size >> 1) + 1);
        idHigh = Arrays.copyOf(idHigh, room);
        idLow = Arrays.copyOf(idLow, room);
        origin = Arrays.copyOf(origin, room);
        position = Arrays.copyOf(position, room);
        child = Arrays.copyOf(child, room);
        split = Arrays.copyOf(split, room);
      }
      idHigh[size] = high;
      idLow[size] = low;
      origin[size] = newOrigin;
      position[size] = newPosition;
      child[size] = newChild;
      split[size++] = newSplit;
    }

    /** Appends a copy of {@code row} of {@code keys}. */
    public void append(Keys keys, int row) {
      append(
          keys.idHigh[row],
          keys.idLow[row],
          keys.origin[row],
          keys.position[row],
          keys.child[row],
          keys.split[row]);
    }

    /**
     * Appends the keys of child {@code number} (from 0) of {@code row}: its id is the hash of the
     * parent's id and the number, its rank follows the parent's.
     *
     * @throws IllegalStateException beyond three levels of children or 2^21 - 2 children of a
     *     sample
     */
    public void appendChild(Keys keys, int row, int number, @Nullable Hash128 scratch) {
      long path = keys.child[row];
      if (path >>> 42 != 0 || number >= (1 << 21) - 1) {
        throw new IllegalStateException(
            "children must be at most 2097151 per sample on at most three levels; found: number "
                + (number + 1L)
                + (path >>> 42 != 0 ? " on a fourth level" : ""));
      }
      Hash128 hash = scratch == null ? new Hash128() : scratch.reset();
      hash.putLong(keys.idHigh[row]).putLong(keys.idLow[row]).putLong(number).finish();
      append(
          hash.high(),
          hash.low(),
          keys.origin[row],
          keys.position[row],
          (path << 21) | (number + 1),
          keys.split[row]);
    }

    /** Returns the rows appended and starts anew. */
    public Keys build() {
      Keys keys = new Keys(idHigh, idLow, origin, position, child, split, size);
      before = size;
      idHigh = new long[0];
      idLow = new long[0];
      origin = new long[0];
      position = new long[0];
      child = new long[0];
      split = new byte[0];
      size = 0;
      return keys;
    }
  }
}
