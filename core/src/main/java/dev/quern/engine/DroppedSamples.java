package dev.quern.engine;

/** What a pass keeps of the samples its steps drop; they are counted by reason in any case. */
public enum DroppedSamples {
  /** Their number and reasons. */
  NONE,
  /** Id, reason and measured value as well. */
  IDS,
  /** The samples as well. */
  SAMPLES
}
