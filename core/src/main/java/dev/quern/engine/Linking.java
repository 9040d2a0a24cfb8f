package dev.quern.engine;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;

/** The code of a connect: names what a sample is linked by. One instance serves one thread. */
public interface Linking {

  /** Returns how many links a sample has at most. */
  int links();

  /**
   * Puts link {@code number} of the sample in physical row {@code row} into {@code link} and
   * returns whether it has that link; samples with equal bytes under the same number are connected.
   */
  boolean link(int number, Batch batch, int row, CanonicalForm link);
}
