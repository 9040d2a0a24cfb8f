package dev.quern.contract;

import java.util.List;
import java.util.Map;

/**
 * A rule that one half of the samples suggests, and how it does on the other half.
 *
 * @param fields it speaks of; none for the whole dataset
 * @param what it asks for, as people read it
 * @param where in the contract it stands
 * @param written the rule as the contract holds it, plain values
 * @param right held-out samples that obey it
 * @param asked held-out samples that it applies to
 */
public record Suggestion(
    List<String> fields,
    String what,
    Place where,
    Map<String, Object> written,
    long right,
    long asked) {
  /** Where in a contract a rule stands. */
  public enum Place {
    /** Keys of the property itself. */
    PROPERTY,
    /** Keys of logicalTypeOptions. */
    OPTION,
    /** An entry of the property's quality. */
    QUALITY,
    /** An entry of the schema object's quality. */
    SCHEMA
  }

  /** Returns the share of held-out samples that obey the rule, 1 where it applies to none. */
  public double precision() {
    return asked == 0 ? 1 : (double) right / asked;
  }
}
