package dev.quern.expression;

import java.util.List;

/**
 * A function of the language, for documentation and for messages.
 *
 * @param signature name, parameters in parentheses and result, for example {@code length(text) →
 *     long}; {@code [,…]} may be left out, {@code …} may be repeated, {@code T} is any one type
 * @param english what it gives, one sentence
 * @param chinese the same in simplified Chinese
 * @param missing what becomes of missing arguments
 */
public record ExpressionFunction(
    String signature, String english, String chinese, Missing missing) {
  /** What becomes of missing arguments. */
  public enum Missing {
    /** A missing argument makes the result missing. */
    SPREADS,
    /** Missing arguments are passed over. */
    SKIPPED,
    /** The function is about missing values, as its sentence says. */
    SEEN
  }

  /** Returns the name. */
  public String name() {
    return signature.substring(0, signature.indexOf('('));
  }

  /** Returns all functions, in the order of the documentation. */
  public static List<ExpressionFunction> all() {
    return Functions.documentation();
  }
}
