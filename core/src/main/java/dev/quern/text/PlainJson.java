package dev.quern.text;

import dev.quern.data.BatchBuilder;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Reads the JSON objects that nearly all data consist of, straight from bytes into the columns of a
 * batch: known fields, each at most once, with values as their types have them.
 *
 * <p>Whatever else an object holds, right or wrong, is declined and belongs to {@link StrictJson}
 * and {@link JsonDecoder}, which say what it means. What is read here has the same value there. Not
 * safe for several threads.
 */
public final class PlainJson {
  private static final VarHandle LONGS = Utf8.LONGS;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  /** What the methods that read return when they decline. */
  private static final int DECLINED = -1;

  /** Longer numbers are declined, bytes. */
  private static final int LONGEST_NUMBER = 400;

  private final PlainNumber number = new PlainNumber();
  private final PlainShape root;
  private byte[] bytes = {};
  private int end;
  private byte[] text = new byte[256];

  /** Makes a reader into {@code batch}. */
  public PlainJson(Schema schema, BatchBuilder batch) {
    root = PlainShape.of(schema, batch);
  }

  /**
   * Appends the values of the object in {@code source[start, stop)}, well-formed UTF-8, to row
   * {@code row} of the columns, nulls for missing fields.
   *
   * @return false if it was declined; the caller truncates what was appended
   */
  public boolean read(byte[] source, int start, int stop, int row) {
    bytes = source;
    end = stop;
    int at = space(start);
    if (at == end || bytes[at] != '{') {
      return false;
    }
    at = object(root, row, at + 1);
    return at >= 0 && space(at) == end;
  }

  /** Reads an object from behind its bracket. */
  private int object(PlainShape shape, int row, int from) {
    int at = space(from);
    int present = 0;
    int expected = 0;
    if (at < end && bytes[at] == '}') {
      at++;
    } else {
      while (true) {
        if (at >= end || bytes[at] != '"') {
          return DECLINED;
        }
        int field = shape.find(bytes, at + 1, end, expected);
        if (field < 0) {
          return DECLINED;
        }
        at = space(at + 2 + shape.nameLength(field));
        if (at >= end || bytes[at] != ':') {
          return DECLINED;
        }
        PlainShape part = shape.part(field);
        if (part.out().size() != row) {
          // Given twice.
          return DECLINED;
        }
        at = value(part, space(at + 1));
        if (at < 0) {
          return DECLINED;
        }
        present++;
        at = space(at);
        if (at >= end) {
          return DECLINED;
        }
        byte b = bytes[at++];
        if (b == '}') {
          break;
        }
        if (b != ',') {
          return DECLINED;
        }
        at = space(at);
        expected = field + 1;
      }
    }
    if (present < shape.size()) {
      shape.appendMissing(row);
    }
    return at;
  }

  private int value(PlainShape shape, int at) {
    if (at >= end) {
      return DECLINED;
    }
    byte b = bytes[at];
    if (b == 'n') {
      int next = word(at, "null");
      if (next >= 0) {
        shape.out().appendNull();
      }
      return next;
    }
    return switch (shape.kind()) {
      case TEXT -> b == '"' ? string(shape.out(), at + 1) : DECLINED;
      case LONG, DOUBLE, FLOAT -> number(shape, at);
      case DECIMAL -> b == '"' ? written(shape, at + 1) : number(shape, at);
      case BOOL -> bool(shape.out(), at);
      case TIMESTAMP, DATE, BYTES -> b == '"' ? written(shape, at + 1) : DECLINED;
      case LIST -> b == '[' ? list(shape, at + 1) : DECLINED;
      case STRUCT -> b == '{' ? struct(shape, at + 1) : DECLINED;
    };
  }

  private int bool(ColumnBuilder out, int at) {
    boolean value = bytes[at] == 't';
    int next = word(at, value ? "true" : "false");
    if (next >= 0) {
      out.appendBool(value);
    }
    return next;
  }

  private int struct(PlainShape shape, int from) {
    int at = object(shape, shape.out().size(), from);
    if (at >= 0) {
      shape.out().endStruct();
    }
    return at;
  }

  private int list(PlainShape shape, int from) {
    int at = space(from);
    if (at < end && bytes[at] == ']') {
      shape.out().endList();
      return at + 1;
    }
    PlainShape element = shape.part(0);
    while (true) {
      at = value(element, at);
      if (at < 0) {
        return DECLINED;
      }
      at = space(at);
      if (at >= end) {
        return DECLINED;
      }
      byte b = bytes[at++];
      if (b == ']') {
        shape.out().endList();
        return at;
      }
      if (b != ',') {
        return DECLINED;
      }
      at = space(at);
    }
  }

  /** Reads a string without escapes whose content a value parser understands. */
  private int written(PlainShape shape, int start) {
    int stop = special(start);
    if (stop == end || bytes[stop] != '"') {
      return DECLINED;
    }
    return shape.parse(bytes, start, stop) == null ? stop + 1 : DECLINED;
  }

