package dev.quern.quality.repair;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field whose texts are made of two others: first + separator + second.
 *
 * @param first position of the field it begins with
 * @param separator what stands between
 * @param second position of the field it ends with
 * @param right position of the field that is made
 */
record Template(int first, String separator, int second, int right) {
  /** A made text that fits is no accident: it speaks for its cells as much as many dependencies. */
  static final double WEIGHT = 4;

  private static final double HOLDS = 0.8;
  private static final int TRIED = 200;

  static List<Template> learn(Table table) {
    List<Template> found = new ArrayList<>();
    for (int right = 0; right < table.fields(); right++) {
      for (int first = 0; first < table.fields(); first++) {
        for (int second = 0; second < table.fields(); second++) {
          if (first != right && second != right && first != second) {
            String separator = separator(table, first, second, right);
            Template template = new Template(first, separator, second, right);
            if (!separator.isEmpty() && template.share(table) >= HOLDS) {
              found.add(template);
            }
          }
        }
      }
    }
    return found;
  }

  /** Returns the separator most frequent among some rows; empty where the fields do not fit. */
  private static String separator(Table table, int first, int second, int right) {
    Map<String, Integer> counts = new HashMap<>();
    int step = Math.max(1, table.rows() / TRIED);
    int seen = 0;
    for (int row = 0; row < table.rows(); row += step) {
      String made = table.at(row, right);
      String a = table.at(row, first);
      String b = table.at(row, second);
      if (made == null || a == null || b == null) {
        continue;
      }
      seen++;
      int between = made.length() - a.length() - b.length();
      if (between > 0 && between <= 3 && made.startsWith(a) && made.endsWith(b)) {
        counts.merge(made.substring(a.length(), a.length() + between), 1, Integer::sum);
      }
    }
    String best = "";
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      if (entry.getValue() >= Math.max(10, HOLDS * seen)) {
        best = entry.getKey();
      }
    }
    return best;
  }

  private double share(Table table) {
    int holds = 0;
    int all = 0;
    for (int row = 0; row < table.rows(); row++) {
      String made = table.at(row, right);
      String a = table.at(row, first);
      String b = table.at(row, second);
      if (made != null && a != null && b != null) {
        all++;
        holds += made.equals(a + separator + b) ? 1 : 0;
      }
    }
    return all < 30 ? 0 : (double) holds / all;
  }

  /** Returns what the field should hold in {@code row}; null where a part is missing. */
  @Nullable String made(@Nullable String[] row) {
    String a = row[first];
    String b = row[second];
    return a == null || b == null ? null : a + separator + b;
  }

  int[] fields() {
    return new int[] {first, second, right};
  }

  Dependency asDependency() {
    return new Dependency(new int[] {first, second}, right, 1, Map.of());
  }
}
