package dev.quern.quality.rule;

import dev.quern.data.Field;
import java.util.List;

/**
 * Values of a set, or of none.
 *
 * @param values the set: numbers, texts, bools; dates and timestamps as texts
 * @param wanted whether values must be in the set; else they must not
 */
public record SetRule(List<Object> values, boolean wanted) implements Requirement {
  /** Makes a requirement. */
  public SetRule {
    values = List.copyOf(values);
  }

  @Override
  public String reason() {
    return wanted ? "set" : "not_in";
  }

  @Override
  public Rule bind(Field field) {
    ValueSet set = ValueSet.of(field, reason(), values);
    if (set.isEmpty()) {
      return (column, row) -> !wanted;
    }
    return (column, row) -> set.contains(column, row) == wanted;
  }
}
