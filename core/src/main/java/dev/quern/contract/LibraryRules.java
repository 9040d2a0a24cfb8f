package dev.quern.contract;

import dev.quern.check.Check;
import dev.quern.check.CheckReader;
import dev.quern.check.Constraint;
import dev.quern.data.Type;
import dev.quern.format.json.Json;
import dev.quern.operator.Params;
import dev.quern.recipe.Located;
import dev.quern.recipe.Position;
import dev.quern.text.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Quality rules: of the library nullValues, missingValues, invalidValues, duplicateValues and
 * rowCount with all operators and both units; custom ones of the engine quern hold our own checks.
 *
 * <p>Percent is of all samples. A sample is a duplicate if another has the same value too; samples
 * that miss a value are neither duplicate nor invalid.
 */
final class LibraryRules {
  private static final Map<String, Constraint.Kind> OPERATORS = new LinkedHashMap<>();

  static {
    OPERATORS.put("mustBe", Constraint.Kind.EQUALS);
    OPERATORS.put("mustNotBe", Constraint.Kind.NOT_EQUALS);
    OPERATORS.put("mustBeGreaterThan", Constraint.Kind.ABOVE);
    OPERATORS.put("mustBeGreaterOrEqualTo", Constraint.Kind.AT_LEAST);
    OPERATORS.put("mustBeLessThan", Constraint.Kind.BELOW);
    OPERATORS.put("mustBeLessOrEqualTo", Constraint.Kind.AT_MOST);
    OPERATORS.put("mustBeBetween", Constraint.Kind.BETWEEN);
    OPERATORS.put("mustNotBeBetween", Constraint.Kind.NOT_BETWEEN);
  }

  private static final List<String> METRICS =
      List.of("nullValues", "missingValues", "invalidValues", "duplicateValues", "rowCount");

  private static final List<String> KEYS = keys();

  private final Rules rules;

  LibraryRules(Rules rules) {
    this.rules = rules;
  }

  private static List<String> keys() {
    List<String> keys = new ArrayList<>(OPERATORS.keySet());
    keys.addAll(
        List.of(
            "id",
            "authoritativeDefinitions",
            "businessImpact",
            "customProperties",
            "description",
            "dimension",
            "method",
            "name",
            "schedule",
            "scheduler",
            "severity",
            "tags",
            "type",
            "unit",
            "metric",
            "rule",
            "arguments",
            "query",
            "engine",
            "implementation"));
    return keys;
  }

  /** Adds {@code rule} of {@code property}, or of the schema object where that is empty. */
  void add(Located.Mapping rule, Optional<String> property) {
    rule.entries()
        .forEach(
            (key, entry) -> {
              if (!KEYS.contains(key)) {
                rules.problem(
                    entry.keyPlace(),
                    "'" + key + "' is no key of a quality rule" + Suggestion.of(key, KEYS));
              }
            });
    String type = Values.text(rule, "type").orElse("library");
    switch (type) {
      case "library" -> library(rule, property);
      case "custom" -> custom(rule, property);
      case "sql", "text" ->
          rules.skip(
              named(rule, property, type),
              type.equals("sql") ? "rules of type sql run in a database" : "a text is no rule",
              rule.place());
      default ->
          rules.problem(
              rule.place("type"), "type must be library, custom, sql or text; found: " + type);
    }
  }

  private static String named(Located.Mapping rule, Optional<String> property, String what) {
    Optional<String> given = Values.text(rule, "name").or(() -> Values.text(rule, "id"));
    return given.orElseGet(() -> property.map(p -> p + ": ").orElse("") + what);
  }

  private void library(Located.Mapping rule, Optional<String> property) {
    // The standard still takes rule, the older name of metric.
    String key = rule.find("metric").isPresent() ? "metric" : "rule";
    String metric = Values.text(rule, key).orElse("nothing");
    Position place = rule.place(key);
    if (!METRICS.contains(metric)) {
      rules.problem(
          place,
          "metric must be one of "
              + String.join(", ", METRICS)
              + "; found: "
              + metric
              + Suggestion.of(metric, METRICS));
      return;
    }
    boolean ofSamples = metric.equals("rowCount");
    if (ofSamples == property.isPresent() && !metric.equals("duplicateValues")) {
      String owner = ofSamples ? "a schema object" : "a property";
      String found = property.isPresent() ? "in property " + property.get() : "in a schema object";
      rules.problem(place, metric + " must stand in " + owner + "; found: " + found);
      return;
    }
    Optional<Rules.Terms> terms = terms(rule, property, metric, ofSamples);
    if (terms.isEmpty()) {
      return;
    }
    switch (metric) {
      case "rowCount" -> rules.count(terms.get(), rule.place());
      case "duplicateValues" -> duplicates(rule, property, terms.get());
      default -> values(rule, property.orElseThrow(), metric, terms.get());
    }
  }

