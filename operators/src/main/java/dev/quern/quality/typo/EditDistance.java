package dev.quern.quality.typo;

import java.util.Arrays;

/**
 * Damerau–Levenshtein distance of optimal string alignment, in half edits: insertion, deletion,
 * substitution and transposition of neighbours cost 2, substitution by a neighbour on the keyboard
 * (QWERTY) or a look-alike 1, by the other case 0. A digit is never inserted, deleted or replaced
 * by another digit: Room 12 is not Room 13. Not safe for several threads.
 */
final class EditDistance {
  static final int EDIT = 2;

  private static final int NEVER = 1 << 20;
  private static final String[] KEYS = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

  /** Pairs that look alike. */
  private static final String ALIKE = "0o1l1i5s8b2z6g9gliuvmn";

  private int[] before = new int[64];
  private int[] last = new int[64];
  private int[] row = new int[64];

  /** Returns the distance, or something above {@code limit} if it is above. */
  int of(int[] a, int[] b, int limit) {
    if (row.length <= b.length) {
      before = new int[2 * b.length];
      last = new int[2 * b.length];
      row = new int[2 * b.length];
    }
    last[0] = 0;
    for (int j = 1; j <= b.length; j++) {
      last[j] = last[j - 1] + gap(b[j - 1]);
    }
    Arrays.fill(before, NEVER);
    for (int i = 1; i <= a.length; i++) {
      row[0] = last[0] + gap(a[i - 1]);
      int least = row[0];
      for (int j = 1; j <= b.length; j++) {
        int best = last[j - 1] + substitution(a[i - 1], b[j - 1]);
        best = Math.min(best, last[j] + gap(a[i - 1]));
        best = Math.min(best, row[j - 1] + gap(b[j - 1]));
        if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && !digit(a[i - 1])) {
          best = Math.min(best, before[j - 2] + EDIT);
        }
        row[j] = Math.min(best, NEVER);
        least = Math.min(least, row[j]);
      }
      if (least > limit && i > 1) {
        return least;
      }
      int[] free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[b.length];
  }

  private static int gap(int point) {
    return digit(point) ? NEVER : EDIT;
  }

  private static boolean digit(int point) {
    return Character.isDigit(point);
  }

  static int substitution(int a, int b) {
    if (a == b) {
      return 0;
    }
    int one = Character.toLowerCase(a);
    int other = Character.toLowerCase(b);
    if (one == other) {
      return 0;
    }
    if (alike(one, other)) {
      return 1;
    }
    if (digit(a) && digit(b)) {
      return NEVER;
    }
    return neighbours(one, other) ? 1 : EDIT;
  }

  private static boolean alike(int a, int b) {
    for (int i = 0; i < ALIKE.length(); i += 2) {
      int one = ALIKE.charAt(i);
      int other = ALIKE.charAt(i + 1);
      if (a == one && b == other || a == other && b == one) {
        return true;
      }
    }
    return false;
  }

  private static boolean neighbours(int a, int b) {
    for (int r = 0; r < KEYS.length; r++) {
      int at = KEYS[r].indexOf(a);
      if (at >= 0) {
        for (int s = Math.max(0, r - 1); s <= Math.min(KEYS.length - 1, r + 1); s++) {
          int other = KEYS[s].indexOf(b);
          // Each row lies half a key to the right of the one above.
          int apart = other - at;
          if (other >= 0
              && (s == r
                  ? Math.abs(apart) == 1
                  : s > r ? apart == 0 || apart == -1 : apart == 0 || apart == 1)) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
