package dev.quern.quality.rule;

import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.operator.BindException;

/** A rule on the values of a field, as a recipe states it. Immutable. */
public interface Requirement {

  /** Returns what reports call it, in snake case, for example {@code range}. */
  String reason();

  /**
   * Returns the rule over the values of {@code field}.
   *
   * @throws BindException if values of its type cannot obey or break it
   */
  Rule bind(Field field);

  /** A condition on UTF-8 texts. */
  interface OnText {
    /** Returns whether {@code bytes[start, end)} is valid. */
    boolean holds(byte[] bytes, int start, int end);
  }

  /**
   * Returns {@code condition} as the rule of a text field.
   *
   * @throws BindException if {@code field} is no text
   */
  static Rule overText(Field field, String param, OnText condition) {
    if (!field.type().equals(Type.TEXT)) {
      throw new BindException(
          param, "must be asked of texts; found: " + field.name() + ", " + field.type());
    }
    return new TextRule(condition, new Slice());
  }

  /** A rule that looks at the bytes of a text. */
  record TextRule(OnText condition, Slice slice) implements Rule {
    @Override
    public boolean holds(Column column, int row) {
      column.sliceAt(row, slice);
      return condition.holds(slice.bytes, slice.start, slice.end);
    }
  }
}
