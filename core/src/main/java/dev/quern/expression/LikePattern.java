package dev.quern.expression;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A pattern of LIKE over UTF-8: % is any text, _ is one code point. */
public final class LikePattern {
  private static final byte LITERAL = 0;
  private static final byte ONE = 1;
  private static final byte MANY = 2;

  private final byte[] bytes;
  private final byte[] kinds;

  private LikePattern(byte[] bytes, byte[] kinds) {
    this.bytes = bytes;
    this.kinds = kinds;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if the escape character escapes nothing
   */
  public static LikePattern of(String pattern, Optional<String> escape) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ByteArrayOutputStream kinds = new ByteArrayOutputStream();
    int escaping = escape.map(text -> text.codePointAt(0)).orElse(-1);
    int[] characters = pattern.codePoints().toArray();
    for (int i = 0; i < characters.length; i++) {
      int c = characters[i];
      boolean literal = c != '%' && c != '_';
      if (c == escaping) {
        i++;
        if (i == characters.length) {
          throw new IllegalArgumentException("escape character must be followed by another");
        }
        c = characters[i];
        literal = true;
      }
      if (!literal) {
        bytes.write(0);
        kinds.write(c == '%' ? MANY : ONE);
        continue;
      }
      for (byte b : new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8)) {
        bytes.write(b);
        kinds.write(LITERAL);
      }
    }
    return new LikePattern(bytes.toByteArray(), kinds.toByteArray());
  }

  /** Returns whether the whole of {@code text[start, end)} matches, in O(text · pattern). */
  public boolean matches(byte[] text, int start, int end) {
    int at = start;
    int p = 0;
    int afterMany = -1;
    int retry = start;
    while (at < end) {
      if (p < kinds.length && kinds[p] == MANY) {
        afterMany = ++p;
        retry = at;
      } else if (p < kinds.length && kinds[p] == ONE) {
        at = Texts.next(text, at, end);
        p++;
      } else if (p < kinds.length && bytes[p] == text[at]) {
        at++;
        p++;
      } else if (afterMany >= 0) {
        retry = Texts.next(text, retry, end);
        at = retry;
        p = afterMany;
      } else {
        return false;
      }
    }
    while (p < kinds.length && kinds[p] == MANY) {
      p++;
    }
    return p == kinds.length;
  }
}
