package dev.quern.run;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The profile every version gets: an analyzer like any other, folded while the version is written.
 */
final class Profiles {
  private static final String ANALYZER = "quality.profile";

  private static final Set<String> OF_FEW = Set.of("min", "max", "quantile", "histogram");

  /** Of these a reader would not know; quantiles and histograms are estimates by their nature. */
  private static final Set<String> ARE_MARKED =
      Set.of("suspicious", "correlation", "rank_correlation", "determines");

  private Profiles() {}

  /** Returns whether single values of {@code field} must not be shown. */
  static boolean isHidden(Field field) {
    return field.is(Role.SENSITIVE) || field.is(Role.IDENTIFIER) || field.is(Role.SUBJECT);
  }

  /** Texts and bytes are described by their length, which may be told. */
  private static boolean isHidden(Schema schema, List<String> fields) {
    for (String name : fields) {
      Optional<Field> field = schema.field(name);
      if (field.isPresent() && isHidden(field.get())) {
        Type.Kind kind = field.get().type().kind();
        return kind != Type.Kind.TEXT && kind != Type.Kind.BYTES;
      }
    }
    return false;
  }

  /** Returns the task of the profile, which never looks at the fields {@code without}. */
  static Task task(Registry registry, List<String> without) {
    OperatorSpec spec = registry.find(ANALYZER).orElseThrow();
    // Sorted, so that equal tasks are one whoever names the fields.
    List<String> sorted = without.stream().sorted().toList();
    Map<String, @Nullable Object> given = without.isEmpty() ? Map.of() : Map.of("without", sorted);
    String parameters =
        Params.read(spec.params(), given, new ArrayList<>()).orElseThrow().canonical();
    return new Task(
        "profile", ANALYZER, spec.revision(), parameters, Task.Scope.ALL, Optional.empty());
  }

  /**
   * Returns a profile's metrics by field and part, as reports and manifests hold them. Of numbers
   * and times that are sensitive or identify, only what many samples make together: an extremum, a
   * quantile or a bin of one would tell a single sample's value.
   */
  static Map<String, Object> plain(List<Metric> metrics, Schema schema) {
    Map<String, Map<String, @Nullable Object>> fields = new LinkedHashMap<>();
    for (Metric metric : metrics) {
      if (OF_FEW.contains(metric.name()) && isHidden(schema, metric.fields())) {
        continue;
      }
      Map<String, @Nullable Object> field =
          fields.computeIfAbsent(String.join(", ", metric.fields()), f -> new LinkedHashMap<>());
      if (metric.part().isEmpty()) {
        field.put(metric.name(), metric.value().orElse(null));
        if (metric.precision() == Metric.Precision.ESTIMATED) {
          field.put(metric.name() + "_estimated", true);
        }
      } else {
        if (metric.precision() == Metric.Precision.ESTIMATED
            && ARE_MARKED.contains(metric.name())) {
          field.put(metric.name() + "_estimated", true);
        }
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
