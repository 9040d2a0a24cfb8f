package dev.quern.privacy.attack;

import dev.quern.privacy.anonymity.Hierarchy;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a published value may stand for one that an attacker knows. */
public interface ValueMatch {
  /** Returns whether {@code published} may stand for {@code known}. */
  boolean test(String published, String known);

  /**
   * By its looks: the value itself, {@code *}, an interval {@code [low, high)}, a mask {@code
   * 816**}, a part of the calendar ({@code 2026-11}, {@code 2026-Q4}, {@code 2026}, {@code 2020s}).
   */
  static ValueMatch byLooks() {
    return (published, known) ->
        published.equals(known)
            || published.equals("*")
            || isIn(published, known)
            || isMasked(published, known)
            || isDate(published, known);
  }

  /**
   * By hierarchies that the attacker has too: what any level of the first makes of the known value,
   * any level of the next of that, and so on; else by the looks of these. For one thread.
   */
  static ValueMatch by(List<? extends Hierarchy> hierarchies) {
    ValueMatch looks = byLooks();
    Map<String, Set<String>> made = new HashMap<>();
    return (published, known) -> {
      Set<String> all = made.computeIfAbsent(known, value -> above(value, hierarchies));
      return all.contains(published) || all.stream().anyMatch(one -> looks.test(published, one));
    };
  }

  private static Set<String> above(String value, List<? extends Hierarchy> hierarchies) {
    Set<String> all = new LinkedHashSet<>(List.of(value));
    for (Hierarchy hierarchy : hierarchies) {
      for (String one : List.copyOf(all)) {
        for (int level = 0; level < hierarchy.levels(); level++) {
          String label = hierarchy.at(one, level);
          if (label != null) {
            all.add(label);
          }
        }
      }
    }
    return all;
  }

  private static boolean isIn(String published, String known) {
    int comma = published.indexOf(", ");
    if (!published.startsWith("[") || !published.endsWith(")") || comma < 0) {
      return false;
    }
    try {
      BigDecimal value = new BigDecimal(known);
      BigDecimal low = new BigDecimal(published.substring(1, comma));
      BigDecimal high = new BigDecimal(published.substring(comma + 2, published.length() - 1));
      return value.compareTo(low) >= 0 && value.compareTo(high) < 0;
    } catch (NumberFormatException e) {
      return false; // brackets around something else
    }
  }

  private static boolean isMasked(String published, String known) {
    int stars = published.length();
    while (stars > 0 && published.charAt(stars - 1) == '*') {
      stars--;
    }
    boolean end = stars < published.length() && known.startsWith(published.substring(0, stars));
    int first = 0;
    while (first < published.length() && published.charAt(first) == '*') {
      first++;
    }
    boolean start = first > 0 && known.endsWith(published.substring(first));
    boolean same =
        published.codePointCount(0, published.length()) == known.codePointCount(0, known.length());
    return same && (end || start);
  }

  private static boolean isDate(String published, String known) {
    if (known.length() < 10 || known.charAt(4) != '-' || published.length() < 4) {
      return false;
    }
    String year = known.substring(0, 4);
    if (published.endsWith("00s")) {
      return published.equals(year.substring(0, 2) + "00s") || published.equals(decade(year));
    }
    if (published.endsWith("0s")) {
      return published.equals(decade(year));
    }
    int quarter = published.indexOf("-Q");
    if (quarter == 4) {
      int month = 10 * (known.charAt(5) - '0') + known.charAt(6) - '0';
      return published.equals(year + "-Q" + (1 + (month - 1) / 3));
    }
    return published.length() <= 10 && known.startsWith(published);
  }

  private static String decade(String year) {
    return year.substring(0, 3) + "0s";
  }
}
