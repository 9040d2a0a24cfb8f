package dev.quern.operator;

/** What a filter says of a sample. */
public sealed interface Verdict {
  /** The one verdict of samples that stay. */
  Verdict KEEP = new Keep();

  /** The sample stays. */
  record Keep() implements Verdict {}

  /**
   * The sample goes.
   *
   * @param reason snake_case name of the rule
   * @param measured the value the rule compared, NaN where there is none
   */
  record Drop(String reason, double measured) implements Verdict {}

  /** Returns the verdict of a sample that goes. */
  static Verdict drop(String reason, double measured) {
    return new Drop(reason, measured);
  }
}
