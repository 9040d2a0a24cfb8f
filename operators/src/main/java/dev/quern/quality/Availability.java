package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.engine.Attempts;
import dev.quern.operator.AttemptAnalyzer;
import dev.quern.operator.AvailabilityMetrics;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * availability = successful attempts to read or fetch files / attempts, a fraction, over all runs
 * of the workspace up to now; with {@code [retried]}, {@code [within_1s]}, {@code [uptime]}, {@code
 * [mtbf]} and {@code [mttr]}, see {@link AvailabilityMetrics}.
 *
 * <p>Reading one file to its end is one attempt however many pieces it is read in; so is each try
 * of a download, and each file of a version that is opened. Where a version is checked without a
 * run, and no source is named, its own files are meant.
 *
 * @param source the name of a source; absent: all sources of the run
 */
public record Availability(Optional<String> source) implements AttemptAnalyzer<ColumnStates> {
  private static final Param<String> SOURCE =
      Param.text(
              "source",
              new Localized(
                  "The name of a source of the workspace; all sources of the run by default.",
                  "工作区中某个来源的名称；默认为本次运行的全部来源。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.availability",
          new Localized(
              "The fraction of attempts to read sources that succeeded, with uptime, MTBF and MTTR.",
              "读取来源的尝试中成功的比例，以及在线率、平均无故障时间和平均修复时间。"),
          "ISO/IEC 25012, availability (own definition)",
          1,
          Serving.TRAINING_ONLY,
          List.of(SOURCE),
          List.of(new Example("{}", "[{\"a\": 1}]", "{\"availability()\": null}")),
          params -> new Availability(params.find(SOURCE)));

  @Override
  public Judging judging() {
    return Judging.none(
        "it measures attempts to read sources, not the samples", "它度量的是读取来源的尝试而不是样本");
  }

  @Override
  public void check(Schema input) {}

  @Override
  public ColumnStates zero(Schema input, StepRun run) {
    return new ColumnStates(new int[0], List.of());
  }

  @Override
  public ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(
        in,
        new int[0],
        (i, from) -> {
          throw new IllegalStateException("availability must have no fields; found: " + i);
        });
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    return metrics(List.of());
  }

  @Override
  public List<Metric> metrics(List<Attempts> attempts) {
    return AvailabilityMetrics.of(source.map(List::of).orElse(List.of()), attempts);
  }
}
