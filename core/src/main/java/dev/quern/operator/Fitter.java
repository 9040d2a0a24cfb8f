package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Mapping;
import dev.quern.engine.Samples;
import java.io.DataInput;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Learns from the samples (fold), then maps them one by one. What needs several looks at the
 * samples learns in rounds: each is a fold that knows what the rounds before have learnt.
 *
 * @param <A> what it collects while learning
 */
public non-sealed interface Fitter<A extends Accumulator<A>> extends Transformation {

  /**
   * Returns the fields of what comes out; does not depend on what is learnt.
   *
   * @throws BindException if the operator does not fit the input
   */
  Schema output(Schema input);

  /** Returns a collection that has seen nothing. */
  A zero(Schema input, StepRun run);

  /** Returns the collection whose state was written. */
  A read(DataInput in, Schema input, StepRun run) throws IOException;

  /** Returns what was learnt from {@code state}; must cope with no samples at all. */
  Fit fit(A state, Schema input);

  /**
   * Returns a collection that has seen nothing, for a round that knows what the round before has
   * learnt; see {@link Step#refit}.
   */
  default A zero(Schema input, Fit earlier, StepRun run) {
    throw new IllegalStateException(
        "operator must learn in one round: " + getClass().getSimpleName());
  }

  /** Returns the collection of a round whose state was written. */
  default A read(DataInput in, Schema input, Fit earlier, StepRun run) throws IOException {
    throw new IllegalStateException(
        "operator must learn in one round: " + getClass().getSimpleName());
  }

  /** Returns what was learnt from {@code state} and all rounds before; copes with no samples. */
  default Fit fit(A state, Schema input, Fit earlier) {
    throw new IllegalStateException(
        "operator must learn in one round: " + getClass().getSimpleName());
  }

  /** Returns the code that maps samples of {@code input} with {@code fit}, for one thread. */
  Mapping bind(Schema input, Schema output, Fit fit, StepRun run);

  /** Adds this step to an ONNX graph; called only where {@link #serving} says GRAPH. */
  default void emit(GraphFields fields, Fit fit) {
    throw new IllegalStateException("operator must emit its graph: " + getClass().getSimpleName());
  }

  /**
   * Returns where this step runs at serving, given its parameters and input; at most what its spec
   * says.
   */
  default Serving serving(Schema input, Serving declared) {
    return declared;
  }

  /**
   * Returns the fields of {@code input} that the values of the fields {@code made} of the output
   * come from: all, unless the operator knows better. A model that is served asks for no other
   * fields.
   */
  default Set<String> reads(Schema input, Set<String> made) {
    return new LinkedHashSet<>(input.names());
  }

  @Override
  default Schema output(List<Schema> inputs) {
    return output(inputs.get(0));
  }

  @Override
  default Samples apply(List<Samples> inputs, Step step) {
    Samples input = inputs.get(0);
    Schema output = output(input.schema());
    return input.map(step.fit(input), output);
  }
}
