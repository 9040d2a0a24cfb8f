package dev.quern.data;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * UTF-8 texts or byte strings as slices of one array, which may be the input buffer itself.
 *
 * <p>What is derived from the texts (words, hashes) is computed once and falls away with the
 * column.
 */
public final class TextColumn extends Column {
  private final byte[] bytes;
  private final int[] starts;
  private final int[] ends;
  private final ConcurrentHashMap<Class<?>, Object> derived = new ConcurrentHashMap<>(2);

  /**
   * Makes a column whose row {@code i} is {@code bytes[starts[i], ends[i])}; it now owns the
   * arrays.
   *
   * @param type {@link Type#TEXT} (valid UTF-8) or {@link Type#BYTES}
   */
  public TextColumn(Type type, byte[] bytes, int[] starts, int[] ends, int size, Nulls nulls) {
    super(type, size, nulls);
    this.bytes = bytes;
    this.starts = starts;
    this.ends = ends;
  }

  /** Returns the array that holds all rows; not to be written. */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the first byte of {@code row}. */
  public int start(int row) {
    return starts[row];
  }

  /** Returns one behind the last byte of {@code row}. */
  public int end(int row) {
    return ends[row];
  }

  /** Returns the number of bytes of {@code row}. */
  public int length(int row) {
    return ends[row] - starts[row];
  }

  @Override
  public Slice sliceAt(int row, Slice into) {
    return into.set(bytes, starts[row], ends[row]);
  }

  /** Returns what {@code derive} makes of this column, computed at most once. */
  public <T> T derived(Class<T> kind, Function<TextColumn, T> derive) {
    return kind.cast(derived.computeIfAbsent(kind, k -> derive.apply(this)));
  }

  @Override
  public long memory() {
    long total = 8L * starts.length + 96;
    for (int row = 0; row < size(); row++) {
      total += ends[row] - starts[row];
    }
    return total;
  }
}
