package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
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
import dev.quern.statistics.ExactQuantiles;
import dev.quern.statistics.OrderedBits;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * kolmogorov_smirnov = the chance p that so many values, drawn from the given distribution, differ
 * from it at least as far as these do: D = the greatest distance between the distribution of the
 * finite values and the given one, p by the limit distribution with Stephens' correction, an
 * estimate; then D. Parameters must not come from the same data. Without values there is no metric.
 *
 * <p>Distinct values are held in memory, 16 bytes each.
 *
 * @param field the number field
 * @param distribution the family
 * @param parameters of the family, in its order
 * @param where the condition for which samples are measured
 */
public record KolmogorovSmirnov(
    String field, Distribution distribution, List<Double> parameters, Optional<String> where)
    implements FieldAnalyzer {
  private static final Param<String> FIELD =
      Param.field("field", new Localized("The number field.", "数值字段。"));

  private static final Param<Distribution> DISTRIBUTION =
      Param.choice("distribution", Distribution.class, new Localized("The family.", "分布族。"));

  private static final Param<List<Object>> PARAMETERS =
      Param.scalars(
              "parameters",
              new Localized(
                  "Its parameters: normal mean, deviation; uniform least, greatest; exponential"
                      + " least, scale; gamma shape, least, scale; chi_square degrees of freedom,"
                      + " least, scale; beta alpha, beta, least, width.",
                  "分布参数：normal 均值、标准差；uniform 最小、最大；exponential 最小、尺度；gamma 形状、最小、尺度；"
                      + "chi_square 自由度、最小、尺度；beta alpha、beta、最小、宽度。"))
          .where(
              "a list of numbers",
              parameters -> parameters.stream().allMatch(one -> one instanceof Number));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.kolmogorov_smirnov",
          new Localized(
              "The test of Kolmogorov and Smirnov whether a number field has a given distribution:"
                  + " its p-value.",
              "Kolmogorov-Smirnov 检验：数值字段是否服从给定分布（p 值）。"),
          "Kolmogorov 1933; Stephens 1970, Journal of the Royal Statistical Society B 32(1)",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, DISTRIBUTION, PARAMETERS, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: x, distribution: uniform, parameters: [0, 1]}",
                  "[{\"x\": 0.25}, {\"x\": 0.5}, {\"x\": 0.75}, {\"x\": null}]",
                  "{\"kolmogorov_smirnov(x)[distance]\": 0.25}")),
          params -> {
            List<Double> numbers = new ArrayList<>();
            params.get(PARAMETERS).forEach(one -> numbers.add(((Number) one).doubleValue()));
            return new KolmogorovSmirnov(
                params.get(FIELD),
                params.get(DISTRIBUTION),
                numbers,
                params.find(Restriction.WHERE));
          });

  /**
   * Makes an analyzer.
   *
   * @throws IllegalArgumentException if the parameters are not those of the distribution
   */
  public KolmogorovSmirnov {
    parameters = List.copyOf(parameters);
    if (!distribution.fits(parameters)) {
      throw new IllegalArgumentException(
          "parameters must be " + distribution.rule() + "; found: " + parameters);
    }
  }

  @Override
  public Judging judging() {
    return Judging.none(
        "a distribution differs as a whole; no sample of it is wrong by itself",
        "分布是整体上不同；其中没有哪个样本本身有错");
  }

  @Override
  public ColumnState state(Schema input) {
    return new QuantilesOfNumbers();
  }

  @Override
  public ColumnState readState(DataInput in, Schema input) throws IOException {
    return QuantilesOfNumbers.read(in);
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    ExactQuantiles values = state.state(QuantilesOfNumbers.class, 0).quantiles();
    long n = values.count();
    double[] distance = {0};
    long[] below = {0};
    values.forEach(
        (bits, count) -> {
          double expected = distribution.below(parameters, OrderedBits.toDouble(bits));
          double before = (double) below[0] / n;
          below[0] += count;
          double behind = (double) below[0] / n;
          double far = Math.max(expected - before, behind - expected);
          distance[0] = Math.max(distance[0], far);
        });
    return List.of(
        metric("", n == 0 ? 0 : Distribution.kolmogorovAbove(distance[0], n), n, "probability"),
        metric("distance", distance[0], n, "fraction of values"));
  }

  private Metric metric(String part, double value, long n, String unit) {
    return new Metric(
        "kolmogorov_smirnov",
        List.of(field),
        part,
        n == 0 ? Optional.empty() : Optional.of(value),
        value,
        n,
        Metric.Basis.RULE,
        unit,
        part.isEmpty() ? Metric.Precision.ESTIMATED : Metric.Precision.EXACT);
  }

  @Override
  public int[] position(Schema input) {
    return FieldChoice.named(
        input, "field", List.of(field), "numbers", found -> found.type().isNumber());
  }
}
