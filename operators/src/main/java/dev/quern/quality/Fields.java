package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** fields = the number of fields. */
public record Fields() implements Analyzer<ColumnStates> {
  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.fields",
          new Localized("The number of fields.", "字段数。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(),
          List.of(new Example("{}", "[{\"a\": 1, \"b\": \"x\"}]", "{\"fields()\": 2.0}")),
          params -> new Fields());

  @Override
  public Judging judging() {
    return Judging.none("it measures the fields, not the samples", "它度量的是字段而不是样本");
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
          throw new IllegalStateException("fields must collect none; found: " + i);
        });
  }

  @Override
  public List<Metric> metrics(ColumnStates state, Schema input) {
    return List.of(
        Metric.exact("fields", List.of(), "", Optional.of((double) input.size()), "fields"));
  }
}
