package dev.quern.run;

import dev.quern.check.Check;
import dev.quern.check.CheckReader;
import dev.quern.check.CheckResult;
import dev.quern.data.Schema;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.recipe.CheckSpec;
import dev.quern.recipe.Problem;
import dev.quern.recipe.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds the checks of a recipe to the fields of its version. */
final class Checks {
  private static final String COMPARING = "quality.accuracy";

  private Checks() {}

  /** Joins the samples of the version with the reference of a check. */
  interface Comparison {
    /** Returns them joined, or empty where that is a problem, which is added. */
    Optional<Samples> with(CheckSpec spec, String field, String referenceField) throws IOException;
  }

  static List<Plan.CheckPlan> bind(
      Registry registry,
      Recipe recipe,
      Schema schema,
      Comparison comparison,
      List<Problem> problems)
      throws IOException {
    List<Plan.CheckPlan> plans = new ArrayList<>();
    for (CheckSpec spec : recipe.checks()) {
      Optional<Check> check = read(registry, spec, problems);
      if (check.isPresent() && spec.reference().isPresent()) {
        compare(registry, spec, check.get(), comparison, plans, problems);
      } else if (check.isPresent()) {
        bind(registry, spec, check.get(), schema, Optional.empty(), plans, problems);
      }
    }
    return plans;
  }

  /** The reference's field is the second one named, else that of the same name. */
  private static void compare(
      Registry registry,
      CheckSpec spec,
      Check check,
      Comparison comparison,
      List<Plan.CheckPlan> plans,
      List<Problem> problems)
      throws IOException {
    if (!(check.parameters().get("fields") instanceof List<?> named)
        || named.isEmpty()
        || !check.analyzer().equals(COMPARING)) {
      problems.add(
          new Problem(
              spec.place(),
              "check_invalid",
              "reference must stand with accuracy(field); found: " + check.name()));
      return;
    }
    String field = String.valueOf(named.get(0));
    String other = String.valueOf(named.get(named.size() - 1));
    Optional<Samples> joined = comparison.with(spec, field, other);
    if (joined.isPresent()) {
      Map<String, Object> parameters = new LinkedHashMap<>(check.parameters());
      parameters.put("fields", List.of(field, referenceName(other)));
      Check compared =
          new Check(check.name(), check.level(), check.analyzer(), parameters, check.constraint());
      bind(registry, spec, compared, joined.get().schema(), joined, plans, problems);
    }
  }

  /** Returns the name that a field of a reference has beside those of the version. */
  static String referenceName(String field) {
    return field + " (reference)";
  }

  /** Adds what is wrong with the checks whatever the fields of the version are. */
  static void examine(Registry registry, Recipe recipe, List<Problem> problems) {
    recipe.checks().forEach(spec -> read(registry, spec, problems));
  }

  private static Optional<Check> read(Registry registry, CheckSpec spec, List<Problem> problems) {
    List<Params.Problem> wrong = new ArrayList<>();
    Optional<Check> check = CheckReader.read(spec.written().plain(), registry, wrong);
    for (Params.Problem problem : wrong) {
      String what = problem.param().isEmpty() ? "check" : "check." + problem.param();
      problems.add(
          new Problem(
              spec.written().place(problem.param()),
              "check_invalid",
              what + " " + problem.message()));
    }
    return check;
  }

  private static void bind(
      Registry registry,
      CheckSpec spec,
      Check check,
      Schema schema,
      Optional<Samples> compared,
      List<Plan.CheckPlan> plans,
      List<Problem> problems) {
    OperatorSpec analyzer = registry.find(check.analyzer()).orElseThrow();
    Task task =
        new Task(
            "check-" + (plans.size() + 1),
            analyzer.name(),
            analyzer.revision(),
            Json.canonical(check.parameters()),
            Task.Scope.ALL,
            Optional.empty());
    try {
      ((Analyzer<?>) OperatorTasks.operator(registry, task)).check(schema);
      plans.add(new Plan.CheckPlan(check, task, spec.place().line(), compared));
    } catch (BindException e) {
      problems.add(
          new Problem(
              spec.place(), "does_not_fit", "check " + check.name() + " " + e.getMessage()));
    }
  }

  /** Returns a result as plain values for reports. */
  static Map<String, @Nullable Object> plain(CheckResult result) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("check", result.check().name());
    plain.put("level", result.check().level().name().toLowerCase(Locale.ROOT));
    plain.put("status", result.status().name().toLowerCase(Locale.ROOT));
    plain.put("value", result.value().orElse(null));
    plain.put("message", result.message());
    plain.put("metric", result.metric().plain());
    return plain;
  }
}
