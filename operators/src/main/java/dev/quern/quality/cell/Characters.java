package dev.quern.quality.cell;

import dev.quern.data.Slice;
import java.util.Arrays;

/**
 * The code points of one text, folded for reading: full width forms become those of ASCII, decimal
 * digits of every script become 0–9, dashes and minus signs become {@code -}, white space becomes
 * U+0020 and falls away at both ends. Not safe for several threads.
 */
public final class Characters {
  private int[] points = new int[64];
  private int size;
  private boolean folded;

  /** Takes {@code text} in and returns this. */
  public Characters of(Slice text) {
    size = 0;
    folded = false;
    int at = text.start;
    while (at < text.end) {
      int b = text.bytes[at];
      int point;
      if (b >= 0) {
        point = b;
        at++;
      } else {
        int length = b >= (byte) 0xf0 ? 4 : b >= (byte) 0xe0 ? 3 : 2;
        point = decode(text.bytes, at, text.end, length);
        at += length;
      }
      if (size == points.length) {
        points = Arrays.copyOf(points, 2 * size);
      }
      points[size++] = fold(point);
    }
    trim();
    return this;
  }

  private static int decode(byte[] bytes, int at, int end, int length) {
    int point = bytes[at] & (0xff >> (length + 1));
    for (int i = 1; i < length && at + i < end; i++) {
      point = point << 6 | bytes[at + i] & 0x3f;
    }
    return point;
  }

  private int fold(int point) {
    int to = folding(point);
    folded |= to != point;
    return to;
  }

  private static int folding(int point) {
    if (point < 0x80) {
      return point >= '\t' && point <= '\r' ? ' ' : point;
    }
    if (point >= 0xff01 && point <= 0xff5e) {
      return point - 0xfee0;
    }
    if (point == 0x2212 || point >= 0x2010 && point <= 0x2015 || point == 0xfe63) {
      return '-';
    }
    if (point == 0xa0 || point == 0x3000 || point == 0x202f || point == 0x85) {
      return ' ';
    }
    if (point >= 0x2000 && point <= 0x200a || point == 0x2028 || point == 0x2029) {
      return ' ';
    }
    int digit = point < 0x660 ? -1 : Character.digit(point, 10);
    return digit >= 0 ? '0' + digit : point;
  }

  private void trim() {
    while (size > 0 && points[size - 1] == ' ') {
      size--;
    }
    int start = 0;
    while (start < size && points[start] == ' ') {
      start++;
    }
    if (start > 0) {
      System.arraycopy(points, start, points, 0, size - start);
      size -= start;
    }
  }

  /** Returns the number of code points. */
  public int size() {
    return size;
  }

  /** Returns the code point at {@code at}, or 0 outside the text. */
  public int at(int at) {
    return at >= 0 && at < size ? points[at] : 0;
  }

  /** Returns whether a code point was folded to another one. */
  public boolean isFolded() {
    return folded;
  }

  /** Returns whether {@code text} stands at {@code at}, letters of ASCII in either case. */
  public boolean has(int at, String text) {
    int offset = 0;
    for (int i = 0; i < text.length(); i++) {
      int found = at(at + offset++);
      int wanted = text.charAt(i);
      if (found != wanted && (lower(found) != lower(wanted))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the code points {@code [start, end)} as a string, letters of ASCII in lower case. */
  public String lower(int start, int end) {
    StringBuilder text = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      text.appendCodePoint(lower(points[i]));
    }
    return text.toString();
  }

  /** Returns the code points {@code [start, end)} as a string. */
  public String text(int start, int end) {
    return new String(points, start, end - start);
  }

  /** Returns whether {@code point} is 0–9. */
  public static boolean isDigit(int point) {
    return point >= '0' && point <= '9';
  }

  /** Returns whether {@code point} is a letter of ASCII. */
  public static boolean isLatin(int point) {
    return point >= 'a' && point <= 'z' || point >= 'A' && point <= 'Z';
  }

  private static int lower(int point) {
    return point >= 'A' && point <= 'Z' ? point + 32 : point;
  }
}
