package dev.quern.quality.rule;

import dev.quern.data.Field;

/**
 * Texts that are numbers with a right check character.
 *
 * @param checksum how it is computed
 */
public record ChecksumRule(Checksum checksum) implements Requirement {
  @Override
  public String reason() {
    return "checksum";
  }

  @Override
  public Rule bind(Field field) {
    int[] values = new int[Checksum.MOST];
    return Requirement.overText(
        field,
        reason(),
        (bytes, start, end) -> {
          int size = read(bytes, start, end, values);
          return size > 0 && checksum.holds(values, size);
        });
  }

  /** Returns how many characters there are, or -1 if one is no digit and no letter. */
  private static int read(byte[] bytes, int start, int end, int[] values) {
    int size = 0;
    for (int at = start; at < end; at++) {
      byte b = bytes[at];
      if (b == ' ' || b == '-') {
        continue;
      }
      int value = b < 0 ? -1 : Character.digit(b, 36);
      if (value < 0 || size == values.length) {
        return -1;
      }
      values[size++] = value;
    }
    return size;
  }
}
