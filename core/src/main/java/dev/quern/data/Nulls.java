package dev.quern.data;

import java.util.Arrays;

/** Which rows of a column are null: one bit each, absent when none is. Immutable. */
public final class Nulls {
  /** No row is null. */
  public static final Nulls NONE = new Nulls(new long[0], 0);

  private final long[] words;
  private final int count;

  private Nulls(long[] words, int count) {
    this.words = words;
    this.count = count;
  }

  /** Returns the nulls of a bitmap whose bit {@code i} tells that row {@code i} is null. */
  public static Nulls of(long[] bitmap) {
    int count = 0;
    for (long word : bitmap) {
      count += Long.bitCount(word);
    }
    return count == 0 ? NONE : new Nulls(bitmap, count);
  }

  /** Returns the nulls of {@code size} rows that are all null. */
  public static Nulls all(int size) {
    long[] bitmap = new long[(size + 63) >>> 6];
    Arrays.fill(bitmap, -1L);
    if ((size & 63) != 0) {
      bitmap[bitmap.length - 1] = (1L << (size & 63)) - 1;
    }
    return size == 0 ? NONE : new Nulls(bitmap, size);
  }

  /** Returns the rows that are null in {@code a} or in {@code b}. */
  public static Nulls either(Nulls a, Nulls b) {
    if (!a.any() || a == b) {
      return b;
    }
    if (!b.any()) {
      return a;
    }
    long[] longer = a.words.length >= b.words.length ? a.words : b.words;
    long[] shorter = longer == a.words ? b.words : a.words;
    long[] union = longer.clone();
    for (int i = 0; i < shorter.length; i++) {
      union[i] |= shorter[i];
    }
    return of(union);
  }

  /** Returns whether {@code row} is null. */
  public boolean at(int row) {
    int word = row >>> 6;
    return word < words.length && (words[word] & (1L << row)) != 0;
  }

  /** Returns the first row from {@code row} on that is null, or -1 where none is. */
  public int next(int row) {
    int word = row >>> 6;
    if (word >= words.length) {
      return -1;
    }
    long rest = words[word] & -1L << row;
    while (rest == 0) {
      if (++word == words.length) {
        return -1;
      }
      rest = words[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(rest);
  }

  /** Returns whether any row is null. */
  public boolean any() {
    return count != 0;
  }

  /** Returns the number of null rows. */
  public int count() {
    return count;
  }

  /** Collects nulls row by row. */
  public static final class Builder {
    private long[] words = new long[4];
    private boolean any;

    /** Marks {@code row} as null. */
    public void set(int row) {
      int word = row >>> 6;
      if (word >= words.length) {
        words = Arrays.copyOf(words, Math.max(2 * words.length, word + 1));
      }
      words[word] |= 1L << row;
      any = true;
    }

    /** Unmarks {@code row} and all after it. */
    void clearFrom(int row) {
      int word = row >>> 6;
      if (word < words.length) {
        words[word] &= (1L << row) - 1;
        Arrays.fill(words, word + 1, words.length, 0);
      }
    }

    /** Returns what was marked and starts anew. */
    public Nulls build() {
      Nulls nulls = any ? Nulls.of(words) : NONE;
      words = new long[4];
      any = false;
      return nulls;
    }
  }
}
