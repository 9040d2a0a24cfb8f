package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Samples;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An operator that makes samples of samples. */
public sealed interface Transformation extends Operator
    permits Mapper, Filter, Expander, Fitter, Learner, Grouper {

  /** Returns how many inputs the operator takes at most; 1 unless it combines. */
  default int inputs() {
    return 1;
  }

  /**
   * Returns the fields of what comes out.
   *
   * @throws BindException if the operator does not fit the inputs
   */
  Schema output(List<Schema> inputs);

  /**
   * Returns whether samples can fall away because of what they hold; where there are splits such a
   * step acts on train only by default, and at serving it does nothing.
   */
  default boolean dropsSamples() {
    return false;
  }

  /** Returns whether this step gives samples their splits. */
  default boolean givesSplits() {
    return false;
  }

  /**
   * Returns whether the outcome depends on the order samples are seen in, so that a step may name
   * one; without it the order is the rank.
   */
  default boolean heedsOrder() {
    return false;
  }

  /**
   * Returns whether the report tells what this step costs a model: where the recipe trains one and
   * tests it, it is trained once more on the samples as they are without this step.
   */
  default boolean costsAccuracy() {
    return false;
  }

  /**
   * Returns the question by which the report tells what this step costs, with or without a model in
   * the recipe; most ask none.
   *
   * @throws BindException if the fields it asks for do not fit
   */
  default Optional<Weighing> weighing(Schema input) {
    return Optional.empty();
  }

  /**
   * Returns the hierarchies by which this makes values coarser, as plain values, by field of {@code
   * input}, as far as the values do not show it by their looks: whoever attacks what comes out
   * knows them, see {@link Analyzer#hierarchies}. Most operators have none.
   */
  default Map<String, Object> coarsens(Schema input) {
    return Map.of();
  }

  /** Expresses this operator in verbs. */
  Samples apply(List<Samples> inputs, Step step);
}
