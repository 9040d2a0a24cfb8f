package dev.quern.privacy;

import dev.quern.text.Utf8;

/**
 * Finds telephone numbers: groups of digits with single separators (space, hyphen, dot, or a
 * bracket pair around the first group).
 *
 * <ul>
 *   <li>international: + and 8 to 15 digits (E.164)
 *   <li>Chinese mobile: 1[3-9] and 9 digits, whole or 3-4-4, also behind 86 or 0086
 *   <li>Chinese fixed: 0 and 2 or 3 digits, separator, 7 or 8 digits
 *   <li>North American: 3-3-4 with separators, area and exchange from 200, also behind 1
 * </ul>
 */
final class PhoneMatch {
  private static final int MAX_GROUPS = 8;

  private PhoneMatch() {}

  /** Returns where the first digit, plus or opening bracket stands, or {@code end}. */
  static int candidate(byte[] text, int from, int end) {
    int at = from;
    while ((at = Utf8.indexOfRange((byte) '(', (byte) '9', text, at, end)) < end) {
      if (Ascii.isDigit(text[at]) || text[at] == '+' || text[at] == '(') {
        return at;
      }
      at++;
    }
    return end;
  }

  static int end(byte[] text, int start, int at, int end) {
    byte first = text[at];
    if (first != '+' && first != '(' && !Ascii.isDigit(first)
        || !Ascii.beginsWord(text, start, at)
        || at > start && text[at - 1] == '+') {
      return -1;
    }
    int from = first == '+' ? at + 1 : at;
    int[] sizes = new int[MAX_GROUPS];
    int[] starts = new int[MAX_GROUPS];
    int[] ends = new int[MAX_GROUPS];
    int groups = groups(text, from, end, sizes, starts, ends);
    for (int n = groups; n >= 1; n--) {
      int to = ends[n - 1];
      if (Ascii.endsWord(text, to, end)
          && (first == '+' ? isInternational(sizes, n) : isNational(text, sizes, starts, n))) {
        return to;
      }
    }
    return -1;
  }

  private static int groups(byte[] text, int from, int end, int[] sizes, int[] starts, int[] ends) {
    int groups = 0;
    int to = from;
    boolean open = false;
    while (groups < MAX_GROUPS) {
      if (to < end && text[to] == '(' && !open) {
        open = true;
        to++;
      }
      int group = to;
      while (to < end && Ascii.isDigit(text[to])) {
        to++;
      }
      if (to == group) {
        return groups;
      }
      starts[groups] = group;
      sizes[groups] = to - group;
      ends[groups++] = to;
      if (to < end && text[to] == ')' && open) {
        to++;
        open = false;
      }
      if (to < end && (text[to] == ' ' || text[to] == '-' || text[to] == '.')) {
        to++;
      } else if (ends[groups - 1] == to) {
        return groups;
      }
    }
    return groups;
  }

  private static boolean isInternational(int[] sizes, int groups) {
    int digits = 0;
    for (int i = 0; i < groups; i++) {
      digits += sizes[i];
    }
    return digits >= 8 && digits <= 15;
  }

  private static boolean isNational(byte[] text, int[] sizes, int[] starts, int groups) {
    int first = text[starts[0]];
    if (isMobile(text, sizes, starts, 0, groups)
        || isCode(text, starts[0], sizes[0]) && isMobile(text, sizes, starts, 1, groups)
        || groups == 1 && isCodedMobile(text, starts[0], sizes[0])) {
      return true;
    }
    if (groups == 2 && first == '0') {
      return (sizes[0] == 3 || sizes[0] == 4) && (sizes[1] == 7 || sizes[1] == 8);
    }
    int area = groups == 4 && sizes[0] == 1 && first == '1' ? 1 : 0;
    return groups == area + 3
        && sizes[area] == 3
        && sizes[area + 1] == 3
        && sizes[area + 2] == 4
        && text[starts[area]] >= '2'
        && text[starts[area + 1]] >= '2';
  }

  private static boolean isMobile(byte[] text, int[] sizes, int[] starts, int at, int groups) {
    boolean whole = groups == at + 1 && sizes[at] == 11;
    boolean parted = groups == at + 3 && sizes[at] == 3 && sizes[at + 1] == 4 && sizes[at + 2] == 4;
    return (whole || parted) && isMobilePrefix(text, starts[at]);
  }

  private static boolean isCodedMobile(byte[] text, int start, int size) {
    return size == 13 && isCode(text, start, 2) && isMobilePrefix(text, start + 2)
        || size == 15 && isCode(text, start, 4) && isMobilePrefix(text, start + 4);
  }

  private static boolean isMobilePrefix(byte[] text, int at) {
    return text[at] == '1' && text[at + 1] >= '3' && text[at + 1] <= '9';
  }

  private static boolean isCode(byte[] text, int at, int size) {
    int plain = size == 4 && text[at] == '0' && text[at + 1] == '0' ? at + 2 : at;
    return (size == 2 || plain > at) && text[plain] == '8' && text[plain + 1] == '6';
  }
}
