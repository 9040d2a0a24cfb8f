package dev.quern.engine.pass;

import dev.quern.data.Batch;

/** A place on the samples' way through one worker. */
interface Way {
  /** Takes the selected samples of {@code batch}. */
  void accept(Batch batch);
}
