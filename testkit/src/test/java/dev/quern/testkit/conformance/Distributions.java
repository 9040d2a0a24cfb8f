package dev.quern.testkit.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Expectations of distributions in the words of checks. */
final class Distributions {
  static final Map<String, Function<Written, String>> NAMES = new LinkedHashMap<>();

  private Distributions() {}
}
