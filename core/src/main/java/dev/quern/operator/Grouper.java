package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Grouping;
import dev.quern.engine.Samples;
import java.util.List;

/**
 * Handles samples of one key together, in the order of the step; the result comes back in rank
 * order.
 */
public non-sealed interface Grouper extends Transformation {

  /** Returns the code for samples of {@code inputs}, for one thread. */
  Grouping bind(List<Schema> inputs, Schema output, StepRun run);

  @Override
  default boolean heedsOrder() {
    return inputs() == 1;
  }

  @Override
  default Samples apply(List<Samples> inputs, Step step) {
    Schema output = output(inputs.stream().map(Samples::schema).toList());
    return inputs
        .get(0)
        .group(inputs.subList(1, inputs.size()), step.order(), step.task(), output)
        .sort(List.of());
  }
}
