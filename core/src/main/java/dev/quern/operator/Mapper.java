package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.engine.Samples;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Changes samples one by one: one out for each one in, or quarantined. */
public non-sealed interface Mapper extends Transformation {

  /**
   * Returns the fields of what comes out.
   *
   * @throws BindException if the operator does not fit the input
   */
  Schema output(Schema input);

  /** Returns the code for samples of {@code input}, for one thread. */
  Mapping bind(Schema input, Schema output, StepRun run);

  /**
   * Adds this step to an ONNX graph; called only where the operator's serving place is GRAPH, or
   * where {@link #serving} says so.
   */
  default void emit(GraphFields fields) {
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
    return input.map(step.task(), output(input.schema()));
  }
}
