package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.rule.ValueSet;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * overlap = values that are both in a set and in a field / values of the set, of the field, or of
 * both together, a fraction; values count once, however often they occur. Over the field 1 means
 * that every value is in the set, over the set that every value of the set occurs, over both
 * (Jaccard's index) that they are equal. Missing values are left out. Where there is nothing to
 * divide by the metric has no value. Exact; distinct values are held in memory.
 *
 * @param field a field of scalars
 * @param set the set
 * @param over what the common values are a fraction of
 * @param where the condition for which samples are measured
 */
public record Overlap(String field, List<Object> set, Over over, Optional<String> where)
    implements FieldAnalyzer {
  /** What the common values are a fraction of. */
  public enum Over {
    FIELD,
    SET,
    BOTH
  }

  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field.", "字段。"));

  private static final Param<List<Object>> SET =
      Param.scalars("set", new Localized("The set of values.", "值的集合。"));

  private static final Param<Over> OVER =
      Param.choice(
              "over",
              Over.class,
              new Localized(
                  "What the common values are a fraction of: the values of the field, of the set,"
                      + " or of both together.",
                  "共同值占谁的比例：字段的值、集合的值，或两者的并集。"))
          .or(Over.BOTH);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.overlap",
          new Localized(
              "How far the distinct values of a field agree with a set.", "字段的不同值与给定集合的吻合程度。"),
          "Jaccard 1901",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, SET, OVER, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: a, set: [x, y, z], over: field}",
                  "[{\"a\": \"x\"}, {\"a\": \"w\"}, {\"a\": \"x\"}, {\"a\": null}]",
                  "{\"overlap(a)\": 0.5}"),
              new Example(
                  "{field: a, set: [1, 2], over: set}",
                  "[{\"a\": 1}, {\"a\": 2}, {\"a\": 3}]",
                  "{\"overlap(a)\": 1.0}"),
              new Example(
                  "{field: a, set: [1, 2]}",
                  "[{\"a\": 1}, {\"a\": 2}, {\"a\": 3}, {\"a\": 3}]",
                  "{\"overlap(a)\": 0.6666666666666666}")),
          params ->
              new Overlap(
                  params.get(FIELD),
                  params.get(SET),
                  params.get(OVER),
                  params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public Overlap {
    set = List.copyOf(set);
  }

  @Override
  public Judging judging() {
    return switch (over) {
      case FIELD, BOTH ->
          Judging.responsible("each sample whose value is not in the set", "取值不在集合中的每个样本");
      case SET ->
          Judging.none("values of the set that no sample has are at fault", "不足之处在于集合中有样本未出现的值");
    };
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
    ValueSet values = values(input);
    long[] found = new long[2];
    ValueCounts.forEach(type(input), state, values, (number, count) -> found[number < 0 ? 0 : 1]++);
    long common = found[1];
    long all =
        switch (over) {
          case FIELD -> found[0] + common;
          case SET -> values.size();
          case BOTH -> found[0] + values.size();
        };
    return List.of(Metric.proportion("overlap", List.of(field), common, all));
  }

  private ValueSet values(Schema input) {
    return ValueSet.of(input.field(position(input)[0]), "set", set);
  }

  private Type type(Schema input) {
    return input.field(position(input)[0]).type();
  }

  @Override
  public int[] position(Schema input) {
    return FieldChoice.named(input, "field", List.of(field));
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    int position = position(input)[0];
    ValueSet values = values(input);
    Finding finding = Finding.of(List.of(field), "not_in_set");
    return (batch, findings) -> {
      Column column = batch.column(position);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (Scalars.isMissing(column, row)) {
          findings.notApplicable(row);
        } else if (!values.contains(column, row)) {
          findings.fail(row, finding);
        }
      }
    };
  }
}
