package dev.quern.run;

import dev.quern.check.Check;
import dev.quern.check.CheckReader;
import dev.quern.check.CheckResult;
import dev.quern.data.Schema;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.operator.Restriction;
import dev.quern.recipe.CheckSpec;
import dev.quern.recipe.Problem;
import dev.quern.recipe.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Binds the checks of a recipe to the fields of its version. */
final class Checks {
  private Checks() {}

  static List<Plan.CheckPlan> bind(
      Registry registry, Recipe recipe, Schema schema, List<Problem> problems) {
    List<Plan.CheckPlan> plans = new ArrayList<>();
    for (CheckSpec spec : recipe.checks()) {
      read(registry, spec, problems)
          .ifPresent(check -> bind(registry, spec, check, schema, plans, problems));
    }
    return plans;
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
      Restriction.check((Analyzer<?>) OperatorTasks.operator(registry, task), schema);
      plans.add(new Plan.CheckPlan(check, task, spec.place().line()));
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
