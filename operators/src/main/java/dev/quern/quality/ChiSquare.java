package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import dev.quern.statistics.Distribution;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * chi_square = the chance p that so many samples, drawn from the expected distribution, differ from
 * it at least as far as these do: Pearson's χ² = Σ (found − expected)² / expected over the parts,
 * with parts − 1 degrees of freedom; then χ² itself. A part that was found and has no weight makes
 * p 0. Without values, or with one part, the metrics have none. Expected counts below 5 make p
 * coarse.
 *
 * <p>Missing values are left out. For values the distinct ones are held in memory.
 *
 * @param field a field of scalars, for bins a number field
 * @param partition what is expected
 * @param where the condition for which samples are measured
 */
public record ChiSquare(String field, Partition partition, Optional<String> where)
    implements FieldAnalyzer {
  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field.", "字段。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.chi_square",
          new Localized(
              "Pearson's test whether a field has an expected distribution: its p-value.",
              "Pearson 卡方检验：字段是否服从期望分布（p 值）。"),
          "Pearson 1900, Philosophical Magazine 50(302)",
          1,
          Serving.TRAINING_ONLY,
          List.of(
              FIELD,
              Partition.VALUES,
              Partition.BINS,
              Partition.WEIGHTS,
              Partition.TAILS,
              Partition.UNEXPECTED,
              Partition.EMPTY,
              Restriction.WHERE),
          List.of(
              new Example(
                  "{field: a, values: [x, y], weights: [1, 1]}",
                  "[{\"a\": \"x\"}, {\"a\": \"y\"}, {\"a\": null}]",
                  "{\"chi_square(a)\": 1.0, \"chi_square(a)[statistic]\": 0.0}")),
          params ->
              new ChiSquare(
                  params.get(FIELD), Partition.of(params), params.find(Restriction.WHERE)));

  @Override
  public Judging judging() {
    return Judging.none(
        "a distribution differs as a whole; no sample of it is wrong by itself",
        "分布是整体上不同；其中没有哪个样本本身有错");
  }

  @Override
  public int[] position(Schema input) {
    return partition.position(input, field);
  }

  @Override
  public ColumnState state(Schema input) {
    return partition.zero(type(input));
  }

  @Override
  public ColumnState readState(DataInput in, Schema input) throws IOException {
    return partition.read(type(input), in);
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    Field found = input.field(position(input)[0]);
    Partition.Shares shares = partition.shares(found, state);
    double statistic = 0;
    int parts = 0;
    for (int i = 0; i < shares.found().length; i++) {
      double expected = shares.expected()[i] * shares.total();
      double difference = shares.found()[i] - expected;
      if (expected > 0 || shares.found()[i] > 0) {
        statistic += difference * difference / expected;
        parts++;
      }
    }
    boolean tested = shares.total() > 0 && parts > 1;
    double p = tested ? Distribution.chiSquareAbove(statistic, parts - 1) : 0;
    List<String> fields = List.of(field);
    return List.of(
        Metric.exact("chi_square", fields, "", some(tested, p), "probability"),
        Metric.exact("chi_square", fields, "statistic", some(tested, statistic), "χ²"));
  }

  private static Optional<Double> some(boolean tested, double value) {
    return tested ? Optional.of(value) : Optional.empty();
  }

  private Type type(Schema input) {
    return input.field(position(input)[0]).type();
  }
}
