package dev.quern.recipe;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The core schema of YAML 1.2.2 (chapter 10.3.2): which plain scalars are null, bools and numbers.
 * {@code yes}, {@code no}, {@code on} and dates are texts.
 */
final class Scalars {
  private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
  private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private Scalars() {}

  /**
   * What a plain scalar means.
   *
   * @param value a String, Long, Double, Boolean or null
   * @param problem why it cannot be used, if so
   */
  record Meaning(@Nullable Object value, Optional<String> problem) {
    static Meaning of(@Nullable Object value) {
      return new Meaning(value, Optional.empty());
    }
  }

  /** Returns what the plain scalar {@code written} means. */
  static Meaning read(String written) {
    switch (written) {
      case "", "~", "null", "Null", "NULL":
        return Meaning.of(null);
      case "true", "True", "TRUE":
        return Meaning.of(Boolean.TRUE);
      case "false", "False", "FALSE":
        return Meaning.of(Boolean.FALSE);
      case ".nan", ".NaN", ".NAN":
        return Meaning.of(Double.NaN);
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF":
        return Meaning.of(Double.POSITIVE_INFINITY);
      case "-.inf", "-.Inf", "-.INF":
        return Meaning.of(Double.NEGATIVE_INFINITY);
      default:
        return number(written);
    }
  }

  private static Meaning number(String written) {
    char first = written.charAt(0);
    if (!(first >= '0' && first <= '9') && first != '-' && first != '+' && first != '.') {
      return Meaning.of(written);
    }
    if (DECIMAL.matcher(written).matches()) {
      return whole(written, written, 10);
    }
    if (OCTAL.matcher(written).matches()) {
      return whole(written, written.substring(2), 8);
    }
    if (HEXADECIMAL.matcher(written).matches()) {
      return whole(written, written.substring(2), 16);
    }
    if (FLOAT.matcher(written).matches()) {
      double number = Double.parseDouble(written);
      return Double.isInfinite(number)
          ? new Meaning(written, Optional.of("number must fit in 64 bits; found: " + written))
          : Meaning.of(number);
    }
    return Meaning.of(written);
  }

  private static Meaning whole(String written, String digits, int radix) {
    try {
      return Meaning.of(Long.parseLong(digits, radix));
    } catch (NumberFormatException e) {
      return new Meaning(
          written,
          Optional.of(
              "whole number must fit in 64 bits; found: " + written + "; quote it to mean a text"));
    }
  }
}
