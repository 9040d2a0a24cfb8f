package dev.quern.run;

import dev.quern.check.Check;
import dev.quern.check.CheckReader;
import dev.quern.check.CheckResult;
import dev.quern.contract.Contract;
import dev.quern.contract.ContractReader;
import dev.quern.data.Schema;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.JudgeMapping;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.operator.Restriction;
import dev.quern.recipe.CheckSpec;
import dev.quern.recipe.Located;
import dev.quern.recipe.Position;
import dev.quern.recipe.Problem;
import dev.quern.recipe.Recipe;
import dev.quern.text.Suggestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private static final List<String> CONTRACT_KEYS = List.of("contract", "schema", "failing");

  private Checks() {}

  /**
   * The checks of a version, and what its contracts ask for that cannot be executed.
   *
   * @param attackers what they know who attack the version
   */
  record Bound(
      List<Plan.CheckPlan> plans, List<Contract.Skipped> notExecuted, Attackers attackers) {

    /** Makes one to add to. */
    Bound(Attackers attackers) {
      this(new ArrayList<>(), new ArrayList<>(), attackers);
    }
  }

  /** Joins the samples of the version with the reference of a check. */
  interface Comparison {
    /**
     * Returns them joined, or empty where that is a problem, which is added.
     *
     * @param fields each with the field of the reference; none for all that both have
     */
    Optional<Joined> with(CheckSpec spec, Map<String, String> fields) throws IOException;
  }

  /** Samples beside their reference: the fields compared, each with that of the reference. */
  record Joined(Samples samples, Map<String, String> fields) {}

  static Bound bind(
      Registry registry,
      Recipe recipe,
      Schema schema,
      Comparison comparison,
      Attackers attackers,
      List<Problem> problems)
      throws IOException {
    Bound bound = new Bound(attackers);
    for (CheckSpec spec : recipe.checks()) {
      if (spec.contract().isPresent()) {
        contract(registry, recipe, spec, Optional.of(schema), problems)
            .ifPresent(found -> bind(registry, found, schema, bound, problems));
        continue;
      }
      Optional<Check> check = read(registry, spec, problems);
      if (check.isPresent() && spec.reference().isPresent()) {
        compare(registry, spec, check.get(), comparison, bound, problems);
      } else if (check.isPresent()) {
        bind(registry, spec.place(), check.get(), schema, Optional.empty(), bound, problems);
      }
    }
    return bound;
  }

  /** Binds the rules of {@code contract} to the fields of a version. */
  static void bind(
      Registry registry, Contract contract, Schema schema, Bound bound, List<Problem> problems) {
    for (Contract.Rule rule : contract.rules()) {
      bind(registry, rule.place(), rule.check(), schema, Optional.empty(), bound, problems);
    }
    bound.notExecuted().addAll(contract.notExecuted());
  }

  /** The reference's field is the second one named, else that of the same name. */
  private static void compare(
      Registry registry,
      CheckSpec spec,
      Check check,
      Comparison comparison,
      Bound bound,
      List<Problem> problems)
      throws IOException {
    List<@Nullable Object> named =
        check.parameters().get("fields") instanceof List<?> list ? Json.list(list) : List.of();
    if (named.size() > 2 || !check.analyzer().equals(COMPARING)) {
      problems.add(
          new Problem(
              spec.place(),
              "check_invalid",
              "reference must stand with accuracy(field) or accuracy(); found: " + check.name()));
      return;
    }
    Map<String, String> wanted = new LinkedHashMap<>();
    if (!named.isEmpty()) {
      wanted.put(String.valueOf(named.get(0)), String.valueOf(named.get(named.size() - 1)));
    }
    Optional<Joined> found = comparison.with(spec, wanted);
    if (found.isPresent()) {
      Optional<Samples> joined = found.map(Joined::samples);
      List<String> pairs = new ArrayList<>();
      found
          .get()
          .fields()
          .forEach(
              (field, other) -> pairs.addAll(List.of(field, JudgeMapping.referenceName(other))));
      Map<String, Object> parameters = new LinkedHashMap<>(check.parameters());
      parameters.put("fields", pairs);
      Check compared =
          new Check(
              check.name(),
              check.metric(),
              check.level(),
              check.analyzer(),
              parameters,
              check.constraint(),
              check.measure(),
              check.failing(),
              check.anomaly(),
              check.judging());
      bind(registry, spec.place(), compared, joined.get().schema(), joined, bound, problems);
    }
  }

  /** Adds what is wrong with the checks whatever the fields of the version are. */
  static void examine(Registry registry, Recipe recipe, List<Problem> problems) {
    for (CheckSpec spec : recipe.checks()) {
      if (spec.contract().isPresent()) {
        contract(registry, recipe, spec, Optional.empty(), problems);
      } else {
        read(registry, spec, problems);
      }
    }
  }

  private static Optional<Contract> contract(
      Registry registry,
      Recipe recipe,
      CheckSpec spec,
      Optional<Schema> fields,
      List<Problem> problems) {
    Located.Mapping written = (Located.Mapping) spec.written();
    written
        .entries()
        .forEach(
            (key, entry) -> {
              if (!CONTRACT_KEYS.contains(key)) {
                problems.add(
                    new Problem(
                        entry.keyPlace(),
                        "check_invalid",
                        "'"
                            + key
                            + "' is no key of a check with contract"
                            + Suggestion.of(key, CONTRACT_KEYS)
                            + "; known: "
                            + String.join(", ", CONTRACT_KEYS)));
              }
            });
    String failing = written.find("failing").map(f -> String.valueOf(f.plain())).orElse("keep");
    if (!failing.equals("keep") && !failing.equals("aside")) {
      problems.add(
          new Problem(
              written.place("failing"),
              "check_invalid",
              "check.failing must be keep or aside; found: " + failing));
    }
    ContractReader.Choice choice =
        new ContractReader.Choice(
            written.find("schema").map(name -> String.valueOf(name.plain())),
            recipe.write().map(write -> write.dataset()).orElse(recipe.name()),
            fields,
            failing.equals("aside") ? Check.Failing.ASIDE : Check.Failing.KEEP);
    String file = spec.contract().orElseThrow();
    Path path = recipe.folder().resolve(file);
    if (!Files.isRegularFile(path)) {
      String found = Files.isDirectory(path) ? "a folder" : "nothing";
      problems.add(
          new Problem(
              written.place("contract"),
              "file_not_found",
              "check.contract must name a file, seen from the recipe; found: "
                  + found
                  + " at "
                  + file));
      return Optional.empty();
    }
    try {
      return ContractReader.read(path, file, choice, registry, problems);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
      Position place,
      Check check,
      Schema schema,
      Optional<Samples> compared,
      Bound bound,
      List<Problem> problems) {
    OperatorSpec analyzer = registry.find(check.analyzer()).orElseThrow();
    Task task =
        new Task(
            "check-" + (bound.plans().size() + 1),
            analyzer.name(),
            analyzer.revision(),
            Json.canonical(check.parameters()),
            Task.Scope.ALL,
            Optional.empty());
    try {
      Analyzer<?> measuring = (Analyzer<?>) OperatorTasks.operator(registry, task);
      Restriction.check(measuring, schema);
      bound.attackers().require(measuring, check.level());
      Task knowing = bound.attackers().knowing(task, measuring);
      bound.plans().add(new Plan.CheckPlan(check, knowing, place.line(), compared));
    } catch (BindException e) {
      problems.add(
          new Problem(place, "does_not_fit", "check " + check.name() + " " + e.getMessage()));
    }
  }

  /** Returns what a contract asks for in vain as plain values for reports. */
  static Map<String, @Nullable Object> plain(Contract.Skipped skipped) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("check", skipped.name());
    plain.put("level", "warning");
    plain.put("status", "not_executed");
    plain.put("value", null);
    plain.put(
        "message",
        skipped.place() + ": rule '" + skipped.name() + "' is not executed: " + skipped.reason());
    return plain;
  }

  /** Returns a result as plain values for reports. */
  static Map<String, @Nullable Object> plain(CheckResult result) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("check", result.check().name());
    plain.put("level", result.check().level().name().toLowerCase(Locale.ROOT));
    plain.put("status", result.status().name().toLowerCase(Locale.ROOT));
    plain.put("value", result.value().orElse(null));
    result.failing().ifPresent(failing -> plain.put("failing", failing));
    if (!result.check().judgesSamples()) {
      plain.put("judges_no_samples", result.check().judging().reason(result.check().limits()));
    }
    plain.put("message", result.message());
    plain.put("metric", result.metric().plain());
    return plain;
  }
}
