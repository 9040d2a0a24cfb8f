package dev.quern.expression;

import dev.quern.data.Slice;
import java.util.Arrays;
import java.util.Locale;

/** What functions do with UTF-8. */
final class Texts {
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
    long count = 0;
    for (int i = slice.start; i < slice.end; i++) {
      if ((slice.bytes[i] & 0xC0) != 0x80) {
        count++;
      }
    }
    return count;
  }

  /** Returns the first place of {@code part} in {@code slice} from {@code from} on, or -1. */
  static int indexOf(Slice slice, int from, Slice part) {
    int length = part.length();
    if (length == 0) {
      return from;
    }
    byte first = part.bytes[part.start];
    for (int i = from; i + length <= slice.end; i++) {
      if (slice.bytes[i] == first
          && Arrays.equals(slice.bytes, i, i + length, part.bytes, part.start, part.end)) {
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
    for (int i = slice.start; i < slice.end; i++) {
      if (slice.bytes[i] < 0) {
        return false;
      }
    }
    return true;
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

  /** Returns the words: runs of letters and digits; each Han or kana character is one. */
  static long words(Slice slice) {
    String text = slice.text();
    long count = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isWordOfItsOwn(c)) {
        count++;
        inside = false;
      } else if (Character.isLetterOrDigit(c)) {
        count += inside ? 0 : 1;
        inside = true;
      } else if (c != '\'' && c != '’' && !isMark(c)) {
        inside = false;
      }
    }
    return count;
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
