package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Restriction;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnStates;
import dev.quern.statistics.LongsState;
import dev.quern.statistics.Moments;
import dev.quern.statistics.MomentsState;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * z_scores = values whose z-score is below a threshold / values, a fraction, with z = (x − mean) /
 * standard deviation of the sample (n − 1) over the finite values of a number field. Below two
 * values, or where all are equal, there are no z-scores and the metric has no value. Exact;
 * distinct values are held in memory, 16 bytes each.
 *
 * @param field the number field
 * @param below the threshold, exclusive (standard deviations)
 * @param sides whether |z| or z is compared
 * @param where the condition for which samples are measured
 */
public record ZScores(String field, double below, Sides sides, Optional<String> where)
    implements Analyzer<ColumnStates> {
  /** On which sides of the mean values may lie too far away. */
  public enum Sides {
    BOTH,
    UPPER
  }

  private static final Param<String> FIELD =
      Param.field("field", new Localized("The number field.", "数值字段。"));

  private static final Param<Double> BELOW =
      Param.number(
              "below",
              "standard deviations",
              0,
              Double.POSITIVE_INFINITY,
              new Localized("The threshold, exclusive.", "阈值（不含）。"))
          .or(3.0);

  private static final Param<Sides> SIDES =
      Param.choice(
              "sides",
              Sides.class,
              new Localized("Whether values far below the mean count too.", "远低于均值的值是否也算。"))
          .or(Sides.BOTH);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.z_scores",
          new Localized(
              "The fraction of values whose z-score is below a threshold.", "z 分数低于阈值的值所占的比例。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, BELOW, SIDES, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: x, below: 1}",
                  "[{\"x\": 1}, {\"x\": 0}, {\"x\": 0}, {\"x\": 0}, {\"x\": 0}]",
                  "{\"z_scores(x)\": 0.8}")),
          params ->
              new ZScores(
                  params.get(FIELD),
                  params.get(BELOW),
                  params.get(SIDES),
                  params.find(Restriction.WHERE)));

  @Override
  public Judging judging() {
    return Judging.failures("each sample whose z-score reaches the threshold", "z 分数达到阈值的每个样本");
  }

  @Override
  public void check(Schema input) {
    positions(input);
  }

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    return new ColumnStates(positions(input), List.of(new MomentsState(), new LongsState()));
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(
        in,
        positions(input),
        (i, from) -> i == 0 ? MomentsState.read(from) : LongsState.read(from));
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    Type type = input.field(positions(input)[0]).type();
    Moments moments = state.state(MomentsState.class, 0).moments();
    double mean = moments.mean();
    double deviation = deviation(moments);
    long[] near = {0};
    state
        .state(LongsState.class, 1)
        .counts()
        .forEach(
            (ordered, count) -> {
              double value = Scale.value(type, ordered);
              near[0] += Double.isFinite(value) && isNear(value, mean, deviation) ? count : 0;
            });
    boolean any = deviation > 0 && Double.isFinite(deviation);
    return List.of(
        Metric.proportion("z_scores", List.of(field), near[0], any ? moments.count() : 0));
  }

  private static double deviation(Moments moments) {
    return Math.sqrt(moments.sampleVariance());
  }

  private boolean isNear(double value, double mean, double deviation) {
    double z = (value - mean) / deviation;
    return (sides == Sides.BOTH ? Math.abs(z) : z) < below;
  }

  /** Without z-scores no sample is asked. */
  @Override
  public Fit judged(ColumnStates state, Schema input, Limits limits) {
    Moments moments = state.state(MomentsState.class, 0).moments();
    double deviation = deviation(moments);
    return deviation > 0 && Double.isFinite(deviation)
        ? new Fit(Map.of("mean", moments.mean(), "deviation", deviation))
        : new Fit(Map.of());
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    int position = positions(input)[0];
    Finding finding = Finding.of(List.of(field), "outlying");
    double mean = number(fit, "mean");
    double deviation = number(fit, "deviation");
    boolean any = !Double.isNaN(deviation);
    return (batch, findings) -> {
      Column column = batch.column(position);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        boolean asked = any && !column.isNull(row) && Double.isFinite(column.doubleAt(row));
        if (!asked) {
          findings.notApplicable(row);
        } else if (!isNear(column.doubleAt(row), mean, deviation)) {
          findings.fail(row, finding);
        }
      }
    };
  }

  private static double number(Fit fit, String name) {
    return fit.values().get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  /** The same field twice: its moments and its values. */
  private int[] positions(Schema input) {
    int position =
        FieldChoice.named(
            input, "field", List.of(field), "numbers", found -> found.type().isNumber())[0];
    return new int[] {position, position};
  }
}
