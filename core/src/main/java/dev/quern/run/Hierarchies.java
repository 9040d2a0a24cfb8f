package dev.quern.run;

import dev.quern.format.json.Json;
import dev.quern.operator.Transformation;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a version became coarser: for each field the hierarchies that its own recipe
 * and those of the versions it was made of took, one after the other, as plain values.
 */
public final class Hierarchies {
  private static final String KEY = "hierarchies";

  private Hierarchies() {}

  /**
   * Returns those of {@code version}; none where the folder of its run has been cleared away or is
   * damaged.
   */
  public static Map<String, List<Object>> of(Workspace workspace, Manifest version)
      throws IOException {
    Path plan = workspace.runs().resolve(version.run()).resolve("plan.json");
    Map<String, List<Object>> found = new TreeMap<>();
    if (Files.isRegularFile(plan)) {
      try {
        Map<String, @Nullable Object> told = Json.object(Json.readObject(plan).get(KEY));
        told.forEach((field, rules) -> add(found, field, Json.list(rules)));
      } catch (IllegalArgumentException e) {
        return Map.of(); // Of an earlier release, or damaged: values are known by their looks.
      }
    }
    return found;
  }

  /** Returns those of the samples that {@code steps} make of {@code sources}. */
  static Map<String, List<Object>> of(
      Workspace workspace, List<Plan.SourcePlan> sources, List<Plan.StepPlan> steps)
      throws IOException {
    Map<String, List<Object>> found = new TreeMap<>();
    for (Plan.SourcePlan source : sources) {
      if (!source.parent().isEmpty() && source.use() == Plan.SourcePlan.Use.SAMPLES) {
        Manifest parent = workspace.datasets().resolve(Reference.parse(source.parent()));
        of(workspace, parent).forEach((field, rules) -> add(found, field, rules));
      }
    }
    for (Plan.StepPlan step : steps) {
      if (step.operator() instanceof Transformation transformation) {
        transformation
            .coarsens(step.input())
            .forEach((field, rule) -> add(found, field, List.of(rule)));
      }
    }
    return found;
  }

  /** A hierarchy that stands twice says nothing more. */
  private static void add(
      Map<String, List<Object>> found, String field, List<? extends @Nullable Object> rules) {
    List<Object> all = found.computeIfAbsent(field, name -> new ArrayList<>());
    for (Object rule : rules) {
      if (rule != null && !all.contains(rule)) {
        all.add(rule);
      }
    }
  }

  /** Returns {@code parameters} with the fields alone of what a table of values is given for. */
  static Map<String, @Nullable Object> told(String parameters) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>(Json.parseObject(parameters));
    if (plain.get(KEY) instanceof Map<?, ?> fields) {
      plain.put(KEY, new ArrayList<>(fields.keySet()));
    }
    return plain;
  }
}
