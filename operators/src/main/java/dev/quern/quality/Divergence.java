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
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * divergence = Σ p ln(p / q), the Kullback-Leibler divergence in nats of the found distribution p
 * from the expected one q; 0 where they are equal, infinite where something was found that has no
 * weight. Then the fraction found of each part: values and bins by their number from 1, {@code
 * below} and {@code above} the bins, and {@code others}. Without values the metric has none.
 *
 * <p>Missing values are left out. Exact but for the rounding of doubles; for values the distinct
 * ones are held in memory.
 *
 * @param field a field of scalars, for bins a number field
 * @param partition what is expected
 * @param where the condition for which samples are measured
 */
public record Divergence(String field, Partition partition, Optional<String> where)
    implements FieldAnalyzer {
  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field.", "字段。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.divergence",
          new Localized(
              "The Kullback-Leibler divergence of a field's distribution from an expected one.",
              "字段分布与期望分布之间的 Kullback-Leibler 散度。"),
          "Kullback and Leibler 1951, Annals of Mathematical Statistics 22(1)",
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
                  "{\"divergence(a)\": 0.0, \"divergence(a)[1]\": 0.5}"),
              new Example(
                  "{field: a, bins: [0, 1, 2], weights: [1, 1], tail_weights: [1, 1]}",
                  "[{\"a\": -0.5}, {\"a\": 0.5}, {\"a\": 2}, {\"a\": 2.5}]",
                  "{\"divergence(a)\": 0.0, \"divergence(a)[below]\": 0.25}")),
          params ->
              new Divergence(
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
    long total = shares.total();
    double divergence = 0;
    long others = 0;
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < shares.found().length; i++) {
      double p = (double) shares.found()[i] / total;
      divergence += p == 0 ? 0 : p * Math.log(p / shares.expected()[i]);
      boolean other = shares.names().get(i).equals("others");
      others += other ? shares.found()[i] : 0;
      if (!other) {
        metrics.add(part(shares.names().get(i), shares.found()[i], total));
      }
    }
    if (partition.isDiscrete()) {
      metrics.add(part("others", others, total));
    }
    // Rounding must not make a distance less than nothing.
    Optional<Double> value = total == 0 ? Optional.empty() : Optional.of(Math.max(0, divergence));
    metrics.add(0, Metric.exact("divergence", List.of(field), "", value, "nats"));
    return metrics;
  }

  private Metric part(String name, long found, long total) {
    return Metric.proportion("divergence", List.of(field), found, total).part(name);
  }

  private Type type(Schema input) {
    return input.field(position(input)[0]).type();
  }
}
