package dev.quern.check;

import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
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
 * <p>The metric is the analyzer {@code quality.<name>}, or an operator's full name. Its arguments
 * are, in this order: names for the parameter that takes fields, then values for the other
 * parameters as they are declared. {@code where} goes to the parameter of that name.
 */
public final class CheckReader {
  private static final String WHERE = "where";
  private static final List<String> KEYS =
      List.of(
          "metric",
          "equals",
          "at_least",
          "at_most",
          "above",
          "below",
          "between",
          WHERE,
          "level",
          "name",
          "reference",
          "by");

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
      problem("", "metric must be followed by =, >=, <=, >, < or between; found: nothing");
      return null;
    }
    return check(
        "", line, line.constraint().get(), line.condition(), Check.Level.ERROR, text.strip());
  }

  private @Nullable Check map(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        problem(
            String.valueOf(key),
            "is no key of a check"
                + Suggestion.of(String.valueOf(key), KEYS)
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
    String written =
        metric.strip()
            + " "
            + constraint.written()
            + (where == null ? "" : " " + WHERE + " " + where);
    return check(
        "metric", line, constraint, condition, level, name == null ? written : name.toString());
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
          "check must have one of equals, at_least, at_most, above, below, between; found: "
              + (given.isEmpty()
                  ? "none"
                  : String.join(", ", given.stream().map(Constraint.Kind::key).toList())));
      return null;
    }
    Constraint.Kind kind = given.get(0);
    Object bound = map.get(kind.key());
    try {
      if (kind != Constraint.Kind.BETWEEN && bound instanceof Number number) {
        return Constraint.of(kind, number.doubleValue());
      }
      if (kind == Constraint.Kind.BETWEEN
          && bound instanceof List<?> list
          && list.size() == 2
          && list.get(0) instanceof Number low
          && list.get(1) instanceof Number high) {
        return new Constraint(kind, low.doubleValue(), high.doubleValue());
      }
      String rule = kind == Constraint.Kind.BETWEEN ? "two numbers [low, high]" : "a number";
      problem(kind.key(), "must be " + rule + "; found: " + Json.write(bound));
    } catch (IllegalArgumentException e) {
      problem(kind.key(), String.valueOf(e.getMessage()));
    }
    return null;
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
      Constraint constraint,
      Optional<String> condition,
      Check.Level level,
      String name) {
    String metric = line.metric().toLowerCase(Locale.ROOT);
    String operator = metric.contains(".") ? metric : "quality." + metric;
    Optional<OperatorSpec> spec = registry.find(operator);
    if (spec.isEmpty()) {
      problem(place, "no metric is named '" + line.metric() + "'" + suggestion(metric));
      return null;
    }
    Map<String, @Nullable Object> given = parameters(place, spec.get(), line, condition);
    List<Problem> wrong = new ArrayList<>();
    Optional<Params> params = Params.read(spec.get().params(), given, wrong);
    wrong.forEach(p -> problem(place, line.metric() + "." + p.param() + " " + p.message()));
    if (params.isEmpty()) {
      return null;
    }
    try {
      if (spec.get().create().apply(params.get()) instanceof Analyzer<?>) {
        return new Check(name, level, operator, params.get().plain(), constraint);
      }
      problem(place, "metric must be an analyzer; found: " + operator);
    } catch (IllegalArgumentException e) {
      problem(place, line.metric() + ": " + e.getMessage());
    }
    return null;
  }

  private String suggestion(String metric) {
    List<String> known = new ArrayList<>();
    for (String name : registry.names()) {
      known.add(name.startsWith("quality.") ? name.substring("quality.".length()) : name);
    }
    return Suggestion.of(metric, known);
  }

  /** Gives names to the parameter of fields and the other arguments to the rest in order. */
  private Map<String, @Nullable Object> parameters(
      String place, OperatorSpec spec, CheckLine line, Optional<String> condition) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    List<Param<?>> rest = new ArrayList<>(spec.params());
    rest.removeIf(param -> param.name().equals(WHERE));
    List<CheckLine.Argument> arguments = new ArrayList<>(line.arguments());
    Optional<Param<?>> takesFields =
        rest.stream()
            .filter(p -> p.kind() == Param.Kind.FIELD || p.kind() == Param.Kind.FIELDS)
            .findFirst();
    if (takesFields.isPresent()) {
      Param<?> param = takesFields.get();
      rest.remove(param);
      List<Object> names = new ArrayList<>();
      boolean several = param.kind() == Param.Kind.FIELDS;
      while (!arguments.isEmpty() && arguments.get(0).isName() && (several || names.isEmpty())) {
        names.add(arguments.remove(0).value());
      }
      if (!names.isEmpty()) {
        given.put(param.name(), several ? names : names.get(0));
      }
    }
    for (CheckLine.Argument argument : arguments) {
      if (rest.isEmpty()) {
        problem(
            place,
            "column "
                + argument.position()
                + ": "
                + line.metric()
                + " must have no more arguments; found: "
                + Json.write(argument.value()));
        return given;
      }
      given.put(rest.remove(0).name(), argument.value());
    }
    condition.ifPresent(text -> restrict(place, spec, line, text, given));
    return given;
  }

  private void restrict(
      String place,
      OperatorSpec spec,
      CheckLine line,
      String condition,
      Map<String, @Nullable Object> given) {
    if (spec.params().stream().noneMatch(param -> param.name().equals(WHERE))) {
      problem(place, line.metric() + " must have no where; found: " + condition);
      return;
    }
    try {
      given.put(WHERE, Expression.parse(condition).canonical());
    } catch (ExpressionException e) {
      problem(place, WHERE + ": " + e.getMessage());
    }
  }

  private void problem(String place, @Nullable String message) {
    problems.add(new Problem(place, String.valueOf(message)));
  }
}
