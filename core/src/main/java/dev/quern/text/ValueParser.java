package dev.quern.text;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Type;
import org.jspecify.annotations.Nullable;

/**
 * Turns UTF-8 bytes into typed values, scalars without allocating.
 *
 * <p>A value that does not fit is told by the snake_case rule it broke; nothing is appended then.
 * Spaces and tabs around a value are ignored for every type but text. Not safe for several threads.
 *
 * <ul>
 *   <li>long: digits with an optional sign
 *   <li>double, float: decimal digits, point and exponent; neither infinite nor NaN
 *   <li>decimal(p,s): never rounded; digits beyond precision or scale break {@code too_many_digits}
 *   <li>bool: true or false in any case
 *   <li>date: yyyy-MM-dd or yyyy/M/d
 *   <li>timestamp: a date, then T or a space and HH:mm[:ss[.fraction]] with Z, an offset or nothing
 *       (UTC); fractions below a microsecond are rounded down; a date alone is its midnight
 *   <li>bytes: base64; list and struct: JSON
 * </ul>
 */
public abstract class ValueParser {
  private final boolean ignoresSpace;

  ValueParser() {
    this(true);
  }

  private ValueParser(boolean ignoresSpace) {
    this.ignoresSpace = ignoresSpace;
  }

  /** Returns a parser of values of {@code type}. */
  public static ValueParser of(Type type) {
    return switch (type.kind()) {
      case TEXT -> new TextParser();
      case LONG -> new LongParser();
      case DOUBLE -> new DoubleParser();
      case FLOAT -> new FloatParser();
      case DECIMAL -> new DecimalParser((Type.Decimal) type);
      case BOOL -> new BoolParser();
      case DATE -> new TimeParser.Date();
      case TIMESTAMP -> new TimeParser.Timestamp();
      case BYTES -> new Base64Parser();
      case LIST, STRUCT -> new JsonTextParser(type);
    };
  }

  /**
   * Appends the value that {@code bytes[start, end)} tells to {@code out}.
   *
   * @return null, or the rule the value breaks, for example {@code not_a_long}
   */
  public final @Nullable String parse(byte[] bytes, int start, int end, ColumnBuilder out) {
    int from = start;
    int to = end;
    if (ignoresSpace) {
      while (from < to && isSpace(bytes[from])) {
        from++;
      }
      while (to > from && isSpace(bytes[to - 1])) {
        to--;
      }
    }
    return parseTrimmed(bytes, from, to, out);
  }

  abstract @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out);

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\t';
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static final class TextParser extends ValueParser {
    TextParser() {
      super(false);
    }

    @Override
    @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out) {
      if (!Utf8.isValid(bytes, start, end)) {
        return "malformed_utf8";
      }
      out.appendSlice(bytes, start, end);
      return null;
    }
  }

  private static final class BoolParser extends ValueParser {
    @Override
    @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out) {
      int value = bool(bytes, start, end);
      if (value < 0) {
        return "not_a_bool";
      }
      out.appendBool(value == 1);
      return null;
    }
  }

  /** Returns 1 for true, 0 for false, -1 for anything else. */
  static int bool(byte[] bytes, int start, int end) {
    return matches(bytes, start, end, "true") ? 1 : matches(bytes, start, end, "false") ? 0 : -1;
  }

  private static boolean matches(byte[] bytes, int start, int end, String lower) {
    if (end - start != lower.length()) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      if ((bytes[start + i] | 0x20) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static final class Base64Parser extends ValueParser {
    @Override
    @Nullable String parseTrimmed(byte[] bytes, int start, int end, ColumnBuilder out) {
      byte[] decoded;
      try {
        decoded =
            java.util.Base64.getDecoder().decode(java.util.Arrays.copyOfRange(bytes, start, end));
      } catch (IllegalArgumentException e) {
        return "not_base64";
      }
      out.appendSlice(decoded, 0, decoded.length);
      return null;
    }
  }
}
