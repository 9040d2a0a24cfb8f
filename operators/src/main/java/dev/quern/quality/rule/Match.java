package dev.quern.quality.rule;

/** How many of several patterns a text must match. */
public enum Match {
  /** At least one. */
  ANY,
  /** Every one. */
  ALL
}
