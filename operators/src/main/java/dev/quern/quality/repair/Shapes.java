package dev.quern.quality.repair;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the texts of a field look like: runs of letters and of digits and what stands between.
 *
 * @param patterns share of cells with each pattern of a field of codes (dates, phones, times);
 *     empty where the field has no few patterns with digits
 * @param forms share of cells of each coarse form
 * @param rare share of cells whose value occurs at most twice
 * @param words whether cells hold letters, with few exceptions
 */
record Shapes(Map<String, Double> patterns, Map<String, Double> forms, double rare, boolean words) {
  private static final double DOMINANT = 0.01;
  private static final double COVERED = 0.85;
  private static final double STRANGE = 0.002;
  private static final int MOST_PATTERNS = 12;
  private static final double WORDS = 0.95;

  static Shapes learn(Table table, int field) {
    List<String> values = table.values(field);
    int[] counts = table.counts(field);
    Map<String, Double> patterns = new HashMap<>();
    Map<String, Double> forms = new HashMap<>();
    double total = 0;
    double rare = 0;
    double words = 0;
    for (int code = 0; code < counts.length; code++) {
      String text = values.get(code);
      patterns.merge(pattern(text), (double) counts[code], Double::sum);
      forms.merge(form(text), (double) counts[code], Double::sum);
      total += counts[code];
      rare += counts[code] <= 2 ? counts[code] : 0;
      words += text.chars().anyMatch(Character::isLetter) ? counts[code] : 0;
    }
    double all = Math.max(1, total);
    patterns.replaceAll((pattern, count) -> count / all);
    forms.replaceAll((form, count) -> count / all);
    return new Shapes(
        total >= 50 ? dominant(patterns) : Map.of(),
        forms,
        (rare + 0.1) / (all + 0.2),
        total >= 20 && words >= WORDS * total);
  }

  /** Patterns with digits that hold nearly all cells; empty where there are no few. */
  private static Map<String, Double> dominant(Map<String, Double> patterns) {
    Map<String, Double> dominant = new HashMap<>();
    double covered = 0;
    for (Map.Entry<String, Double> entry : patterns.entrySet()) {
      if (entry.getValue() >= STRANGE) {
        dominant.put(entry.getKey(), entry.getValue());
      }
      if (entry.getValue() >= DOMINANT && entry.getKey().indexOf('9') >= 0) {
        covered += entry.getValue();
      }
    }
    return covered >= COVERED && dominant.size() <= MOST_PATTERNS ? dominant : Map.of();
  }

  /** Returns whether {@code text} looks like nearly none of a field of codes. */
  boolean isStrange(String text) {
    return !patterns.isEmpty() && !patterns.containsKey(pattern(text));
  }

  /** Returns the log of the probability that a value not seen often looks like {@code text}. */
  double fit(String text, double floor) {
    double share = forms.getOrDefault(form(text), 0.0);
    return Math.max(floor, Math.log(rare) + Math.log(Math.max(share, 1e-4)));
  }

  /** Digits become 9, one for each up to four; letters a; other characters stay. */
  private static String pattern(String text) {
    StringBuilder pattern = new StringBuilder();
    char last = 0;
    int run = 0;
    for (int i = 0; i < text.length() && pattern.length() < 40; i++) {
      char c = text.charAt(i);
      char kind = Character.isDigit(c) ? '9' : Character.isLetter(c) ? 'a' : c;
      run = kind == last ? run + 1 : 1;
      last = kind;
      if (run == 1 || kind == '9' && run <= 4) {
        pattern.append(kind);
      }
    }
    return pattern.toString();
  }

  /** What the text begins with, whether it holds digits and letters, and how many words. */
  private static String form(String text) {
    char first = text.charAt(0);
    long digits = text.chars().filter(Character::isDigit).count();
    long letters = text.chars().filter(Character::isLetter).count();
    long blanks = text.chars().filter(c -> c == ' ').count();
    String lead = Character.isDigit(first) ? "9" : Character.isLetter(first) ? "a" : "" + first;
    String mix = letters == 0 ? "9" : digits == 0 ? "a" : digits > letters ? "9a" : "a9";
    return lead + mix + (blanks == 0 ? 1 : blanks == 1 ? 2 : blanks <= 4 ? 3 : 6);
  }
}
