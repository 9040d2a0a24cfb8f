package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.quality.rule.ValueSet;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * modes = the number of values of a field that are most frequent: 1 where one value occurs more
 * often than any other; with a set, only those that are in it. Without values the metric has none.
 * Exact; distinct values are held in memory.
 *
 * @param field a field of scalars
 * @param set the values that count; absent: all
 * @param where the condition for which samples are measured
 */
public record Modes(String field, Optional<List<Object>> set, Optional<String> where)
    implements FieldAnalyzer {
  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field.", "字段。"));

  private static final Param<List<Object>> SET =
      Param.scalars("set", new Localized("The values that count; all by default.", "计入的值；默认全部。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.modes",
          new Localized(
              "The number of values that are most frequent, on request those of a set only.",
              "出现次数最多的值的个数，可仅计给定集合中的值。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, SET, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: a}",
                  "[{\"a\": 1}, {\"a\": 1}, {\"a\": 2}, {\"a\": 2}, {\"a\": 3}]",
                  "{\"modes(a)\": 2.0}"),
              new Example(
                  "{field: a, set: [x, z]}",
                  "[{\"a\": \"x\"}, {\"a\": \"x\"}, {\"a\": \"y\"}, {\"a\": \"y\"},"
                      + " {\"a\": \"z\"}]",
                  "{\"modes(a)\": 1.0}")),
          params -> new Modes(params.get(FIELD), params.find(SET), params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public Modes {
    set = set.map(List::copyOf);
  }

  @Override
  public Judging judging() {
    return Judging.none(
        "which values are most frequent is decided by all samples together", "最常见的值由全部样本共同决定");
  }

  @Override
  public void check(Schema input) {
    values(input);
  }

  @Override
  public ColumnState state(Schema input) {
    return ValueCounts.zero(type(input));
  }

  @Override
  public ColumnState readState(DataInput in, Schema input) throws IOException {
    return ValueCounts.read(type(input), in);
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    long[] most = {0};
    long[] modes = {0};
    ValueCounts.forEach(
        type(input),
        state,
        values(input),
        (number, count) -> {
          if (count > most[0]) {
            most[0] = count;
            modes[0] = 0;
          }
          boolean counts = set.isEmpty() || number >= 0;
          modes[0] += count == most[0] && counts ? 1 : 0;
        });
    Optional<Double> value = most[0] == 0 ? Optional.empty() : Optional.of((double) modes[0]);
    return List.of(Metric.exact("modes", List.of(field), "", value, "values"));
  }

  private ValueSet values(Schema input) {
    return ValueSet.of(input.field(position(input)[0]), "set", set.orElse(List.of()));
  }

  private Type type(Schema input) {
    return input.field(position(input)[0]).type();
  }

  @Override
  public int[] position(Schema input) {
    return FieldChoice.named(input, "field", List.of(field));
  }
}
