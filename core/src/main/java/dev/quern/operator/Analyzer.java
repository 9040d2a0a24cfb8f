package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
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
   * Returns whether the first metric is a share of samples (or their cells), so that each of them
   * can be judged: see {@link #judge}.
   */
  default boolean judgesSamples() {
    return false;
  }

  /** Returns what judging single samples needs to know of all of them. */
  default Fit judged(A state, Schema input) {
    return new Fit(Map.of());
  }

  /**
   * Returns the code that judges samples of {@code input}, for one thread; called only where {@link
   * #judgesSamples} holds.
   *
   * @param fit what {@link #judged} returned
   */
  default SampleJudge judge(Schema input, Fit fit, StepRun run) {
    throw new IllegalStateException("analyzer must judge samples: " + getClass().getSimpleName());
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
