package dev.quern.quality.rule;

import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.statistics.OrderedBits;
import dev.quern.statistics.Scalars;
import dev.quern.statistics.TextCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of values of one type. Scalars are held as {@link Scalars} gives them, texts as bytes; one
 * instance serves one thread.
 */
public final class ValueSet {
  private final boolean text;
  private final Map<Long, Integer> scalars = new HashMap<>();
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
          // A text counts as often as says its number, from 1.
          texts.add(bytes, 0, bytes.length, texts.distinct() + 1L);
        }
      }
      case LONG -> {
        try {
          add(Literals.number(field, param, value).longValueExact());
        } catch (ArithmeticException e) {
          throw Literals.wrong(field, param, "a whole number", value);
        }
      }
      case DOUBLE, DECIMAL ->
          add(OrderedBits.of(Literals.number(field, param, value).doubleValue()));
      case FLOAT -> add(OrderedBits.of((double) Literals.number(field, param, value).floatValue()));
      case DATE, TIMESTAMP -> add(Literals.time(field, param, value));
      case BOOL -> {
        if (!(value instanceof Boolean bool)) {
          throw Literals.wrong(field, param, "true or false", value);
        }
        add(bool ? 1L : 0L);
      }
      case BYTES, LIST, STRUCT -> throw new IllegalStateException("type must be a scalar");
    }
  }

  private void add(long scalar) {
    scalars.putIfAbsent(scalar, scalars.size());
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
      return number(slice.bytes, slice.start, slice.end) >= 0;
    }
    return number(Scalars.at(column, row)) >= 0;
  }

  /** Returns the number of the text {@code bytes[start, end)} in the order given, or -1. */
  public int number(byte[] bytes, int start, int end) {
    return (int) texts.count(bytes, start, end) - 1;
  }

  /** Returns the number of {@code scalar}, in the form of {@link Scalars}, or -1. */
  public int number(long scalar) {
    return scalars.getOrDefault(scalar, -1);
  }
}
