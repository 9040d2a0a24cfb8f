package dev.quern.run;

import dev.quern.engine.Task;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The profile every version gets: an analyzer like any other, folded while the version is written.
 */
final class Profiles {
  private static final String ANALYZER = "quality.profile";

  private Profiles() {}

  /** Returns the task of the profile. */
  static Task task(Registry registry) {
    OperatorSpec spec = registry.find(ANALYZER).orElseThrow();
    String parameters =
        Params.read(spec.params(), Map.of(), new ArrayList<>()).orElseThrow().canonical();
    return new Task(
        "profile", ANALYZER, spec.revision(), parameters, Task.Scope.ALL, Optional.empty());
  }

  /** Returns a profile's metrics by field and part, as reports and manifests hold them. */
  static Map<String, Object> plain(List<Metric> metrics) {
    Map<String, Map<String, @Nullable Object>> fields = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      Map<String, @Nullable Object> field =
          fields.computeIfAbsent(String.join(", ", metric.fields()), f -> new LinkedHashMap<>());
      if (metric.part().isEmpty()) {
        field.put(metric.name(), metric.value().orElse(null));
        if (metric.precision() == Metric.Precision.ESTIMATED) {
          field.put(metric.name() + "_estimated", true);
        }
      } else {
        List<Object> parts = new ArrayList<>();
        if (field.get(metric.name()) instanceof List<?> before) {
          parts.addAll(before);
        }
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("part", metric.part());
        part.put("value", metric.value().orElse(0.0));
        parts.add(part);
        field.put(metric.name(), parts);
      }
    }
    return new LinkedHashMap<>(fields);
  }
}
