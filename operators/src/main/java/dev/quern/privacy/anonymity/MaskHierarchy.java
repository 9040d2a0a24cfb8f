package dev.quern.privacy.anonymity;

/**
 * Characters (code points) become {@code *} one by one, then the whole value does. A value with
 * fewer characters than are masked is masked wholly.
 *
 * @param characters how many characters are masked at most before all are, at least 0
 * @param side where masking begins
 */
public record MaskHierarchy(int characters, From side) implements Hierarchy {

  /** Where masking begins. */
  public enum From {
    /** 81667 becomes 8166*. */
    END,
    /** 81667 becomes *1667. */
    START
  }

  /** Makes a hierarchy. */
  public MaskHierarchy {
    if (characters < 0) {
      throw new IllegalArgumentException("mask must be >= 0 (characters); found: " + characters);
    }
  }

  @Override
  public int levels() {
    return characters + 2;
  }

  @Override
  public String at(String value, int level) {
    if (level == levels() - 1) {
      return ANY;
    }
    int length = value.codePointCount(0, value.length());
    int masked = Math.min(level, length);
    String stars = ANY.repeat(masked);
    return side == From.END
        ? value.substring(0, value.offsetByCodePoints(0, length - masked)) + stars
        : stars + value.substring(value.offsetByCodePoints(0, masked));
  }
}