  private void values(Located.Mapping rule, String property, String metric, Rules.Terms terms) {
    String field = Conditions.field(property);
    Located.Mapping arguments =
        Values.map(rule, "arguments").orElse(new Located.Mapping(rule.place(), Map.of()));
    switch (metric) {
      case "nullValues" -> rules.compliance(field + " IS NOT NULL", "missing", terms, rule.place());
      case "missingValues" -> missing(rule, arguments, property, terms);
      default -> invalid(rule, arguments, property, terms);
    }
  }

  private void missing(
      Located.Mapping rule, Located.Mapping arguments, String property, Rules.Terms terms) {
    String field = Conditions.field(property);
    String there = field + " IS NOT NULL";
    List<Object> sentinels = plain(arguments, "missingValues", property);
    if (sentinels.isEmpty()) {
      rules.compliance(there, "missing", terms, rule.place());
      return;
    }
    Optional<String> among = Conditions.oneOf(property, sentinels);
    if (among.isEmpty()) {
      rules.problem(
          arguments.place("missingValues"), "missingValues must be texts, numbers or bools");
      return;
    }
    rules.compliance(there + " AND NOT " + among.get(), "missing", terms, rule.place());
  }

  private void invalid(
      Located.Mapping rule, Located.Mapping arguments, String property, Rules.Terms terms) {
    List<String> conditions = new ArrayList<>();
    if (arguments.find("validValues").isPresent()) {
      Optional<String> among =
          Conditions.oneOf(property, plain(arguments, "validValues", property));
      if (among.isEmpty()) {
        rules.problem(
            arguments.place("validValues"),
            "validValues must be a list of texts, numbers or bools; found: none");
        return;
      }
      conditions.add(among.get());
    }
    Values.text(arguments, "pattern")
        .ifPresent(pattern -> conditions.add(Conditions.matches(property, pattern)));
    if (conditions.isEmpty()) {
      rules.problem(
          arguments.place(),
          "invalidValues must have validValues or pattern as arguments; found: neither");
      return;
    }
    rules.compliance(String.join(" AND ", conditions), "invalid", terms, rule.place());
  }

  /** Returns values in the type of the field: YAML writes numbers where texts are meant. */
  private List<Object> plain(Located.Mapping arguments, String key, String property) {
    boolean text = rules.field(property).map(f -> f.type().kind() == Type.Kind.TEXT).orElse(false);
    List<Object> plain = new ArrayList<>();
    for (Located part : Values.list(arguments, key)) {
      Object value = part.plain();
      if (value != null) {
        boolean scalar = value instanceof Number || value instanceof Boolean;
        plain.add(text && scalar ? value.toString() : value);
      }
    }
    return plain;
  }

  private void duplicates(Located.Mapping rule, Optional<String> property, Rules.Terms terms) {
    List<String> fields = new ArrayList<>();
    property.ifPresent(fields::add);
    if (property.isEmpty()) {
      Optional<Located.Mapping> arguments = Values.map(rule, "arguments");
      arguments.ifPresent(
          a ->
              Values.list(a, "properties")
                  .forEach(part -> fields.add(String.valueOf(part.plain()))));
      if (fields.isEmpty()) {
        rules.problem(
            rule.place("arguments"),
            "duplicateValues of a schema object must have properties as argument; found: none");
        return;
      }
    }
    rules.unique(fields, terms, rule.place());
  }

