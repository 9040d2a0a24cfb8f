package dev.quern.engine;

import dev.quern.data.Batch;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A mergeable sufficient statistic: state(A ∪ B) = state(A) merged with state(B).
 *
 * <p>Merge is associative and commutative, a fresh accumulator is neutral, and equal sets of
 * samples in any order give equal written states, so results depend neither on threads nor on
 * shards (sums are exact, see {@code ExactSum}). Not safe for several threads.
 *
 * @param <A> the implementing class
 */
public interface Accumulator<A extends Accumulator<A>> {

  /** Adds the selected samples of {@code batch}. */
  void add(Batch batch);

  /** Adds what {@code other} has seen; {@code other} is not used again. */
  void merge(A other);

  /** Writes the state, a version byte first. */
  void write(DataOutput out) throws IOException;
}
