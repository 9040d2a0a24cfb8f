package dev.quern.quality.rule;

import dev.quern.data.Field;
import java.util.OptionalLong;

/**
 * Texts of a length in characters (Unicode code points).
 *
 * @param min fewest characters
 * @param max most characters
 */
public record LengthRule(OptionalLong min, OptionalLong max) implements Requirement {
  /**
   * Makes a requirement.
   *
   * @throws IllegalArgumentException if the bounds are reversed
   */
  public LengthRule {
    if (min.isPresent() && max.isPresent() && min.getAsLong() > max.getAsLong()) {
      throw new IllegalArgumentException(
          "min_length must be <= max_length (characters); found: "
              + min.getAsLong()
              + ", "
              + max.getAsLong());
    }
  }

  @Override
  public String reason() {
    return "length";
  }

  @Override
  public Rule bind(Field field) {
    long least = min.orElse(0);
    long most = max.orElse(Long.MAX_VALUE);
    return Requirement.overText(
        field,
        reason(),
        (bytes, start, end) -> {
          int length = characters(bytes, start, end);
          return length >= least && length <= most;
        });
  }

  private static int characters(byte[] bytes, int start, int end) {
    int characters = 0;
    for (int at = start; at < end; at++) {
      // Bytes 10xxxxxx go on with a character.
      characters += (bytes[at] & 0xc0) != 0x80 ? 1 : 0;
    }
    return characters;
  }
}
