package dev.quern.check;

import dev.quern.expression.ExpressionException;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Params.Problem;
import dev.quern.operator.Registry;
import dev.quern.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the checks of a recipe: a line ({@code completeness(workclass) >= 0.95}) or a map ({@code
 * {metric: uniqueness(id), equals: 1, level: error}}).
 *
 * <p>The metric is the analyzer {@code quality.<name>} or {@code privacy.<name>}, or an operator's
 * full name. Its arguments are, in this order: names for the parameter that takes fields, then
 * values for the other parameters as they are declared, then {@code name = value} for any parameter
 * (a colon does as well, where YAML lets it stand); the key {@code arguments} of a map holds such
 * pairs too. {@code where} goes to the parameter of that name.
 */
public final class CheckReader {
  /** Where metrics are looked for by their bare names. */
  private static final List<String> STAGES = List.of("quality.", "privacy.");

  static final String WHERE = "where";
  static final String ARGUMENTS = "arguments";
  private static final List<String> KEYS =
      List.of(
          "metric",
          ARGUMENTS,
          "equals",
          "not_equals",
          "at_least",
          "at_most",
          "above",
          "below",
          "between",
          "not_between",
          WHERE,
          "level",
          "name",
          "reference",
          "by",
          "failing",
          "anomaly",
          "period");

  /** What a check says beside its metric and its comparison. */
  private record Terms(
      Check.Level level, String name, Check.Failing failing, Optional<Anomaly> anomaly) {}

  private final Registry registry;
  private final List<Problem> problems;

  private CheckReader(Registry registry, List<Problem> problems) {
    this.registry = registry;
    this.problems = problems;
  }

  /**
   * Reads one check; every problem is added to {@code problems}, its place being a key of the map
   * or empty for a line.
   *
   * @param plain a String or a Map, as recipes hold them
   * @return the check, or empty if there were problems
   */
  public static Optional<Check> read(
      @Nullable Object plain, Registry registry, List<Problem> problems) {
    CheckReader reader = new CheckReader(registry, problems);
    int before = problems.size();
    Check check = null;
    if (plain instanceof String line) {
      check = reader.line(line);
    } else if (plain instanceof Map<?, ?> map) {
      check = reader.map(map);
    } else {
      reader.problem(
          "",
          "check must be a line like completeness(field) >= 0.95, or a map with metric; found: "
              + Json.write(plain));
    }
    return problems.size() == before ? Optional.ofNullable(check) : Optional.empty();
  }

  private @Nullable Check line(String text) {
    CheckLine line = parsed("", text);
    if (line == null) {
      return null;
    }
    if (line.constraint().isEmpty()) {
      problem("", "metric must be followed by =, !=, >=, <=, >, < or between; found: nothing");
      return null;
    }
    return check(
        "",
        line,
        Map.of(),
        line.constraint().get(),
        line.condition(),
        new Terms(Check.Level.ERROR, text.strip(), Check.Failing.KEEP, Optional.empty()));
  }

