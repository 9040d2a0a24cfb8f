package dev.quern.run;

import dev.quern.check.Check;
import dev.quern.data.Schema;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.operator.JudgeMapping;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import dev.quern.recipe.Recipe;
import dev.quern.recipe.RecipeException;
import dev.quern.recipe.WriteSpec;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans how a version is written, and what is measured on the way. */
final class PlannedVersion {
  private final Registry registry;
  private final Recipe recipe;
  private final Workspace workspace;

  PlannedVersion(Registry registry, Recipe recipe, Workspace workspace) {
    this.registry = registry;
    this.recipe = recipe;
    this.workspace = workspace;
  }

  /**
   * Returns the point that writes {@code samples}.
   *
   * @param isKept whether they are kept before
   * @throws RecipeException if what is to be encrypted is no field
   */
  Plan.Point.Publishing publishing(
      Samples samples,
      List<Plan.CheckPlan> checks,
      List<Plan.SourcePlan> sourcePlans,
      boolean isKept)
      throws IOException {
    OperatorSpec writer = registry.find("export.parquet").orElseThrow();
    Task write =
        new Task(
            "write",
            writer.name(),
            writer.revision(),
            writing(writer, samples.schema(), sourcePlans),
            Task.Scope.ALL,
            Optional.empty());
    // What is kept before it is written is read back whole: nothing is folded on the way there.
    Joining joining =
        isKept ? Joining.none(samples, workspace) : Joining.of(samples, sourcePlans, workspace);
    List<Plan.Measure> measures = new ArrayList<>();
    measures.add(joining.measure(Profiles.task(registry, encrypted())));
    List<Plan.CheckPlan> measured = Plan.checks(checks, Check.Failing.KEEP);
    if (!measured.isEmpty()) {
      Task fold = Plan.measuring("check", measured, JudgeMapping.Gives.METRICS);
      measures.add(joining.measure(fold, measured.stream().map(Plan.CheckPlan::task).toList()));
    }
    for (Task task : QualityMeasures.byDefault(registry, samples.schema(), checks)) {
      measures.add(joining.measure(task));
    }
    return new Plan.Point.Publishing("write", samples, write, measures);
  }

  private List<String> encrypted() {
    return recipe
        .write()
        .flatMap(WriteSpec::encryption)
        .map(WriteSpec.Encryption::fields)
        .orElse(List.of());
  }

  /** Returns the parameters of what writes the version. */
  private String writing(OperatorSpec writer, Schema schema, List<Plan.SourcePlan> sourcePlans) {
    Map<String, Object> plain = new TreeMap<>(Map.of("ids", "stored"));
    Optional<WriteSpec.Encryption> encryption = recipe.write().flatMap(WriteSpec::encryption);
    if (encryption.isPresent()) {
      WriteSpec.Encryption encrypt = encryption.get();
      for (String name : encrypt.fields()) {
        if (schema.field(name).isEmpty()) {
          throw new RecipeException(
              List.of(
                  UnknownField.problem(
                      encrypt.place(), "write.encrypt.fields", "of the last step", name, schema)));
        }
      }
      plain.put("encrypt", encrypt.fields());
      plain.put("key", encrypt.key());
      plain.put("footer", encrypt.footer().name().toLowerCase(Locale.ROOT));
      plain.put("context", recipe.write().orElseThrow().dataset());
      // Ids of places tell nothing; of those in a version, nobody knows what they follow from.
      if (sourcePlans.stream()
          .anyMatch(s -> !s.source().key().isEmpty() || s.operator().equals("dataset"))) {
        plain.put("encrypt_ids", "encrypted");
      }
    }
    return KeyIds.pinned(writer.params(), plain, workspace);
  }
}
