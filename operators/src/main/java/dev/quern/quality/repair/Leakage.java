package dev.quern.quality.repair;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A field whose cells end with the value another field lacks ({@code Gary IN} and no state).
 *
 * @param from position of the field that holds too much
 * @param to position of the field that holds nothing there
 * @param values values of the second field
 * @param confidence share of the cells with such an end whose other cell is missing
 */
record Leakage(int from, int to, Set<String> values, double confidence) {
  private static final int EVIDENCE = 5;

  static List<Leakage> learn(Table table, List<Format> formats) {
    List<Leakage> found = new ArrayList<>();
    for (int to = 0; to < table.fields(); to++) {
      Set<String> values = values(table, to);
      if (formats.get(to).number() || values.size() < 2 || missing(table, to) < EVIDENCE) {
        continue;
      }
      for (int from = 0; from < table.fields(); from++) {
        if (from != to && !formats.get(from).number()) {
          double confidence = confidence(table, new Leakage(from, to, values, 1));
          if (confidence >= 0.8) {
            found.add(new Leakage(from, to, values, confidence));
          }
        }
      }
    }
    return found;
  }

  private static double confidence(Table table, Leakage candidate) {
    int lacking = 0;
    int known = 0;
    int others = 0;
    Set<String> all = new HashSet<>(table.values(candidate.from));
    for (int row = 0; row < table.rows(); row++) {
      String text = table.at(row, candidate.from);
      int cut = text == null ? -1 : candidate.cut(text);
      if (text != null && cut > 0) {
        if (table.at(row, candidate.to) == null) {
          lacking++;
          known += all.contains(head(text, cut)) ? 1 : 0;
        } else {
          others++;
        }
      }
    }
    boolean enough = lacking >= EVIDENCE && known >= 0.2 * lacking;
    return enough ? (lacking + 0.5) / (lacking + others + 1.0) : 0;
  }

  private static Set<String> values(Table table, int field) {
    Set<String> values = new HashSet<>();
    int[] counts = table.counts(field);
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] >= 2) {
        values.add(table.values(field).get(code));
      }
    }
    return values.size() > 1000 ? Set.of() : values;
  }

  private static int missing(Table table, int field) {
    int missing = 0;
    for (int code : table.codes(field)) {
      missing += code == Table.MISSING ? 1 : 0;
    }
    return missing;
  }

  /** Adds what is wrong in {@code row}. */
  void judge(@Nullable String[] row, List<Finding> findings) {
    String text = row[from];
    if (text == null || row[to] != null) {
      return;
    }
    int cut = cut(text);
    if (cut > 0) {
      findings.add(Finding.repaired(from, Rule.LEAKAGE, confidence, head(text, cut)));
      findings.add(Finding.repaired(to, Rule.LEAKAGE, confidence, text.substring(cut)));
    }
  }

  /** Returns where the other field's value begins in {@code text}; −1 where there is none. */
  private int cut(String text) {
    for (int at = text.length() - 1; at > 1; at--) {
      if (isSeparator(text.charAt(at - 1)) && values.contains(text.substring(at))) {
        return at;
      }
    }
    return -1;
  }

  private static String head(String text, int cut) {
    int end = cut;
    while (end > 0 && isSeparator(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static boolean isSeparator(char c) {
    return c == ' ' || c == ',' || c == '-' || c == '_' || c == '/' || c == ';' || c == '(';
  }
}
