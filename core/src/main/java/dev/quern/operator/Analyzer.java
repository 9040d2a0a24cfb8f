package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.ChangedCells;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Yields metrics of samples by one fold.
 *
 * @param <A> its mergeable state
 */
public non-sealed interface Analyzer<A extends Accumulator<A>> extends Operator {

  /**
   * Checks that the analyzer fits {@code input}.
   *
   * @throws BindException if it does not
   */
  void check(Schema input);

  /**
   * Returns the condition, an expression, for which samples are measured; absent: all are. Whoever
   * folds keeps to it, see {@link Restriction}: the state sees no other samples.
   */
  default Optional<String> where() {
    return Optional.empty();
  }

  /** Returns a state that has seen nothing. */
  A zero(Schema input, StepRun run);

  /** Returns the state that was written. */
  A read(DataInput in, Schema input, StepRun run) throws IOException;

  /** Returns the metrics of {@code state}; the first is the one that checks compare. */
  List<Metric> metrics(A state, Schema input);

  /**
   * Returns which samples are held responsible for the first metric, or why none are. An analyzer
   * of a catalog must say one of the two.
   */
  default Judging judging() {
    return Judging.UNSTATED;
  }

  /**
   * Returns what judging single samples needs to know of all of them.
   *
   * @param limits between what the first metric must lie for the check to pass
   */
  default Fit judged(A state, Schema input, Limits limits) {
    return new Fit(Map.of());
  }

  /**
   * Returns what must be collected in a second fold before samples are judged; most need none.
   *
   * @param fit what {@link #judged} returned
   * @param told whether values, and so repairs, are told
   */
  default Optional<SecondLook<?>> secondLook(Schema input, Fit fit, ChangedCells told) {
    return Optional.empty();
  }

  /**
   * Returns the code that judges samples of {@code input}, for one thread; called only where {@link
   * #judging} tells of some.
   *
   * @param fit what {@link #judged} returned, completed by {@link #secondLook}
   */
  default SampleJudge judge(Schema input, Fit fit, StepRun run) {
    throw new IllegalStateException("analyzer must judge samples: " + getClass().getSimpleName());
  }

  /** Returns whether the metrics tell what an attack finds; the report then shows all of them. */
  default boolean isAttack() {
    return false;
  }

  /**
   * Returns the name of the parameter that takes, by field, the hierarchies by which values became
   * coarser, a list of one after the other; where a check does not give it, it is what the steps
   * before tell, see {@link Transformation#coarsens}. Most analyzers have none.
   */
  default Optional<String> hierarchies() {
    return Optional.empty();
  }

  /**
   * Returns the dataset version this analyzer compares the samples with, {@code NAME[@V]}; most
   * compare with none. Its samples are folded like those that are analyzed.
   */
  default Optional<String> reference() {
    return Optional.empty();
  }

  /**
   * Returns the metrics of {@code state} compared with {@code reference}, the state of the samples
   * of {@link #reference}, whose fields may be others; {@link #metrics(Accumulator, Schema)} is
   * asked where there is no such version.
   */
  default List<Metric> metrics(A state, Schema input, A reference, Schema referenceInput) {
    return metrics(state, input);
  }
}
