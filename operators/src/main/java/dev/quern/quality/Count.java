package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * count = the number of samples.
 *
 * @param where the condition for which samples are counted
 */
public record Count(Optional<String> where) implements Analyzer<ColumnStates> {
  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.count",
          new Localized("The number of samples.", "样本数。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(Restriction.WHERE),
          List.of(new Example("{}", "[{\"a\": 1}, {\"a\": null}]", "{\"count()\": 2.0}")),
          params -> new Count(params.find(Restriction.WHERE)));

  @Override
  public Judging judging() {
    return Judging.none("the number of samples is not the fault of one of them", "样本数不能归咎于某个样本");
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
          throw new IllegalStateException("count must have no fields; found: " + i);
        });
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    return List.of(
        Metric.exact("count", List.of(), "", Optional.of((double) state.samples()), "samples"));
  }
}
