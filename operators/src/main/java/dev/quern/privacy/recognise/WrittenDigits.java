package dev.quern.privacy.recognise;

/**
 * Numbers in signs that are no decimal digits: Han numerals (一三八零零…, also 〇, 幺 and those of
 * accounts), digits in circles, in parentheses or with points. Signs count in runs of at least
 * {@value #LEAST}, single spaces, hyphens or points between them: in shorter ones they are words
 * and marks of lists. No numbers are runs that only go up (一二三四五六七, ①②③…), of one or two signs
 * alone (一一一一一一一, 一二一二一二一) and what follows the 点 of a fraction.
 */
public final class WrittenDigits {
  private static final int LEAST = 7;
  private static final int LEAST_DIFFERENT = 3;

  private static final String[] SIGNS = {
    "〇零○⓪⓿",
    "一幺壹①❶➀➊⓵⑴⒈㈠㊀〡",
    "二贰貳弍②❷➁➋⓶⑵⒉㈡㊁〢",
    "三叁參叄③❸➂➌⓷⑶⒊㈢㊂〣",
    "四肆④❹➃➍⓸⑷⒋㈣㊃〤",
    "五伍⑤❺➄➎⓹⑸⒌㈤㊄〥",
    "六陆陸⑥❻➅➏⓺⑹⒍㈥㊅〦",
    "七柒⑦❼➆➐⓻⑺⒎㈦㊆〧",
    "八捌⑧❽➇➑⓼⑻⒏㈧㊇〨",
    "九玖⑨❾➈➒⓽⑼⒐㈨㊈〩"
  };

  /** The first sign. */
  private static final char FIRST = '①';

  /** By character from {@link #FIRST} on its digit, one more than it is; 0 is none. */
  private static final byte[] DIGITS = digits();

  private WrittenDigits() {}

  private static byte[] digits() {
    byte[] digits = new byte[0xA000 - FIRST];
    for (int digit = 0; digit < SIGNS.length; digit++) {
      for (char sign : SIGNS[digit].toCharArray()) {
        digits[sign - FIRST] = (byte) (digit + 1);
      }
    }
    return digits;
  }

  /** Returns {@code text} with its written numbers, as a passage has them, in digits of ASCII. */
  public static String folded(String text) {
    if (!hasSign(text)) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    Passage passage = new Passage().of(text);
    for (int at = 0; at < passage.length(); at++) {
      int place = passage.place(at);
      if (isSign((char) points[place]) && passage.at(at) < 0x80) {
        points[place] = passage.at(at);
      }
    }
    return new String(points, 0, points.length);
  }

  private static boolean hasSign(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (isSign(text.charAt(at))) {
        return true;
      }
    }
    return false;
  }

  /** Puts digits of ASCII in place of the written numbers between two places. */
  static void fold(char[] chars, int from, int to) {
    int at = from;
    // Of six neighbours two are looked at: they lie within any run of seven, and one is a sign.
    while (at + 1 < to) {
      if (!isSign(chars[at]) && !isSign(chars[at + 1])) {
        at += LEAST - 1;
        continue;
      }
      int start = isSign(chars[at]) ? at : at + 1;
      int end = end(chars, start, to);
      start = start(chars, start, from);
      if (end - start >= LEAST && isNumber(chars, from, start, end)) {
        for (int i = start; i < end; i++) {
          chars[i] = isSign(chars[i]) ? (char) ('0' + digit(chars[i])) : chars[i];
        }
      }
      at = end;
    }
  }

  private static int start(char[] chars, int at, int from) {
    int start = at;
    while (start > from) {
      if (isSign(chars[start - 1])) {
        start--;
      } else if (start - 1 > from && isJoint(chars[start - 1]) && isSign(chars[start - 2])) {
        start -= 2;
      } else {
        break;
      }
    }
    return start;
  }

  private static int end(char[] chars, int at, int to) {
    int end = at + 1;
    while (end < to) {
      if (isSign(chars[end])) {
        end++;
      } else if (end + 1 < to && isJoint(chars[end]) && isSign(chars[end + 1])) {
        end += 2;
      } else {
        break;
      }
    }
    return end;
  }

  private static boolean isNumber(char[] chars, int from, int start, int end) {
    int count = 0;
    int different = 0;
    int before = -1;
    boolean goesUp = true;
    for (int i = start; i < end; i++) {
      if (isSign(chars[i])) {
        int digit = digit(chars[i]);
        count++;
        different |= 1 << digit;
        goesUp &= digit > before;
        before = digit;
      }
    }
    return count >= LEAST
        && !goesUp
        && Integer.bitCount(different) >= LEAST_DIFFERENT
        && !isFraction(chars, from, start);
  }

  private static boolean isFraction(char[] chars, int from, int start) {
    return start - 1 > from
        && (chars[start - 1] == '点' || chars[start - 1] == '點')
        && isSign(chars[start - 2]);
  }

  private static boolean isJoint(char c) {
    return c == ' ' || c == '-' || c == '.';
  }

  private static boolean isSign(char c) {
    int at = c - FIRST;
    return at >= 0 && at < DIGITS.length && DIGITS[at] != 0;
  }

  private static int digit(char sign) {
    return DIGITS[sign - FIRST] - 1;
  }
}
