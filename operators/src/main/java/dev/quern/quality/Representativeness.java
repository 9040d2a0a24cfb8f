package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How well the shares q of the strata of a field match those of a target p (a census, production):
 * representativeness = Σ min(p, q) = 1 − total variation distance, a fraction.
 *
 * <p>Further {@code [shannon]} = 1 − √JSD in base 2; {@code [coverage]}, the target share of strata
 * with at least min_samples samples; {@code [worst_ratio]}, the least q / p of the strata of the
 * target. Values outside the target count as strata of target share 0. Without a target there is no
 * value: nothing is known to be represented.
 *
 * @param field the field of the strata; its values are compared as they are written
 * @param target share by stratum, scaled to sum 1; absent: none is declared
 * @param minSamples samples from which a stratum counts as covered
 */
public record Representativeness(
    String field, Optional<Map<String, Double>> target, long minSamples)
    implements Analyzer<Strata> {
  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field of the strata.", "分层所依据的字段。"));

  private static final Param<Map<String, Double>> TARGET =
      Param.weights(
              "target",
              Param.Kind.MAP,
              new Localized(
                  "The share of each stratum that should be, scaled to sum 1; without it there is"
                      + " no value.",
                  "各层应有的份额，按总和为 1 缩放；不给出则没有值。"))
          .optional();

  private static final Param<Long> MIN_SAMPLES =
      Param.integer(
              "min_samples",
              "samples",
              1,
              Long.MAX_VALUE,
              new Localized("Samples from which a stratum is covered.", "一层达到多少样本才算被覆盖。"))
          .or(30L);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.representativeness",
          new Localized(
              "How well the shares of strata match those of a target.", "各层份额与目标份额的吻合程度。"),
          "Total variation distance; Jensen-Shannon divergence: Lin 1991",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, TARGET, MIN_SAMPLES),
          List.of(
              new Example(
                  "{field: region, target: {north: 0.5, south: 0.5}, min_samples: 2}",
                  "[{\"region\": \"north\"}, {\"region\": \"north\"}, {\"region\": \"north\"},"
                      + " {\"region\": \"south\"}, {\"region\": null}]",
                  "{\"representativeness(region)\": 0.75,"
                      + " \"representativeness(region)[coverage]\": 0.5,"
                      + " \"representativeness(region)[worst_ratio]\": 0.5}"),
              new Example(
                  "{field: region}",
                  "[{\"region\": \"north\"}]",
                  "{\"representativeness(region)\": null}")),
          params ->
              new Representativeness(
                  params.get(FIELD), params.find(TARGET), params.get(MIN_SAMPLES)));

  public Representativeness {
    target = target.map(shares -> Collections.unmodifiableMap(new TreeMap<>(shares)));
  }

  @Override
  public Judging judging() {
    return Judging.none(
        "shares of strata are wrong together; no sample of a stratum is wrong by itself",
        "各层份额是整体上不符；层中没有哪个样本本身有错");
  }

  @Override
  public void check(Schema input) {
    position(input);
  }

  @Override
  public Strata zero(Schema input, StepRun run) {
    return new Strata(position(input), strata());
  }

  @Override
  public Strata read(DataInput in, Schema input, StepRun run) throws IOException {
    return Strata.read(in, position(input), strata());
  }

  private List<String> strata() {
    return target.map(shares -> List.copyOf(shares.keySet())).orElse(List.of());
  }

  @Override
  public List<Metric> metrics(Strata state, Schema input) {
    long n = target.isPresent() ? state.total() : 0;
    List<Double> shares = target.map(map -> List.copyOf(map.values())).orElse(List.of());
    double sum = shares.stream().mapToDouble(share -> share).sum();
    double common = 0;
    double covered = 0;
    double worst = Double.POSITIVE_INFINITY;
    double divergence = 0;
    long known = 0;
    for (int i = 0; i < shares.size(); i++) {
      double p = shares.get(i) / sum;
      double q = n == 0 ? 0 : (double) state.count(i) / n;
      known += state.count(i);
      common += Math.min(p * n, state.count(i));
      covered += state.count(i) >= minSamples ? p : 0;
      worst = p > 0 ? Math.min(worst, q / p) : worst;
      divergence += term(p, q) + term(q, p);
    }
    // What lies outside the target, as one stratum of target share 0: each part of it adds q/2.
    divergence += n == 0 ? 0 : (double) (n - known) / n;
    double distance = Math.sqrt(Math.max(0, Math.min(1, divergence / 2)));
    List<String> fields = List.of(field);
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Metric.proportion("representativeness", fields, common, n));
    metrics.add(value("shannon", 1 - distance, n));
    metrics.add(value("coverage", covered, n));
    metrics.add(value("worst_ratio", worst, n));
    return metrics;
  }

  /** Returns p · log₂(p / m) with m the mean of both. */
  private static double term(double p, double q) {
    return p == 0 ? 0 : p * StrictMath.log(2 * p / (p + q)) / StrictMath.log(2);
  }

  private Metric value(String part, double value, long n) {
    return Metric.proportion("representativeness", List.of(field), value * n, n).part(part);
  }

  private int position(Schema input) {
    return FieldChoice.named(
        input,
        "field",
        List.of(field),
        "text, long, bool or another scalar",
        found -> found.type().isScalar() && found.type().kind() != Type.Kind.BYTES)[0];
  }
}
