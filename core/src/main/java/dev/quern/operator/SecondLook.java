package dev.quern.operator;

import dev.quern.engine.Accumulator;
import java.io.DataInput;
import java.io.IOException;

/**
 * What is collected of the samples once more before they are judged, where the first fold has not
 * kept it of all samples because only few need it.
 *
 * @param <S> its mergeable state
 */
public interface SecondLook<S extends Accumulator<S>> {

  /** Returns a state that has seen nothing. */
  S zero();

  /** Returns the state that was written. */
  S read(DataInput in) throws IOException;

  /** Returns what judging needs to know: what the first fold told and {@code state}. */
  Fit completed(S state);
}