  private Optional<Rules.Terms> terms(
      Located.Mapping rule, Optional<String> property, String metric, boolean ofSamples) {
    Optional<Constraint> constraint = constraint(rule, metric);
    String unit = Values.text(rule, "unit").orElse("rows");
    if (!unit.equals("rows") && !unit.equals("percent")) {
      rules.problem(rule.place("unit"), "unit must be rows or percent; found: " + unit);
      return Optional.empty();
    }
    if (ofSamples && unit.equals("percent")) {
      rules.problem(rule.place("unit"), "unit of rowCount must be rows; found: percent");
      return Optional.empty();
    }
    Check.Measure measure =
        ofSamples
            ? Check.Measure.VALUE
            : unit.equals("percent") ? Check.Measure.FAILING_PERCENT : Check.Measure.FAILING;
    String percent = unit.equals("percent") ? " percent" : "";
    return constraint.map(
        found ->
            new Rules.Terms(
                named(rule, property, metric + " " + found.written() + percent),
                found,
                measure,
                level(rule)));
  }

  private Optional<Constraint> constraint(Located.Mapping rule, String metric) {
    List<String> given = new ArrayList<>(OPERATORS.keySet());
    given.retainAll(rule.entries().keySet());
    if (given.size() != 1) {
      rules.problem(
          rule.place(),
          metric
              + " must have one of "
              + String.join(", ", OPERATORS.keySet())
              + "; found: "
              + (given.isEmpty() ? "none" : String.join(", ", given)));
      return Optional.empty();
    }
    String operator = given.get(0);
    Constraint.Kind kind = Objects.requireNonNull(OPERATORS.get(operator));
    List<Object> bounds = new ArrayList<>();
    if (kind.isRange()) {
      Values.list(rule, operator).forEach(part -> bounds.add(String.valueOf(part.plain())));
    } else {
      Values.text(rule, operator).ifPresent(bounds::add);
    }
    try {
      List<Double> numbers =
          bounds.stream().map(bound -> Double.valueOf(bound.toString())).toList();
      if (numbers.size() == (kind.isRange() ? 2 : 1)) {
        double high = numbers.get(numbers.size() - 1);
        return Optional.of(new Constraint(kind, numbers.get(0), high));
      }
    } catch (IllegalArgumentException e) {
      // Told below: neither a number nor a range that has one.
    }
    rules.problem(
        rule.place(operator),
        operator
            + " must be "
            + (kind.isRange() ? "two numbers, the smaller first" : "a number")
            + "; found: "
            + Json.write(rule.find(operator).map(Located::plain).orElse(null)));
    return Optional.empty();
  }

  /** The standard leaves severities open; what is none of the usual words counts as an error. */
  private static Check.Level level(Located.Mapping rule) {
    String severity = Values.text(rule, "severity").orElse("error").toLowerCase(Locale.ROOT);
    return switch (severity) {
      case "warning", "warn", "info", "information", "low", "minor", "medium" ->
          Check.Level.WARNING;
      default -> Check.Level.ERROR;
    };
  }

  private void custom(Located.Mapping rule, Optional<String> property) {
    String engine = Values.text(rule, "engine").orElse("nothing");
    Located written = rule.find("implementation").orElse(null);
    if (!engine.equals("quern")) {
      String name = named(rule, property, "custom rule of engine " + engine);
      rules.skip(name, "it is written for the engine " + engine, rule.place());
      return;
    }
    if (written == null) {
      rules.problem(
          rule.place(), "implementation must be a check, as a line or a map; found: nothing");
      return;
    }
    if (written instanceof Located.Scalar lines && lines.plain() instanceof String text) {
      List<String> all = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
      all.forEach(line -> own(rule, line, written.place(), all.size() == 1));
    } else {
      own(rule, written.plain(), written.place(), true);
    }
  }

  private void own(Located.Mapping rule, @Nullable Object plain, Position place, boolean only) {
    List<Params.Problem> wrong = new ArrayList<>();
    Optional<Check> check = CheckReader.read(plain, rules.registry(), wrong);
    for (Params.Problem problem : wrong) {
      String what = problem.param().isEmpty() ? "check" : "check." + problem.param();
      rules.problem(place, what + " " + problem.message());
    }
    check.ifPresent(
        found -> {
          Check levelled = rule.find("severity").isPresent() ? found.at(level(rule)) : found;
          Optional<String> name = Values.text(rule, "name").filter(n -> only);
          rules.add(name.map(levelled::named).orElse(levelled), place);
        });
  }
}
