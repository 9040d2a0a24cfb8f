package dev.quern.engine;

import dev.quern.data.Batch;

/**
 * The samples of one key as a stream: by input number, then the order of the group if it has one,
 * then rank. Read once; a batch stays valid after the group has moved on.
 */
public interface Group {

  /** Moves to the next sample and returns whether there is one. */
  boolean next();

  /** Returns the number of the input the sample comes from. */
  int input();

  /** Returns the batch that holds the sample. */
  Batch batch();

  /** Returns the physical row of the sample in {@link #batch}. */
  int row();
}
