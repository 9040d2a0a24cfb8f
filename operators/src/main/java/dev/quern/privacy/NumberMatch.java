package dev.quern.privacy;

import dev.quern.text.Utf8;

/** Finds numbers that carry a check digit, and addresses of the internet protocol. */
final class NumberMatch {
  /** Weights of the first 17 digits, ISO 7064 MOD 11-2 as used by GB 11643-1999. */
  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  private static final String CHECKS = "10X98765432";

  private NumberMatch() {}

  /** Returns where the first digit stands at which a number may begin, or {@code end}. */
  static int candidate(byte[] text, int start, int from, int end) {
    int at = from;
    while ((at = Utf8.indexOfRange((byte) '0', (byte) '9', text, at, end)) < end) {
      if (Ascii.beginsWord(text, start, at)) {
        return at;
      }
      at++;
    }
    return end;
  }

  static int residentId(byte[] text, int start, int at, int end) {
    if (at + 18 > end
        || text[at] == '0'
        || !Ascii.isDigit(text[at])
        || !Ascii.beginsWord(text, start, at)
        || !Ascii.endsWord(text, at + 18, end)) {
      return -1;
    }
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      if (!Ascii.isDigit(text[at + i])) {
        return -1;
      }
      sum += WEIGHTS[i] * (text[at + i] - '0');
    }
    int last = text[at + 17] == 'x' ? 'X' : text[at + 17];
    int year = number(text, at + 6, 4);
    int month = number(text, at + 10, 2);
    int day = number(text, at + 12, 2);
    boolean born =
        year >= 1800 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
    return born && CHECKS.charAt(sum % 11) == last ? at + 18 : -1;
  }

  static int card(byte[] text, int start, int at, int end) {
    if (text[at] < '2' || text[at] > '6' || !Ascii.beginsWord(text, start, at)) {
      return -1;
    }
    int found = -1;
    int digits = 0;
    int[] values = new int[19];
    int to = at;
    while (to < end && digits < 19) {
      if (Ascii.isDigit(text[to])) {
        values[digits++] = text[to++] - '0';
        if (digits >= 13 && Ascii.endsWord(text, to, end) && isLuhn(values, digits)) {
          found = to;
        }
      } else if ((text[to] == ' ' || text[to] == '-')
          && to + 1 < end
          && Ascii.isDigit(text[to + 1])) {
        to++;
      } else {
        return found;
      }
    }
    return found;
  }

  static int ipv4(byte[] text, int start, int at, int end) {
    if (!Ascii.isDigit(text[at])
        || !Ascii.beginsWord(text, start, at)
        || at > start && text[at - 1] == '.') {
      return -1;
    }
    int to = at;
    for (int part = 0; part < 4; part++) {
      int from = to;
      int value = 0;
      while (to < end && Ascii.isDigit(text[to]) && to - from < 3) {
        value = 10 * value + text[to++] - '0';
      }
      if (to == from || value > 255) {
        return -1;
      }
      if (part < 3 && (to == end || text[to++] != '.')) {
        return -1;
      }
    }
    boolean longer = to + 1 < end && text[to] == '.' && Ascii.isDigit(text[to + 1]);
    return Ascii.endsWord(text, to, end) && !longer ? to : -1;
  }

  /** Luhn 1954: every second digit from the right is doubled, digits of the products are summed. */
  private static boolean isLuhn(int[] digits, int size) {
    int sum = 0;
    for (int i = 0; i < size; i++) {
      int digit = digits[size - 1 - i];
      int value = i % 2 == 1 ? 2 * digit : digit;
      sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
  }

  private static int number(byte[] text, int at, int length) {
    int value = 0;
    for (int i = at; i < at + length; i++) {
      value = 10 * value + text[i] - '0';
    }
    return value;
  }
}
