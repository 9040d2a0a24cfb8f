package dev.quern.expression;

import dev.quern.data.Slice;
import dev.quern.text.Utf8;
import java.util.Arrays;
import java.util.Locale;

/** What functions do with UTF-8. */
final class Texts {
  /** What a character is to words: part of none, one itself, part of a longer one, or a joint. */
  private static final byte ENDS = 0;

  private static final byte ALONE = 1;
  private static final byte WITHIN = 2;
  private static final byte JOINS = 3;

  private Texts() {}

  /** Returns the place of the code point behind the one at {@code at}. */
  static int next(byte[] bytes, int at, int end) {
    int next = at + 1;
    while (next < end && (bytes[next] & 0xC0) == 0x80) {
      next++;
    }
    return next;
  }

  /** Returns the number of code points. */
  static long length(Slice slice) {
    return Utf8.codePoints(slice.bytes, slice.start, slice.end);
  }

  /** Returns the first place of {@code part} in {@code slice} from {@code from} on, or -1. */
  static int indexOf(Slice slice, int from, Slice part) {
    int length = part.length();
    if (length == 0) {
      return from;
    }
    byte first = part.bytes[part.start];
    int last = slice.end - length + 1;
    for (int i = from; i < last; i++) {
      i = Utf8.indexOf(first, slice.bytes, i, last);
      if (i < last
          && (length == 1
              || Arrays.equals(slice.bytes, i, i + length, part.bytes, part.start, part.end))) {
        return i;
      }
    }
    return -1;
  }

  static boolean startsWith(Slice slice, Slice part) {
    int end = slice.start + part.length();
    return end <= slice.end
        && Arrays.equals(slice.bytes, slice.start, end, part.bytes, part.start, part.end);
  }

  static boolean endsWith(Slice slice, Slice part) {
    int start = slice.end - part.length();
    return start >= slice.start
        && Arrays.equals(slice.bytes, start, slice.end, part.bytes, part.start, part.end);
  }

  /** Returns whether there is nothing but white space. */
  static boolean isBlank(Slice slice) {
    if (slice.length() > 0 && slice.bytes[slice.start] > ' ') {
      return false;
    }
    return slice.text().isBlank();
  }

  static boolean isAscii(Slice slice) {
    return Utf8.isAscii(slice.bytes, slice.start, slice.end);
  }

  static void lower(Slice slice, Target out, int row) {
    if (!isAscii(slice)) {
      out.setText(row, slice.text().toLowerCase(Locale.ROOT));
      return;
    }
    byte[] copy = Arrays.copyOfRange(slice.bytes, slice.start, slice.end);
    for (int i = 0; i < copy.length; i++) {
      copy[i] += copy[i] >= 'A' && copy[i] <= 'Z' ? 32 : 0;
    }
    out.setSlice(row, copy, 0, copy.length);
  }

  static void upper(Slice slice, Target out, int row) {
    if (!isAscii(slice)) {
      out.setText(row, slice.text().toUpperCase(Locale.ROOT));
      return;
    }
    byte[] copy = Arrays.copyOfRange(slice.bytes, slice.start, slice.end);
    for (int i = 0; i < copy.length; i++) {
      copy[i] -= copy[i] >= 'a' && copy[i] <= 'z' ? 32 : 0;
    }
    out.setSlice(row, copy, 0, copy.length);
  }

  static void trim(Slice slice, Target out, int row) {
    boolean bare =
        slice.length() > 0 && slice.bytes[slice.start] > ' ' && slice.bytes[slice.end - 1] > ' ';
    if (bare) {
      out.setSlice(row, slice.bytes, slice.start, slice.end);
    } else {
      out.setText(row, slice.text().strip());
    }
  }

