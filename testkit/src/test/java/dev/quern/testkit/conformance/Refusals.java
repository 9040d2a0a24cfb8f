package dev.quern.testkit.conformance;

/** The kinds of problems for which a recipe is refused. */
final class Refusals {
  private Refusals() {}

  /** Returns {@code problem} without the names and values of one case. */
  static String kind(String problem) {
    return problem.replaceFirst("; found: .*", "").replaceFirst(" for field .*", "");
  }
}
