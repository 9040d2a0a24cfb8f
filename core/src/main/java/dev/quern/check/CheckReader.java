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
        "", line, Map.of(), line.constraint().get(), line.condition(), CheckTerms.of(text.strip()));
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
    CheckTerms.Reader terms = new CheckTerms.Reader(map, problems);
    Check.Level level = terms.level();
    Constraint constraint = terms.constraint();
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
    Optional<Anomaly> anomaly = terms.anomaly();
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
        new CheckTerms(level, name == null ? written : name.toString(), terms.failing(), anomaly));
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
      CheckTerms terms) {
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
              terms.name(),
              line.written() + condition.map(text -> " where " + text).orElse(""),
              terms.level(),
              operator,
              params.get().plain(),
              constraint,
              Check.Measure.VALUE,
              terms.failing(),
              terms.anomaly(),
              analyzer.judging());
      if (terms.failing() == Check.Failing.ASIDE && !check.judgesSamples()) {
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
