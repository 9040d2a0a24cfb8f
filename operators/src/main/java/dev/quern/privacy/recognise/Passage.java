package dev.quern.privacy.recognise;

import dev.quern.data.Slice;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A text as recognisers see it: one char for each code point. Letters and signs of addresses and
 * numbers in full width, the decimal digits of all scripts and {@link WrittenDigits} become those
 * of ASCII, all kinds of space and hyphen become one, characters without width (direction marks and
 * variants too) are left out, others beyond the basic plane become U+FFFD. Places lead back to code
 * points of the text itself. Reusable, not safe for several threads.
 */
public final class Passage {
  /** What may stand within an address or a number; other punctuation in full width stays. */
  private static final String SIGNS = "@.-+_()/";

  private char[] chars = new char[256];
  private int[] places = new int[257];
  private int length;
  private int left;
  private boolean ascii;
  private String writtenField = "";
  private FieldName field = FieldName.NONE;

  /** The characters in small letters, once somebody asks for them. */
  private char[] small = new char[0];

  private boolean isSmall;

  /** What a context has said of the place before a finding, for the next finding from there. */
  private @Nullable Context asked;

  private int askedAt;
  private boolean answer;

  /** Takes a text. */
  public Passage of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return of(utf8, 0, utf8.length);
  }

  /** Takes the bytes of a view. */
  public Passage of(Slice slice) {
    return of(slice.bytes, slice.start, slice.end);
  }

  /** Takes UTF-8; bytes that are none count as Java decodes them, as U+FFFD. */
  public Passage of(byte[] text, int start, int end) {
    int size = end - start;
    if (chars.length < size) {
      chars = new char[size + (size >> 1)];
      places = new int[chars.length + 1];
    }
    length = 0;
    left = 0;
    isSmall = false;
    asked = null;
    int at = start;
    char[] to = chars;
    while (at < end && text[at] >= 0) {
      to[at - start] = (char) text[at];
      at++;
    }
    length = at - start;
    ascii = at == end;
    if (!ascii) {
      if (!decode(text, at, end)) {
        decodeFaulty(new String(text, start, size, StandardCharsets.UTF_8));
      }
      WrittenDigits.fold(chars, at - start, length);
    }
    return this;
  }

  /** Names the field the text stands in: its words count as context. */
  public Passage in(String newField) {
    if (!newField.equals(writtenField)) {
      writtenField = newField;
      field = new FieldName(newField);
    }
    asked = null;
    return this;
  }

  private boolean decode(byte[] text, int from, int end) {
    int at = from;
    while (at < end) {
      int first = text[at];
      if (first >= 0) {
        put(first);
        at++;
        continue;
      }
      int more = first >= (byte) 0xF0 ? 3 : first >= (byte) 0xE0 ? 2 : 1;
      if (first < (byte) 0xC2 || first > (byte) 0xF4 || at + more >= end) {
        return false;
      }
      int point = first & (0x3F >> more);
      for (int i = 1; i <= more; i++) {
        if ((text[at + i] & 0xC0) != 0x80) {
          return false;
        }
        point = point << 6 | text[at + i] & 0x3F;
      }
      if (more == 2 && (point < 0x800 || point >= 0xD800 && point < 0xE000)
          || more == 3 && (point < 0x10000 || point > 0x10FFFF)) {
        return false;
      }
      put(point);
      at += more + 1;
    }
    return true;
  }

  private void decodeFaulty(String text) {
    length = 0;
    left = 0;
    text.codePoints().forEach(this::put);
  }

  private void put(int point) {
    if (left == 0 && isHanPoint(point)) {
      chars[length++] = (char) point;
      return;
    }
    if (isWithoutWidth(point)) {
      if (left == 0) {
        for (int i = 0; i < length; i++) {
          places[i] = i;
        }
      }
      left++;
      return;
    }
    if (left > 0) {
      places[length] = length + left;
    }
    chars[length++] = point < 0x80 ? (char) point : folded(point);
  }

  private static boolean isWithoutWidth(int point) {
    return point == 0xAD
        || point == 0x34F
        || point == 0x61C
        || point == 0x180E
        || point >= 0x200B && point <= 0x200F
        || point >= 0x202A && point <= 0x202E
        || point >= 0x2060 && point <= 0x206F
        || point >= 0xFE00 && point <= 0xFE0F
        || point == 0xFEFF
        || point >= 0xE0000 && point <= 0xE01EF;
  }

  private static char folded(int point) {
    if (point >= 0xFF01 && point <= 0xFF5E) {
      char narrow = (char) (point - 0xFEE0);
      return isAlphanumeric(narrow) || SIGNS.indexOf(narrow) >= 0 ? narrow : (char) point;
    }
    if (point == 0xA0
        || point == 0x1680
        || point >= 0x2000 && point <= 0x200A
        || point == 0x202F
        || point == 0x205F
        || point == 0x3000) {
      return ' ';
    }
    if (point >= 0x2010 && point <= 0x2015
        || point == 0x2043
        || point == 0x2212
        || point == 0xFE58
        || point == 0xFE63) {
      return '-';
    }
    if (!isHanPoint(point) && Character.isDigit(point)) {
      return (char) ('0' + Character.digit(point, 10));
    }
    return point > 0xFFFF ? '\uFFFD' : (char) point;
  }

  /** Most of what is no ASCII, and stands for itself: spares the look at what it may be. */
  private static boolean isHanPoint(int point) {
    return point >= 0x3001 && point <= 0x9FFF;
  }

  /** Returns whether {@code c} is an ASCII letter or digit. */
  public static boolean isAlphanumeric(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /** Returns whether {@code c} is a Han character of the basic plane. */
  public static boolean isHan(char c) {
    return c >= 0x4E00 && c <= 0x9FFF || c >= 0x3400 && c <= 0x4DBF || c == 0x3007;
  }

  /** Returns the folded characters; the first {@link #length} count and none may be changed. */
  public char[] chars() {
    return chars;
  }

  /** Returns how many code points the text has. */
  int points() {
    return length + left;
  }

  /** Returns how many characters there are. */
  public int length() {
    return length;
  }

  /** Returns whether all characters are of ASCII. */
  public boolean isAscii() {
    return ascii;
  }

  /** Returns the name of the field in small letters, empty if there is none. */
  public String field() {
    return field.small();
  }

  /** Returns whether the name of the field speaks for what {@code context} is of. */
  public boolean isNamedFor(Context context) {
    return context.isNamed(field);
  }

  /** Returns the name of the field. */
  FieldName fieldName() {
    return field;
  }

  /** Returns the folded characters in small letters; the first {@link #length} count. */
  char[] small() {
    if (!isSmall) {
      if (small.length < chars.length) {
        small = new char[chars.length];
      }
      for (int i = 0; i < length; i++) {
        char c = chars[i];
        small[i] = c < 0x80 ? c >= 'A' && c <= 'Z' ? (char) (c + 32) : c : isHan(c) ? c : lower(c);
      }
      isSmall = true;
    }
    return small;
  }

  private static char lower(char c) {
    return Character.toLowerCase(c);
  }

  /**
   * Returns whether {@code context} finds a word before {@code start}, or in the field's name;
   * asked again for the same place, as several numbers begin there, it knows.
   */
  @SuppressWarnings(
      "ReferenceEquality") // contexts are made once; to compare their words costs more
  boolean speaksBefore(Context context, int start) {
    if (asked != context || askedAt != start) {
      answer = context.isBefore(this, start);
      asked = context;
      askedAt = start;
    }
    return answer;
  }

  /** Returns the folded character at {@code at}, or U+0000 outside of the text. */
  public char at(int at) {
    return at >= 0 && at < length ? chars[at] : '\0';
  }

  /** Returns the folded text between two places. */
  public String text(int start, int end) {
    return new String(chars, start, end - start);
  }

  /** Returns the ASCII letters, in capitals, and digits between two places. */
  public String code(int start, int end) {
    StringBuilder code = new StringBuilder(end - start);
    for (int at = start; at < end; at++) {
      char c = chars[at];
      if (isAlphanumeric(c)) {
        code.append(c >= 'a' ? (char) (c - 32) : c);
      }
    }
    return code.toString();
  }

  /** Returns the code point of the text itself that the character at {@code at} stands for. */
  public int place(int at) {
    return left == 0 || at >= length ? at + (at >= length ? left : 0) : places[at];
  }

  /** Returns one behind the code point that the character before {@code end} stands for. */
  public int placeAfter(int end) {
    return place(end - 1) + 1;
  }
}
