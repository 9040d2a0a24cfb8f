package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.engine.Samples;
import java.io.IOException;
import java.util.List;

/**
 * Learns from samples that it may read several times, with trainers that it finds by name, then
 * maps them one by one: what a fold cannot collect. It learns where the run was started; its fit
 * goes to every worker.
 */
public non-sealed interface Learner extends Transformation {

  /**
   * Returns the fields of what comes out; does not depend on what is learnt.
   *
   * @throws BindException if the operator does not fit the input
   */
  Schema output(Schema input);

  /**
   * Checks what the operator needs of others and returns the names of those it uses; their
   * revisions become part of what identifies its fit.
   *
   * @throws BindException if an operator is unknown or does not fit
   */
  List<String> uses(Schema input, Registry registry);

  /** Returns what was learnt; copes with no samples at all. */
  Fit learn(Lesson lesson) throws IOException;

  /** Returns the code that maps samples of {@code input} with {@code fit}, for one thread. */
  Mapping bind(Schema input, Schema output, Fit fit, StepRun run, ModelFiles models);

  @Override
  default Schema output(List<Schema> inputs) {
    return output(inputs.get(0));
  }

  @Override
  default Samples apply(List<Samples> inputs, Step step) {
    Samples input = inputs.get(0);
    Schema output = output(input.schema());
    return input.map(step.learn(input), output);
  }
}
