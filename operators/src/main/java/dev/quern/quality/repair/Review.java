package dev.quern.quality.repair;

import dev.quern.data.SampleId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What somebody who knows says of a cell, or of all cells of a field that hold a value.
 *
 * @param id the sample; absent where {@code value} says which cells
 * @param value the value found; absent where {@code id} says which cell
 * @param field name of the field
 * @param verdict whether the cell is right
 * @param correct what it should hold; absent where it is right or that is not known
 */
public record Review(
    Optional<SampleId> id,
    Optional<String> value,
    String field,
    Verdict verdict,
    Optional<String> correct) {

  /** What is said of a cell. */
  public enum Verdict {
    RIGHT,
    WRONG
  }

  /** What a review looks like in a recipe. */
  public static final String RULE =
      "a list of {field, id or value, verdict: right or wrong, or correct}";

  private static final Set<String> KEYS =
      Set.of(
          "id",
          "value",
          "field",
          "verdict",
          "correct",
          // What else stands in the lines of runs/ID/changes, to which somebody adds a verdict.
          "step",
          "rule",
          "confidence",
          "before",
          "after");

  /**
   * Reads the form in recipes.
   *
   * @throws IllegalArgumentException if it breaks the rule
   */
  public static Review of(Object plain) {
    if (!(plain instanceof Map<?, ?> map) || !KEYS.containsAll(map.keySet())) {
      throw new IllegalArgumentException(RULE);
    }
    Optional<String> id = text(map, "id");
    Optional<String> value = text(map, "value");
    Optional<String> verdict = text(map, "verdict");
    Optional<String> correct = text(map, "correct");
    boolean right = verdict.equals(Optional.of("right"));
    boolean known = verdict.isEmpty() || right || verdict.equals(Optional.of("wrong"));
    if (text(map, "field").isEmpty()
        || id.isPresent() == value.isPresent()
        || !known
        || verdict.isEmpty() && correct.isEmpty()
        || right && correct.isPresent()) {
      throw new IllegalArgumentException(RULE);
    }
    return new Review(
        id.map(SampleId::parse),
        value.map(String::strip),
        text(map, "field").get(),
        right ? Verdict.RIGHT : Verdict.WRONG,
        correct.map(String::strip));
  }

  /** Returns the form in recipes. */
  public Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    id.ifPresent(given -> plain.put("id", given.toString()));
    value.ifPresent(given -> plain.put("value", given));
    plain.put("field", field);
    if (correct.isPresent()) {
      plain.put("correct", correct.get());
    } else {
      plain.put("verdict", verdict == Verdict.RIGHT ? "right" : "wrong");
    }
    return plain;
  }

  private static Optional<String> text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? Optional.empty() : Optional.of(value.toString());
  }
}
