package dev.quern.text;

import java.util.Collection;
import java.util.Locale;

/** "Did you mean": the known name nearest to a wrong one. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * Returns {@code ; did you mean 'x'?} for the known name within an edit distance (Damerau, one
   * transposition counts one, case none) of a third of its length, or the empty string.
   */
  public static String of(String wrong, Collection<String> known) {
    String lower = wrong.toLowerCase(Locale.ROOT);
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String name : known) {
      int most = Math.max(1, Math.max(name.length(), wrong.length()) / 3);
      // Names are at least as far apart as their lengths: a long one costs nothing.
      if (Math.abs(name.length() - wrong.length()) > most) {
        continue;
      }
      int distance = distance(lower, name.toLowerCase(Locale.ROOT));
      if (distance < bestDistance && distance <= most) {
        best = name;
        bestDistance = distance;
      }
    }
    return best.isEmpty() ? "" : "; did you mean '" + best + "'?";
  }

  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1), d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
