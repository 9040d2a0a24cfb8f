package dev.quern.operator;

import dev.quern.data.BatchBuilder;
import dev.quern.data.Sample;
import dev.quern.data.Schema;
import dev.quern.engine.Samples;
import java.util.List;

/** Makes 0..n samples of each one (paragraphs of a document, windows of a series). */
public non-sealed interface Expander extends Transformation {

  /**
   * Returns the fields of what comes out.
   *
   * @throws BindException if the operator does not fit the input
   */
  Schema output(Schema input);

  /** Returns the code for samples of {@code input}, for one thread. */
  Expansion bind(Schema input, Schema output, StepRun run);

  /** The code of an expander. One instance serves one worker thread. */
  interface Expansion {
    /**
     * Appends the columns of {@code sample}'s children to {@code children}, in order; ids and ranks
     * are given by the caller.
     *
     * @return the number of children
     */
    int expand(Sample sample, BatchBuilder children);
  }

  @Override
  default Schema output(List<Schema> inputs) {
    return output(inputs.get(0));
  }

  @Override
  default Samples apply(List<Samples> inputs, Step step) {
    Samples input = inputs.get(0);
    return input.map(step.task(), output(input.schema()));
  }
}
