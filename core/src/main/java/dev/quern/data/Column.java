package dev.quern.data;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The values of one field in a batch. Immutable once built; safe for several threads.
 *
 * <p>The accessors take a physical row and are defined only where {@link #isNull} is false and the
 * type fits; another accessor than the type's throws {@link IllegalStateException}. Hot code
 * switches on the class once per batch and reads the arrays.
 */
public abstract sealed class Column
    permits LongColumn,
        DoubleColumn,
        FloatColumn,
        BoolColumn,
        TextColumn,
        DictionaryColumn,
        DecimalColumn,
        ListColumn,
        StructColumn {
  private final Type type;
  private final int size;
  private final Nulls nulls;

  Column(Type type, int size, Nulls nulls) {
    this.type = type;
    this.size = size;
    this.nulls = nulls;
  }

  /** Returns the type of the values. */
  public final Type type() {
    return type;
  }

  /** Returns the number of physical rows. */
  public final int size() {
    return size;
  }

  /** Returns which rows are null. */
  public final Nulls nulls() {
    return nulls;
  }

  /** Returns whether the value of {@code row} is missing. */
  public final boolean isNull(int row) {
    return nulls.at(row);
  }

  /** Returns the long, timestamp (µs) or date (days) of {@code row}. */
  public long longAt(int row) {
    throw wrongAccess("long");
  }

  /** Returns the number of {@code row} as a double; defined for every number type. */
  public double doubleAt(int row) {
    throw wrongAccess("double");
  }

  /** Returns the bool of {@code row}. */
  public boolean boolAt(int row) {
    throw wrongAccess("bool");
  }

  /** Returns the decimal of {@code row}. */
  public BigDecimal decimalAt(int row) {
    throw wrongAccess("decimal");
  }

  /** Points {@code into} at the UTF-8 bytes or the bytes of {@code row} and returns it. */
  public Slice sliceAt(int row, Slice into) {
    throw wrongAccess("text or bytes");
  }

  /** Returns the text of {@code row}, decoded; costs an allocation. */
  public String textAt(int row) {
    return sliceAt(row, new Slice()).text();
  }

  /**
   * Returns the value of {@code row} as an object, or null: String, Long, Double, Float,
   * BigDecimal, Boolean, Instant, LocalDate, byte[], List or, for structs, a Map in field order.
   * For edges and tests, not for hot paths.
   */
  public final @Nullable Object valueAt(int row) {
    return isNull(row) ? null : Values.box(this, row);
  }

  /**
   * Returns the codes by which the values were stored, or null where they were not or nobody knows:
   * what is the same for equal values need be computed for each entry alone.
   */
  public @Nullable Codes codes() {
    return null;
  }

  /** Returns the approximate memory of this column in bytes. */
  public abstract long memory();

  private IllegalStateException wrongAccess(String asked) {
    return new IllegalStateException("column must be " + asked + "; found: " + type);
  }
}
