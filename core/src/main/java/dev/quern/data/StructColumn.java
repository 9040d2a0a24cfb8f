package dev.quern.data;

import java.util.List;

/** Structs: one column for each part, row by row. */
public final class StructColumn extends Column {
  private final List<Column> parts;

  /** Makes a column of {@code parts}, in the order of the struct's schema. */
  public StructColumn(Type.Struct type, List<Column> parts, int size, Nulls nulls) {
    super(type, size, nulls);
    this.parts = List.copyOf(parts);
  }

  /** Returns the column of the part at {@code position}. */
  public Column part(int position) {
    return parts.get(position);
  }

  @Override
  public long memory() {
    long total = 64;
    for (Column part : parts) {
      total += part.memory();
    }
    return total;
  }
}
