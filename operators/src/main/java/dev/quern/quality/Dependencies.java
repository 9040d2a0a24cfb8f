package dev.quern.quality;

import dev.quern.data.Schema;
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
import dev.quern.quality.dependency.Discovery;
import dev.quern.quality.dependency.RowSample;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds fields that others determine, X → Y with at most two fields in X, exactly or up to a few
 * exceptions. The first metric is how many; each further one is 1 − g3 of one dependency, its
 * fields those of X and then Y. See {@link Discovery} for the measure and what is left out.
 *
 * <p>Up to {@value #ROWS} samples all are looked at; beyond that the ones whose ids have the
 * smallest hashes, and the metrics are estimates. Memory: 8 bytes per sample looked at and field.
 *
 * @param fields fields that are looked at; absent: all scalar ones
 * @param maxError largest g3 of a dependency
 * @param minGain least part by which g3 is smaller than under independence
 */
public record Dependencies(Optional<List<String>> fields, double maxError, double minGain)
    implements Analyzer<RowSample> {
  private static final int ROWS = 20_000;

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "Fields that are looked at; all scalar ones by default.", "要考察的字段；默认全部标量字段。"))
          .optional();

  private static final Param<Double> MAX_ERROR =
      Param.fraction(
              "max_error",
              new Localized(
                  "Largest fraction of samples that may contradict a dependency.",
                  "允许违反依赖的样本的最大比例。"))
          .or(0.05);

  private static final Param<Double> MIN_GAIN =
      Param.fraction(
              "min_gain",
              new Localized(
                  "Least part by which the error is smaller than it would be by chance.",
                  "误差比随机情形至少小多少（比例）。"))
          .or(0.7);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.dependencies",
          new Localized("Finds fields that other fields determine.", "发现由其他字段决定的字段（函数依赖）。"),
          "Kivinen and Mannila 1995 (g3); Mandros, Boley and Vreeken 2017 (chance)",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, MAX_ERROR, MIN_GAIN),
          List.of(
              new Example(
                  "{}",
                  "[{\"zip\": 1, \"city\": \"x\", \"n\": 1}, {\"zip\": 1, \"city\": \"x\", \"n\": 2},"
                      + " {\"zip\": 2, \"city\": \"y\", \"n\": 3}, {\"zip\": 2, \"city\": \"y\", \"n\":"
                      + " 4}, {\"zip\": 3, \"city\": \"y\", \"n\": 5}, {\"zip\": 3, \"city\": \"y\","
                      + " \"n\": 6}]",
                  "{\"dependencies()\": 1.0, \"dependencies(zip, city)\": 1.0}")),
          params ->
              new Dependencies(params.find(FIELDS), params.get(MAX_ERROR), params.get(MIN_GAIN)));

  @Override
  public Judging judging() {
    return Judging.none(
        "it finds dependencies; consistency of one tells which samples break it",
        "它发现依赖关系；对某一依赖的 consistency 会指出违反它的样本");
  }

  @Override
  public void check(Schema input) {
    positions(input);
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input, "fields", fields, "scalar", field -> field.type().isScalar(), field -> true);
  }

  @Override
  public RowSample zero(Schema input, StepRun run) {
    return new RowSample(positions(input), ROWS);
  }

  @Override
  public RowSample read(DataInput in, Schema input, StepRun run) throws IOException {
    return RowSample.read(in, positions(input), ROWS);
  }

  @Override
  public List<Metric> metrics(RowSample state, Schema input) {
    int[] positions = positions(input);
    Metric.Precision precision =
        state.isComplete() ? Metric.Precision.EXACT : Metric.Precision.ESTIMATED;
    List<Discovery.Found> found = new Discovery(state.columns(), maxError, minGain).find();
    List<Metric> metrics = new ArrayList<>();
    metrics.add(
        new Metric(
            "dependencies",
            fields.orElse(List.of()),
            "",
            Optional.of((double) found.size()),
            found.size(),
            1,
            Metric.Basis.RULE,
            "dependencies",
            precision));
    for (Discovery.Found one : found) {
      List<String> names = new ArrayList<>();
      one.given().forEach(number -> names.add(input.field(positions[number]).name()));
      names.add(input.field(positions[one.field()]).name());
      metrics.add(
          new Metric(
              "dependencies",
              names,
              "",
              Optional.of((double) one.kept() / one.rows()),
              one.kept(),
              one.rows(),
              Metric.Basis.RULE,
              "fraction",
              precision));
    }
    return metrics;
  }
}
