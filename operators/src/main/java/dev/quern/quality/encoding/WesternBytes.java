package dev.quern.quality.encoding;

import java.util.Arrays;

/**
 * UTF-8 that was read as Latin-1 or Windows-1252: é became Ã©.
 *
 * <p>Each run of characters that is one sequence of UTF-8 in those encodings is a candidate. All
 * are decoded where they are at least two and nothing else beyond ASCII stands in the text.
 * Otherwise those are decoded that hardly occur in sound text (strong): accented capitals in the
 * middle of small letters, sequences side by side, the beginnings of general punctuation (â€) and
 * of Latin-1 (Ã, Â) unless a capital and a quotation mark, dash or ellipsis stand around; and with
 * them the weak ones.
 */
final class WesternBytes {
  /** Characters of Windows-1252 at 0x80–0x9f; 0 where there is none. */
  private static final String C1 =
      "\u20ac\0\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\0\u017d\0"
          + "\0\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\0\u017e\u0178";

  private static final String MARKS = "\u2018\u2019\u201c\u201d\u2013\u2014\u2026\u00ab\u00bb";

  private int[] starts = new int[16];
  private int[] points = new int[16];
  private int[] lengths = new int[16];
  private int size;

  /** Returns the byte that {@code c} was read from, or -1; ASCII has none. */
  private static int unread(char c) {
    if (c >= 0x80 && c <= 0xff) {
      return c;
    }
    int found = c > 0xff ? C1.indexOf(c) : -1;
    return found < 0 ? -1 : 0x80 + found;
  }

  /** Returns whether all characters of {@code run} have a byte. */
  boolean isWestern(String run) {
    return run.chars().allMatch(c -> unread((char) c) >= 0);
  }

  /** Returns the bytes that {@code run} was read from, none if one has none. */
  byte[] bytes(String run) {
    byte[] bytes = new byte[run.length()];
    for (int i = 0; i < bytes.length; i++) {
      int unread = unread(run.charAt(i));
      if (unread < 0) {
        return new byte[0];
      }
      bytes[i] = (byte) unread;
    }
    return bytes;
  }

  /** Returns {@code text} with the sequences decoded that are clearly ones. */
  String repair(String text) {
    size = 0;
    int others = 0;
    for (int i = 0; i < text.length(); ) {
      int length = text.charAt(i) < 0x80 ? 0 : candidate(text, i);
      others += length == 0 && text.charAt(i) >= 0x80 ? 1 : 0;
      i += Math.max(1, length);
    }
    if (size == 0) {
      return text;
    }
    boolean all = others == 0 && size > 1;
    for (int i = 0; i < size && !all; i++) {
      all = isStrong(text, i);
    }
    return all ? decoded(text, others == 0 && size > 1) : text;
  }

  private int candidate(String text, int at) {
    int lead = unread(text.charAt(at));
    int length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
    if (length == 0 || at + length > text.length()) {
      return 0;
    }
    int point = lead & 0xff >> length + 1;
    for (int i = 1; i < length; i++) {
      int next = unread(text.charAt(at + i));
      if (next < 0x80 || next > 0xbf) {
        return 0;
      }
      point = point << 6 | next & 0x3f;
    }
    boolean shortest = point >= (length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000);
    if (!shortest || !Character.isDefined(point) || point >= 0xd800 && point <= 0xf8ff) {
      return 0;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, 2 * size);
      points = Arrays.copyOf(points, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    starts[size] = at;
    points[size] = point;
    lengths[size++] = length;
    return length;
  }

  private boolean isStrong(String text, int candidate) {
    int start = starts[candidate];
    int end = start + lengths[candidate];
    int point = points[candidate];
    char lead = text.charAt(start);
    char before = start == 0 ? ' ' : text.charAt(start - 1);
    char after = end == text.length() ? ' ' : text.charAt(end);
    if (lengths[candidate] == 4 || lead == '\u00e2' && point >= 0x2010 && point <= 0x20ac) {
      return true;
    }
    boolean beside =
        candidate > 0 && starts[candidate - 1] + lengths[candidate - 1] == start
            || candidate + 1 < size && starts[candidate + 1] == end;
    if (beside) {
      return lengths[candidate] == 3 || Character.isLetter(point);
    }
    if (lengths[candidate] == 3) {
      return false;
    }
    if (Character.isUpperCase(lead) && Character.isLowerCase(before)) {
      return true;
    }
    boolean marked = MARKS.indexOf(text.charAt(start + 1)) >= 0;
    if (lead == '\u00c3' || lead == '\u00c2') {
      return !marked || Character.isLowerCase(after);
    }
    boolean within = Character.isLetter(before) || !marked;
    return (lead == '\u00c4' || lead == '\u00c5') && within && Character.isLowerCase(after);
  }

  private String decoded(String text, boolean nothingElse) {
    StringBuilder out = new StringBuilder(text.length());
    int at = 0;
    for (int i = 0; i < size; i++) {
      // A lone sequence of three that makes no punctuation may be é”—, so it needs company.
      boolean lone = lengths[i] == 3 && points[i] > 0x20ac && !nothingElse && !isStrong(text, i);
      if (!lone) {
        out.append(text, at, starts[i]).appendCodePoint(points[i]);
        at = starts[i] + lengths[i];
      }
    }
    return out.append(text, at, text.length()).toString();
  }
}
