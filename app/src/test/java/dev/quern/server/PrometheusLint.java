package dev.quern.server;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds what {@code promtool check metrics} would find, and what a scrape would refuse: lines that
 * cannot be parsed, families told twice or in pieces, values told twice, help or type missing,
 * names against the rules, histograms that do not add up.
 */
public final class PrometheusLint {
  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][\\w:]*) (.+)");
  private static final Pattern VALUE =
      Pattern.compile("([a-zA-Z_:][\\w:]*)(\\{(.*)})? (NaN|[+-]Inf|-?[0-9.]+(?:[eE][+-]?[0-9]+)?)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

  private final List<String> problems = new ArrayList<>();
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Set<String> helps = new HashSet<>();
  private final Set<String> closed = new HashSet<>();
  private final Set<String> values = new HashSet<>();
  private final Map<String, TreeMap<Double, Double>> buckets = new LinkedHashMap<>();
  private final Map<String, Double> counts = new LinkedHashMap<>();
  private String family = "";

  private PrometheusLint() {}

  /**
   * Returns the problems of {@code text}, each beginning with the metric's name where it has one.
   */
  public static List<String> problems(String text) {
    PrometheusLint lint = new PrometheusLint();
    if (!text.endsWith("\n")) {
      lint.problems.add("text must end with a line feed");
    }
    for (String line : text.split("\n")) {
      lint.line(line);
    }
    lint.histograms();
    return lint.problems;
  }

  private void line(String line) {
    Matcher comment = COMMENT.matcher(line);
    if (comment.matches()) {
      enter(comment.group(2));
      if (comment.group(1).equals("HELP")) {
        require(helps.add(comment.group(2)), comment.group(2) + " has two helps");
      } else {
        type(comment.group(2), comment.group(3));
      }
      return;
    }
    Matcher value = VALUE.matcher(line);
    if (!value.matches()) {
      problems.add("line cannot be parsed: " + line);
      return;
    }
    Map<String, String> labels = labels(value.group(3), line);
    value(value.group(1), labels, value.group(4).replace("Inf", "Infinity"));
  }

  private void type(String name, String type) {
    require(types.put(name, type) == null, name + " has two types");
    require(
        List.of("counter", "gauge", "histogram", "summary").contains(type),
        name + " has an unknown type: " + type);
    require(
        type.equals("counter") == name.endsWith("_total"),
        name + " must end in _total if it is a counter and only then");
    for (String unit : List.of("_ms", "_us", "_milliseconds", "_minutes", "_kb", "_megabytes")) {
      require(!name.endsWith(unit), name + " must be in base units");
    }
  }

  private void enter(String name) {
    if (!name.equals(family)) {
      closed.add(family);
      family = name;
      require(!closed.contains(name), name + " is told in pieces");
    }
  }

  private Map<String, String> labels(String written, String line) {
    Map<String, String> labels = new TreeMap<>();
    if (written == null) {
      return labels;
    }
    Matcher label = LABEL.matcher(written);
    int at = 0;
    while (at < written.length() && label.find(at) && label.start() == at) {
      require(labels.put(label.group(1), label.group(2)) == null, "label stands twice in: " + line);
      at = label.end();
    }
    require(at == written.length(), "labels cannot be parsed: " + line);
    return labels;
  }

  private void value(String name, Map<String, String> labels, String written) {
    String of = family(name);
    enter(of);
    require(types.containsKey(of), name + " has no type before its values");
    require(helps.contains(of), name + " has no help before its values");
    require(values.add(name + labels), name + labels + " has two values");
    double value = Double.parseDouble(written);
    if ("counter".equals(types.get(of))) {
      require(value >= 0, name + " must not be negative");
    }
    if (name.endsWith("_bucket") && !of.equals(name)) {
      Map<String, String> rest = new TreeMap<>(labels);
      String bound = String.valueOf(rest.remove("le")).replace("Inf", "Infinity");
      buckets
          .computeIfAbsent(of + rest, key -> new TreeMap<>())
          .put(Double.parseDouble(bound), value);
    } else if (name.endsWith("_count") && "histogram".equals(types.get(of))) {
      counts.put(of + labels, value);
    }
  }

  /** Returns the family a line belongs to: parts of histograms and summaries have suffixes. */
  private String family(String name) {
    for (String suffix : List.of("_bucket", "_sum", "_count")) {
      if (name.endsWith(suffix)) {
        String of = name.substring(0, name.length() - suffix.length());
        String type = types.getOrDefault(of, "");
        if (type.equals("histogram") || (type.equals("summary") && !suffix.equals("_bucket"))) {
          return of;
        }
      }
    }
    return name;
  }

  private void histograms() {
    types.forEach(
        (name, type) -> {
          boolean has = buckets.keySet().stream().anyMatch(key -> key.startsWith(name + "{"));
          require(!type.equals("histogram") || has, name + " has no buckets");
        });
    buckets.forEach(
        (name, below) -> {
          require(below.containsKey(Double.POSITIVE_INFINITY), name + " has no bucket +Inf");
          double last = 0;
          for (double count : below.values()) {
            require(count >= last, name + " has buckets that shrink");
            last = count;
          }
          require(counts.getOrDefault(name, -1.0) == last, name + " has another count than +Inf");
        });
  }

  private void require(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
