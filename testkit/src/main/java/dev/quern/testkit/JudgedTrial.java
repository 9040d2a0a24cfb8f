package dev.quern.testkit;

import dev.quern.data.Schema;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.Fit;
import dev.quern.operator.JudgeMapping;
import dev.quern.operator.Limits;
import dev.quern.operator.Metric;
import dev.quern.operator.MetricSet;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the verdicts of one analyzer are, found as a run finds them: a fold, a second one where the
 * analyzer takes it, and a map.
 *
 * @param metric the first one
 * @param verdicts the failing ones as plain values
 */
public record JudgedTrial(Metric metric, List<Map<String, @Nullable Object>> verdicts) {

  /**
   * Judges the samples of {@code trial}.
   *
   * @param limits between what the metric must lie
   * @param told whether values are told
   */
  static JudgedTrial of(Trial trial, Limits limits, ChangedCells told) {
    Map<String, Fit> fits = new LinkedHashMap<>();
    Verbs verbs = trial.verbs(fits);
    Samples samples = trial.given(verbs).get(0);
    Schema schema = samples.schema();
    List<MetricSet.Named> one = List.of(new MetricSet.Named("check", trial.task(), limits));
    Task fold = MetricSet.task("check", one, JudgeMapping.Gives.METRICS, told);
    MetricSet set = trial.set(fold);
    set.check(schema);
    MetricSet.States states = (MetricSet.States) verbs.fold(fold, samples);
    Metric metric = set.metrics(states, schema).get(0);
    Fit fit = stored(set.judged(states, schema));
    if (set.looksAgain(schema, fit)) {
      fits.put("look", fit);
      byte[] second = MemorySamples.state(verbs.fold(fold.fitted("look"), samples));
      try {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(second));
        fit = stored(set.completed(schema, fit, in));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    fits.put("judge", fit);
    Task map = MetricSet.task("judge", one, JudgeMapping.Gives.VERDICTS, told).fitted("judge");
    Samples judged = samples.map(map, JudgeMapping.VERDICT);
    return new JudgedTrial(metric, JsonSamples.plain(verbs.batches(judged)));
  }

  /** As a run does: what is learnt is written and read back. */
  private static Fit stored(Fit fit) {
    return new Fit(Json.parseObject(Json.write(fit.values())));
  }
}