  private @Nullable Check map(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        problem(
            String.valueOf(key),
            "is no key of a check"
                + (String.valueOf(key).contains("(")
                    ? "; write = for : between the parentheses, or quote the check"
                    : Suggestion.of(String.valueOf(key), KEYS))
                + "; known: "
                + String.join(", ", KEYS));
      }
    }
    Check.Level level = level(map.get("level"));
    Constraint constraint = constraint(map);
    if (!(map.get("metric") instanceof String metric)) {
      problem(
          "metric",
          "must be a metric like uniqueness(id); found: " + Json.write(map.get("metric")));
      return null;
    }
    CheckLine line = parsed("metric", metric);
    if (line == null || constraint == null) {
      return null;
    }
    if (line.constraint().isPresent()) {
      problem(
          "metric",
          "must have its comparison in a key of its own; found: "
              + line.constraint().get().written()
              + "; write "
              + line.constraint().get().kind().key()
              + ": …");
    }
    Optional<String> condition = line.condition();
    Object where = map.get(WHERE);
    if (where != null) {
      condition = Optional.of(where.toString());
    }
    Object name = map.get("name");
    Optional<Anomaly> anomaly = anomaly(map);
    String written =
        metric.strip()
            + anomaly.map(a -> " " + a.written()).orElse("")
            + " "
            + constraint.written()
            + (where == null ? "" : " " + WHERE + " " + where);
    return check(
        "metric",
        line,
        arguments(map.get(ARGUMENTS)),
        constraint,
        condition,
        new Terms(level, name == null ? written : name.toString(), failing(map), anomaly));
  }

  private Map<String, @Nullable Object> arguments(@Nullable Object given) {
    Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
    if (given instanceof Map<?, ?> map) {
      map.forEach((name, value) -> arguments.put(String.valueOf(name), value));
    } else if (given != null) {
      problem(ARGUMENTS, "must be a map from parameter to value; found: " + Json.write(given));
    }
    return arguments;
  }

  private Check.Level level(@Nullable Object level) {
    if (level == null || level.equals("error")) {
      return Check.Level.ERROR;
    }
    if (!level.equals("warning")) {
      problem("level", "must be error or warning; found: " + Json.write(level));
    }
    return Check.Level.WARNING;
  }

  private Check.Failing failing(Map<?, ?> map) {
    Object failing = map.get("failing");
    if (failing != null && !failing.equals("keep") && !failing.equals("aside")) {
      problem("failing", "must be keep or aside; found: " + Json.write(failing));
    }
    if (map.containsKey("anomaly") && "aside".equals(failing)) {
      problem("failing", "must be keep where there is an anomaly; found: aside");
    }
    return "aside".equals(failing) ? Check.Failing.ASIDE : Check.Failing.KEEP;
  }

  private Optional<Anomaly> anomaly(Map<?, ?> map) {
    Object written = map.get("anomaly");
    Object period = map.get("period");
    if (written == null) {
      if (period != null) {
        problem("period", "must stand with anomaly: holt_winters; found: no anomaly");
      }
      return Optional.empty();
    }
    Optional<Anomaly.Kind> kind = Anomaly.Kind.find(String.valueOf(written));
    if (kind.isEmpty()) {
      problem(
          "anomaly",
          "must be one of "
              + String.join(", ", Anomaly.Kind.names())
              + "; found: "
              + Json.write(written)
              + Suggestion.of(String.valueOf(written), Anomaly.Kind.names()));
      return Optional.empty();
    }
    boolean seasons = kind.get() == Anomaly.Kind.HOLT_WINTERS;
    long versions = period instanceof Long given ? given : 0;
    if (seasons && (versions < 2 || versions > 10_000)) {
      problem(
          "period",
          "must be a whole number in [2, 10000] (versions in a season); found: "
              + Json.write(period));
      return Optional.empty();
    }
    if (!seasons && period != null) {
      problem("period", "must stand with anomaly: holt_winters; found: " + kind.get().written());
    }
    return Optional.of(new Anomaly(kind.get(), seasons ? (int) versions : 1));
  }

  private @Nullable Constraint constraint(Map<?, ?> map) {
    List<Constraint.Kind> given = new ArrayList<>();
    for (Constraint.Kind kind : Constraint.Kind.values()) {
      if (map.containsKey(kind.key())) {
        given.add(kind);
      }
    }
    if (given.size() != 1) {
      problem(
          "",
          "check must have one of equals, not_equals, at_least, at_most, above, below, between,"
              + " not_between; found: "
              + (given.isEmpty()
                  ? "none"
                  : String.join(", ", given.stream().map(Constraint.Kind::key).toList())));
      return null;
    }
    Constraint.Kind kind = given.get(0);
    Object bound = map.get(kind.key());
    try {
      if (!kind.isRange() && isBound(bound)) {
        return Constraint.of(kind, bound(bound));
      }
      if (kind.isRange()
          && bound instanceof List<?> list
          && list.size() == 2
          && isBound(list.get(0))
          && isBound(list.get(1))) {
        return new Constraint(kind, bound(list.get(0)), bound(list.get(1)));
      }
      String rule = kind.isRange() ? "two numbers [low, high]" : "a number";
      problem(kind.key(), "must be " + rule + "; found: " + Json.write(bound));
    } catch (IllegalArgumentException e) {
      problem(kind.key(), String.valueOf(e.getMessage()));
    }
    return null;
  }

  private static boolean isBound(@Nullable Object bound) {
    return bound instanceof Number || bound instanceof String;
  }

  private static double bound(@Nullable Object bound) {
    return bound instanceof Number number
        ? number.doubleValue()
        : Constraint.time(String.valueOf(bound));
  }

  private @Nullable CheckLine parsed(String place, String text) {
    try {
      return CheckLine.parse(text);
    } catch (ExpressionException e) {
      problem(place, e.getMessage());
      return null;
    }
  }

  private @Nullable Check check(
      String place,
      CheckLine line,
      Map<String, @Nullable Object> named,
      Constraint constraint,
      Optional<String> condition,
      Terms terms) {
    String metric = line.metric().toLowerCase(Locale.ROOT);
    String operator = operator(metric);
    Optional<OperatorSpec> spec = registry.find(operator);
    if (spec.isEmpty()) {
      problem(place, "no metric is named '" + line.metric() + "'" + suggestion(metric));
      return null;
    }
    Map<String, @Nullable Object> given =
        new CheckArguments(spec.get(), line, place, problems).given(named, condition);
    List<Problem> wrong = new ArrayList<>();
    Optional<Params> params = Params.read(spec.get().params(), given, wrong);
    wrong.forEach(p -> problem(place, line.metric() + "." + p.param() + " " + p.message()));
    if (params.isEmpty()) {
      return null;
    }
    try {
      if (!(spec.get().create().apply(params.get()) instanceof Analyzer<?> analyzer)) {
        problem(place, "metric must be an analyzer; found: " + operator);
        return null;
      }
      Check check =
          new Check(
              terms.name,
              line.written() + condition.map(text -> " where " + text).orElse(""),
              terms.level,
              operator,
              params.get().plain(),
              constraint,
              Check.Measure.VALUE,
              terms.failing,
              terms.anomaly,
              analyzer.judging());
      if (terms.failing == Check.Failing.ASIDE && !check.judgesSamples()) {
        problem(
            "failing",
            "must be keep for a check that judges no single samples; found: aside for "
                + line.metric()
                + "; "
                + check.judging().reason(check.limits()));
      }
      return check;
    } catch (IllegalArgumentException e) {
      problem(place, line.metric() + ": " + e.getMessage());
    }
    return null;
  }

  /** Returns the full name of a metric: the first of {@link #STAGES} that knows it. */
  private String operator(String metric) {
    if (metric.contains(".")) {
      return metric;
    }
    return STAGES.stream()
        .map(stage -> stage + metric)
        .filter(name -> registry.find(name).isPresent())
        .findFirst()
        .orElse(STAGES.get(0) + metric);
  }

  private String suggestion(String metric) {
    List<String> known = new ArrayList<>();
    for (String name : registry.names()) {
      known.add(
          STAGES.stream()
              .filter(name::startsWith)
              .findFirst()
              .map(stage -> name.substring(stage.length()))
              .orElse(name));
    }
    return Suggestion.of(metric, known);
  }

  private void problem(String place, @Nullable String message) {
    problems.add(new Problem(place, String.valueOf(message)));
  }
}