  /** Reads a number as RFC 8259 has it: no sign but minus, no leading zeros, digits at a point. */
  private int number(PlainShape shape, int from) {
    int at = number.scan(bytes, from, end);
    int first = number.negative ? from + 1 : from;
    if (number.whole == 0 || number.decimals == 0 || (bytes[first] == '0' && number.whole > 1)) {
      return DECLINED;
    }
    if (at == end || (bytes[at] | 0x20) != 'e') {
      if (shape.kind() == Type.Kind.DOUBLE && number.isDouble()) {
        shape.out().appendDouble(number.toDouble());
        return at;
      }
      if (shape.kind() == Type.Kind.LONG && number.isLong()) {
        shape.out().appendLong(number.toLong());
        return at;
      }
    }
    int stop = exponent(at);
    boolean read =
        stop >= 0 && stop - from <= LONGEST_NUMBER && shape.parse(bytes, from, stop) == null;
    return read ? stop : DECLINED;
  }

  private int exponent(int from) {
    int at = from;
    if (at == end || (bytes[at] | 0x20) != 'e') {
      return at;
    }
    at++;
    at += at < end && (bytes[at] == '-' || bytes[at] == '+') ? 1 : 0;
    int first = at;
    while (at < end && ValueParser.isDigit(bytes[at])) {
      at++;
    }
    return at == first ? DECLINED : at;
  }

  private int string(ColumnBuilder out, int start) {
    int at = special(start);
    if (at < end && bytes[at] == '"') {
      out.appendSlice(bytes, start, at);
      return at + 1;
    }
    int from = start;
    int length = 0;
    while (at < end && bytes[at] == '\\') {
      // An escape is never shorter than what it stands for.
      if (length + at - from + 4 > text.length) {
        text = Arrays.copyOf(text, 2 * (length + at - from + 4));
      }
      System.arraycopy(bytes, from, text, length, at - from);
      length += at - from;
      if (at + 1 == end) {
        return DECLINED;
      }
      byte b = bytes[at + 1];
      from = at + 2;
      if (b == 'u') {
        int c = codePoint(at + 2);
        if (c < 0) {
          return DECLINED;
        }
        from = at + (c < 0x10000 ? 6 : 12);
        length = put(c, length);
      } else {
        int c = simpleEscape(b);
        if (c < 0) {
          return DECLINED;
        }
        text[length++] = (byte) c;
      }
      at = special(from);
    }
    if (at == end || bytes[at] != '"') {
      return DECLINED;
    }
    if (length + at - from > text.length) {
      text = Arrays.copyOf(text, 2 * (length + at - from));
    }
    System.arraycopy(bytes, from, text, length, at - from);
    out.appendSlice(text, 0, length + at - from);
    return at + 1;
  }

  private static int simpleEscape(byte b) {
    return switch (b) {
      case '"', '\\', '/' -> b;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      default -> DECLINED;
    };
  }

  /** Returns the code point of one escape or of a pair, from behind the first u. */
  private int codePoint(int at) {
    int c = hex(at);
    if (c < 0 || !Character.isSurrogate((char) c)) {
      return c;
    }
    if (!Character.isHighSurrogate((char) c)
        || at + 6 > end
        || bytes[at + 4] != '\\'
        || bytes[at + 5] != 'u') {
      return DECLINED;
    }
    int low = hex(at + 6);
    return low >= 0 && Character.isLowSurrogate((char) low)
        ? Character.toCodePoint((char) c, (char) low)
        : DECLINED;
  }

  private int hex(int from) {
    if (from + 4 > end) {
      return DECLINED;
    }
    int value = 0;
    for (int at = from; at < from + 4; at++) {
      int digit = Character.digit(bytes[at], 16);
      if (digit < 0) {
        return DECLINED;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private int put(int c, int at) {
    int to = at;
    if (c < 0x80) {
      text[to++] = (byte) c;
    } else if (c < 0x800) {
      text[to++] = (byte) (0xc0 | c >> 6);
      text[to++] = (byte) (0x80 | c & 0x3f);
    } else if (c < 0x10000) {
      text[to++] = (byte) (0xe0 | c >> 12);
      text[to++] = (byte) (0x80 | c >> 6 & 0x3f);
      text[to++] = (byte) (0x80 | c & 0x3f);
    } else {
      text[to++] = (byte) (0xf0 | c >> 18);
      text[to++] = (byte) (0x80 | c >> 12 & 0x3f);
      text[to++] = (byte) (0x80 | c >> 6 & 0x3f);
      text[to++] = (byte) (0x80 | c & 0x3f);
    }
    return to;
  }

  /** Returns the next quote, backslash or control character, or the end. */
  private int special(int from) {
    int at = from;
    while (at + 8 <= end) {
      long word = (long) LONGS.get(bytes, at);
      long quotes = word ^ '"' * ONES;
      long slashes = word ^ '\\' * ONES;
      // Marks may be wrong above a right one only.
      long hits =
          ((quotes - ONES & ~quotes) | (slashes - ONES & ~slashes) | (word - ' ' * ONES & ~word))
              & HIGHS;
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      at += 8;
    }
    while (at < end && bytes[at] != '"' && bytes[at] != '\\' && (bytes[at] & 0xe0) != 0) {
      at++;
    }
    return at;
  }

  private int space(int from) {
    int at = from;
    while (at < end && bytes[at] <= ' ' && isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  /** Returns one behind {@code word} if it stands here. */
  private int word(int at, String word) {
    if (at + word.length() > end) {
      return DECLINED;
    }
    for (int i = 0; i < word.length(); i++) {
      if (bytes[at + i] != word.charAt(i)) {
        return DECLINED;
      }
    }
    return at + word.length();
  }
}
