package dev.quern.engine;

import dev.quern.data.Hash128;
import dev.quern.data.SampleId;
import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * What operators may know of the run: the seed. Draws depend on (seed, step, sample id) alone,
 * never on order, shard, thread or engine.
 *
 * @param seed the recipe's seed
 */
public record RunContext(long seed) implements Serializable {

  /** Returns the random numbers of the sample {@code id} in {@code step}. */
  public SplittableRandom random(String step, SampleId id) {
    return new SplittableRandom(draw(step, id.high(), id.low()));
  }

  /** Returns 64 random bits for the sample with this id in {@code step}. */
  public long draw(String step, long idHigh, long idLow) {
    return draw(stepSeed(step), idHigh, idLow);
  }

  /** Returns the seed of {@code step}, for {@link #draw(long, long, long)} in hot loops. */
  public long stepSeed(String step) {
    Hash128 hash = new Hash128();
    return hash.putLong(seed).putText(step).finish().high();
  }

  /** Returns 64 random bits for the sample with this id under {@code stepSeed}. */
  public static long draw(long stepSeed, long idHigh, long idLow) {
    return Hash128.mix(Hash128.mix(stepSeed ^ idHigh) + idLow * 0x9e3779b97f4a7c15L);
  }

  /** Returns {@code bits} as a number in [0, 1) with 53 bits. */
  public static double unit(long bits) {
    return (bits >>> 11) * 0x1.0p-53;
  }
}
