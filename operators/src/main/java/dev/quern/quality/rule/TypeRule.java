package dev.quern.quality.rule;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Type;
import dev.quern.text.ValueParser;
import java.util.List;

/**
 * Values of one of some types. A text has every type that it can be read as, by the rules of
 * quality.cast; a value of any other field has the field's type and those it widens to without
 * loss: float to double, date to timestamp.
 *
 * @param types at least one
 */
public record TypeRule(List<Type> types) implements Requirement {
  /** Makes a requirement. */
  public TypeRule {
    types = List.copyOf(types);
  }

  @Override
  public String reason() {
    return "type";
  }

  @Override
  public Rule bind(Field field) {
    if (!field.type().equals(Type.TEXT)) {
      boolean all = types.stream().anyMatch(type -> widens(field.type(), type));
      return (column, row) -> all;
    }
    if (types.contains(Type.TEXT)) {
      return (column, row) -> true;
    }
    ValueParser[] parsers = types.stream().map(ValueParser::of).toArray(ValueParser[]::new);
    ColumnBuilder[] scratch = types.stream().map(ColumnBuilder::of).toArray(ColumnBuilder[]::new);
    return Requirement.overText(
        field,
        reason(),
        (bytes, start, end) -> {
          for (int i = 0; i < parsers.length; i++) {
            boolean fits = parsers[i].parse(bytes, start, end, scratch[i]) == null;
            scratch[i].truncate(0);
            if (fits) {
              return true;
            }
          }
          return false;
        });
  }

  private static boolean widens(Type from, Type to) {
    return from.equals(to)
        || from.equals(Type.FLOAT) && to.equals(Type.DOUBLE)
        || from.equals(Type.DATE) && to.equals(Type.TIMESTAMP);
  }
}
