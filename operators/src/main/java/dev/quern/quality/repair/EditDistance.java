package dev.quern.quality.repair;

/**
 * The number of insertions, deletions, substitutions and swaps of neighbours that make one text of
 * another (optimal string alignment).
 */
final class EditDistance {
  private int[] before = new int[0];
  private int[] last = new int[0];
  private int[] row = new int[0];

  /** Returns the distance of {@code a} and {@code b}; any number above {@code limit} says more. */
  int of(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int width = b.length() + 1;
    if (row.length < width) {
      before = new int[width];
      last = new int[width];
      row = new int[width];
    }
    for (int j = 0; j < width; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      int best = i;
      for (int j = 1; j < width; j++) {
        int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int cost = Math.min(last[j - 1] + same, Math.min(last[j], row[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        row[j] = cost;
        best = Math.min(best, cost);
      }
      if (best > limit) {
        return limit + 1;
      }
      int[] free = before;
      before = last;
      last = row;
      row = free;
    }
    return last[width - 1];
  }
}
