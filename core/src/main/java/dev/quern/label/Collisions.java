package dev.quern.label;

/** Which class counts where a sample is confident of several. */
public enum Collisions {
  /** The most probable of all classes, confident or not: what cleanlab 2.9.0 does. */
  COMPATIBLE,
  /** The most probable of the confident classes: what the paper says (cleanlab issue 1248). */
  CORRECT
}
