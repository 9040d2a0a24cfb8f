package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.score.KeepCurve;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps samples whose score reaches a threshold, and tells first what every threshold would keep:
 * the keep curve of the report, so that the threshold is a choice and not a guess.
 *
 * <p>A sample below is dropped as {@code below_score} with its score, one without score as {@code
 * no_score}. The curve counts the samples the step acts on; {@code above: 0} keeps all of them.
 *
 * @param field the score, a number in [0, 1], see {@link Score}
 * @param above smallest score that is kept, inclusive, in [0, 1]
 * @param by fields whose values are the groups of the curve; absent: label and group
 * @param modelAt thresholds at or above {@code above} at which the recipe's model is trained again
 *     on what they keep, so that the curve tells its test metrics; none by default, because it
 *     costs a training each
 */
public record ScoreFilter(
    String field, double above, Optional<List<String>> by, List<Double> modelAt)
    implements Fitter<KeepCurve> {
  private static final int TRAININGS = 10;

  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field that holds the score.", "存放评分的字段。"))
          .or("quality");

  private static final Param<Double> ABOVE =
      Param.fraction(
          "above", new Localized("Smallest score that is kept, inclusive.", "保留样本的最低评分（含）。"));

  private static final Param<List<String>> BY =
      Param.fields(
              "by",
              new Localized(
                  "Fields whose values are the groups of the curve; by default label and group.",
                  "曲线按哪些字段的取值分组；默认为标签和分组字段。"))
          .optional();

  private static final Param<List<String>> MODEL_AT =
      Param.texts(
              "model_at",
              new Localized(
                  "Thresholds at which the model is trained again on what they keep.",
                  "在这些阈值上用所保留的样本重新训练模型。"))
          .where(
              "a list of at most 10 numbers in [0, 1]",
              list -> list.size() <= TRAININGS && list.stream().allMatch(ScoreFilter::isThreshold))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.score_filter",
          new Localized(
              "Keeps samples whose score reaches a threshold and tells what others would keep.",
              "保留评分达到阈值的样本，并给出其他阈值会保留什么。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, ABOVE, BY, MODEL_AT),
          List.of(
              new Example(
                  "{above: 0.5}",
                  "[{\"quality\": 0.25}, {\"quality\": 0.5}, {\"quality\": 1.0}, {\"quality\": null}]",
                  "[{\"quality\": 0.5}, {\"quality\": 1.0}]"),
              new Example(
                  "{field: q, above: 0, by: [city], model_at: [0.2, 0.8]}",
                  "[{\"q\": 0.25, \"city\": \"Delft\"}, {\"q\": 1.0, \"city\": \"杭州\"}]",
                  "[{\"q\": 0.25, \"city\": \"Delft\"}, {\"q\": 1.0, \"city\": \"杭州\"}]")),
          params -> {
            List<Double> thresholds =
                params.find(MODEL_AT).orElse(List.of()).stream().map(Double::valueOf).toList();
            double above = params.get(ABOVE);
            if (thresholds.stream().anyMatch(threshold -> threshold < above)) {
              throw new IllegalArgumentException(
                  "model_at must be at or above above, below which nothing is left; found: "
                      + thresholds);
            }
            return new ScoreFilter(params.get(FIELD), above, params.find(BY), thresholds);
          });

  private static boolean isThreshold(String text) {
    try {
      double threshold = Double.parseDouble(text);
      return threshold >= 0 && threshold <= 1;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  @Override
  public boolean dropsSamples() {
    return true;
  }

  @Override
  public Schema output(Schema input) {
    score(input);
    positions(input);
    return input;
  }

  @Override
  public KeepCurve zero(Schema input, StepRun run) {
    return new KeepCurve(score(input), positions(input));
  }

  @Override
  public KeepCurve read(DataInput in, Schema input, StepRun run) throws IOException {
    return zero(input, run).read(in);
  }

  @Override
  public Fit fit(KeepCurve state, Schema input) {
    Map<String, @Nullable Object> curve = state.plain(input);
    Map<String, @Nullable Object> learnt = new LinkedHashMap<>();
    learnt.put("keep_curve", curve);
    learnt.put("score", field);
    learnt.put("above", above);
    learnt.put("model_at", new ArrayList<Object>(modelAt));
    return new Fit(learnt);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    int score = score(input);
    return (batch, out) -> keep(batch, batch.column(score), out);
  }

  private void keep(Batch batch, Column scores, Outcome out) {
    int[] kept = new int[batch.count()];
    int count = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (Scalars.isMissing(scores, row)) {
        out.drop(batch, row, "no_score", Double.NaN);
      } else if (scores.doubleAt(row) >= above) {
        kept[count++] = row;
      } else {
        out.drop(batch, row, "below_score", scores.doubleAt(row));
      }
    }
    out.keep(batch.select(kept, count));
  }

  private int score(Schema input) {
    return FieldChoice.named(
        input, "field", List.of(field), "numbers", found -> found.type().isNumber())[0];
  }

  private int[] positions(Schema input) {
    return FieldChoice.orAll(
        input,
        "by",
        by,
        "text, numbers, bool or dates",
        found -> found.type().isScalar(),
        ScoreFilter::isGroup);
  }

  private static boolean isGroup(Field found) {
    return found.is(Role.LABEL) || found.is(Role.GROUP);
  }
}
