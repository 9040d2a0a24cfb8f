package dev.quern.engine;

import dev.quern.data.Batch;

/**
 * The code of a map, bound to an input schema. One instance serves one worker thread, so scratch
 * buffers live in it; results depend on the samples alone.
 */
public interface Mapping {

  /**
   * Maps the selected samples of {@code batch}: every one of them ends in exactly one of the calls
   * on {@code out}.
   */
  void map(Batch batch, Outcome out);
}
