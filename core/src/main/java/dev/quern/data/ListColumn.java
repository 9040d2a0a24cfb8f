package dev.quern.data;

/** Lists: row {@code i} holds the elements [start(i), start(i + 1)). */
public final class ListColumn extends Column {
  private final int[] starts;
  private final Column elements;

  /** Makes a column over {@code elements}; {@code starts} has size + 1 entries and is now owned. */
  public ListColumn(Type type, int[] starts, Column elements, int size, Nulls nulls) {
    super(type, size, nulls);
    this.starts = starts;
    this.elements = elements;
  }

  /** Returns the elements of all rows, one after the other. */
  public Column elements() {
    return elements;
  }

  /** Returns the first element of {@code row}. */
  public int start(int row) {
    return starts[row];
  }

  /** Returns one behind the last element of {@code row}. */
  public int end(int row) {
    return starts[row + 1];
  }

  @Override
  public long memory() {
    return 4L * starts.length + elements.memory();
  }
}
