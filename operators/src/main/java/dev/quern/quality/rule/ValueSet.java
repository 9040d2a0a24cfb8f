package dev.quern.quality.rule;

import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.statistics.OrderedBits;
import dev.quern.statistics.Scalars;
import dev.quern.statistics.TextCounts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A set of values of one type. Scalars are held as {@link Scalars} gives them, texts as bytes; one
 * instance serves one thread.
 */
public final class ValueSet {
  private final boolean text;
  private final Set<Long> scalars = new HashSet<>();
  private final TextCounts texts = new TextCounts();
  private final Slice slice = new Slice();

  private ValueSet(boolean text) {
    this.text = text;
  }

  /**
   * Returns {@code values} as a set of values of {@code field}.
   *
   * @param param the parameter that gives them, for problems
   * @throws BindException if the field has no such values
   */
  public static ValueSet of(Field field, String param, List<Object> values) {
    if (!field.type().equals(Type.TEXT) && !Scalars.supports(field.type())) {
      throw new BindException(
          param, "must be asked of scalars; found: " + field.name() + ", " + field.type());
    }
    ValueSet set = new ValueSet(field.type().equals(Type.TEXT));
    for (Object value : values) {
      set.add(field, param, value);
    }
    return set;
  }

  private void add(Field field, String param, Object value) {
    switch (field.type().kind()) {
      case TEXT -> {
        byte[] bytes = Literals.text(field, param, value);
        if (texts.count(bytes, 0, bytes.length) == 0) {
          texts.add(bytes, 0, bytes.length, 1);
        }
      }
      case LONG -> {
        try {
          scalars.add(Literals.number(field, param, value).longValueExact());
        } catch (ArithmeticException e) {
          throw Literals.wrong(field, param, "a whole number", value);
        }
      }
      case DOUBLE, DECIMAL ->
          scalars.add(OrderedBits.of(Literals.number(field, param, value).doubleValue()));
      case FLOAT ->
          scalars.add(OrderedBits.of((double) Literals.number(field, param, value).floatValue()));
      case DATE, TIMESTAMP -> scalars.add(Literals.time(field, param, value));
      case BOOL -> {
        if (!(value instanceof Boolean bool)) {
          throw Literals.wrong(field, param, "true or false", value);
        }
        scalars.add(bool ? 1L : 0L);
      }
      case BYTES, LIST, STRUCT -> throw new IllegalStateException("type must be a scalar");
    }
  }

  /** Returns whether the set holds nothing. */
  public boolean isEmpty() {
    return size() == 0;
  }

  /** Returns the number of different values. */
  public int size() {
    return text ? texts.distinct() : scalars.size();
  }

  /** Returns whether the set holds the value of {@code row}, which is not missing. */
  public boolean contains(Column column, int row) {
    if (text) {
      column.sliceAt(row, slice);
      return contains(slice.bytes, slice.start, slice.end);
    }
    return scalars.contains(Scalars.at(column, row));
  }

  /** Returns whether the set holds the text {@code bytes[start, end)}. */
  public boolean contains(byte[] bytes, int start, int end) {
    return texts.count(bytes, start, end) > 0;
  }

  /** Returns whether the set holds {@code scalar}, in the form of {@link Scalars}. */
  public boolean contains(long scalar) {
    return scalars.contains(scalar);
  }
}
