package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Samples;
import java.util.List;

/** Keeps or drops samples one by one; where there are splits it acts on train only by default. */
public non-sealed interface Filter extends Transformation {

  /**
   * Checks that the operator fits {@code input}.
   *
   * @throws BindException if it does not
   */
  void check(Schema input);

  /** Returns the code for samples of {@code input}, for one thread. */
  Judge bind(Schema input, StepRun run);

  @Override
  default boolean dropsSamples() {
    return true;
  }

  @Override
  default Schema output(List<Schema> inputs) {
    check(inputs.get(0));
    return inputs.get(0);
  }

  @Override
  default Samples apply(List<Samples> inputs, Step step) {
    Samples input = inputs.get(0);
    return input.map(step.task(), output(List.of(input.schema())));
  }
}