  /** Places the code points [first, last) of {@code slice}, counted from 0. */
  static void substring(Slice slice, long first, long last, Target out, int row) {
    int at = slice.start;
    long count = 0;
    while (at < slice.end && count < first) {
      at = next(slice.bytes, at, slice.end);
      count++;
    }
    int start = at;
    while (at < slice.end && count < last) {
      at = next(slice.bytes, at, slice.end);
      count++;
    }
    out.setSlice(row, slice.bytes, start, at);
  }

  static void replace(Slice slice, Slice from, Slice to, Target out, int row) {
    int at = slice.start;
    out.beginText(row);
    if (from.length() == 1 && to.length() == 0) {
      out.appendWithout(from.bytes[from.start], slice.bytes, at, slice.end);
      out.endText(row);
      return;
    }
    while (from.length() > 0) {
      int found = indexOf(slice, at, from);
      if (found < 0) {
        break;
      }
      out.append(slice.bytes, at, found);
      out.append(to.bytes, to.start, to.end);
      at = found + from.length();
    }
    out.append(slice.bytes, at, slice.end);
    out.endText(row);
  }

  /** Returns the number of code points of what {@link #replace} would make. */
  static long lengthReplaced(Slice slice, Slice from, Slice to) {
    long found = 0;
    if (from.length() == 1) {
      found = Utf8.count(from.bytes[from.start], slice.bytes, slice.start, slice.end);
    } else if (from.length() > 1) {
      int at = indexOf(slice, slice.start, from);
      while (at >= 0) {
        found++;
        at = indexOf(slice, at + from.length(), from);
      }
    }
    return length(slice) + found * (length(to) - length(from));
  }

  /** Returns the words: runs of letters and digits; each Han or kana character is one. */
  static long words(Slice slice) {
    long count = 0;
    boolean inside = false;
    byte[] bytes = slice.bytes;
    for (int at = slice.start; at < slice.end; at = next(bytes, at, slice.end)) {
      int c = bytes[at] >= 0 ? bytes[at] : codePoint(bytes, at);
      byte kind = c < CharacterKinds.SIZE ? CharacterKinds.OF[c] : kind(c);
      count += kind == ALONE || kind == WITHIN && !inside ? 1 : 0;
      inside = kind == WITHIN || inside && kind == JOINS;
    }
    return count;
  }

  /** Returns the code point that begins at {@code at} of well-formed UTF-8. */
  private static int codePoint(byte[] bytes, int at) {
    int lead = bytes[at];
    if (lead >= 0) {
      return lead;
    }
    int second = bytes[at + 1] & 0x3f;
    if (lead < (byte) 0xe0) {
      return (lead & 0x1f) << 6 | second;
    }
    int third = bytes[at + 2] & 0x3f;
    return lead < (byte) 0xf0
        ? (lead & 0xf) << 12 | second << 6 | third
        : (lead & 7) << 18 | second << 12 | third << 6 | bytes[at + 3] & 0x3f;
  }

  private static byte kind(int c) {
    if (isWordOfItsOwn(c)) {
      return ALONE;
    }
    if (Character.isLetterOrDigit(c)) {
      return WITHIN;
    }
    return c == '\'' || c == '’' || isMark(c) ? JOINS : ENDS;
  }

  /** What characters below U+2000 are to words, looked up: most of most texts. */
  private static final class CharacterKinds {
    static final int SIZE = 0x2000;
    static final byte[] OF = new byte[SIZE];

    static {
      for (int c = 0; c < SIZE; c++) {
        OF[c] = kind(c);
      }
    }
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private static boolean isWordOfItsOwn(int c) {
    if (c < 0x2E80) {
      return false;
    }
    Character.UnicodeScript script = Character.UnicodeScript.of(c);
    return script == Character.UnicodeScript.HAN
        || script == Character.UnicodeScript.HIRAGANA
        || script == Character.UnicodeScript.KATAKANA;
  }

  /** Returns the number of Han characters. */
  static long han(Slice slice) {
    if (isAscii(slice)) {
      return 0;
    }
    String text = slice.text();
    return text.codePoints()
        .filter(c -> c >= 0x2E80 && Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN)
        .count();
  }
}
