package dev.quern.engine;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;

/** The code of a group, bound to the input schemas. One instance serves one worker thread. */
public interface Grouping {

  /**
   * Puts the key of the sample in physical row {@code row} of {@code batch} from input {@code
   * input} into {@code key}; samples with equal bytes are one group.
   */
  void key(int input, Batch batch, int row, CanonicalForm key);

  /** Handles one group: every sample of it ends in exactly one of the calls on {@code out}. */
  void group(Group group, Outcome out);

  /** Called when no group follows: hands on what is still held. */
  void end(Outcome out);
}
