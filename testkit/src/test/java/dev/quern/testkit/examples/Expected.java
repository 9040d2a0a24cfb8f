package dev.quern.testkit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The figures of an example in its {@code expected.json}: counts and digest are exact, metrics of
 * the model within the tolerance that the file states, because the last bits of a sum of floats
 * depend on the width of the processor's vectors.
 */
final class Expected {
  private static final double TOLERANCE = 0.02;
  private static final List<String> COUNTS =
      List.of("read", "created", "kept", "dropped", "merged", "quarantined", "reasons", "rules");

  private Expected() {}

  /** Compares {@code run} with the file, or rewrites it when the property says so. */
  static void compare(ExampleRun run) throws IOException {
    Path file = run.folder().resolve("expected.json");
    Map<String, @Nullable Object> old =
        Files.exists(file) ? Json.parseObject(Files.readString(file)) : Map.of();
    Map<String, @Nullable Object> found = figures(run);
    if (Boolean.getBoolean("golden.update")) {
      found.put("metrics", metrics(run, old));
      Files.writeString(file, Json.pretty(found));
      return;
    }
    Map<String, @Nullable Object> exact = new LinkedHashMap<>(old);
    exact.remove("metrics");
    assertThat(Json.pretty(found))
        .as("%s; if the change is wanted, run with -Dgolden.update=true", file)
        .isEqualTo(Json.pretty(exact));
    Map<String, @Nullable Object> expected = Json.object(old.get("metrics"));
    assertThat(expected).isNotEmpty();
    for (Map.Entry<String, @Nullable Object> entry : expected.entrySet()) {
      Map<String, @Nullable Object> metric = Json.object(entry.getValue());
      assertThat(run.value(entry.getKey()))
          .as("%s of %s", entry.getKey(), file)
          .isCloseTo(number(metric, "value"), within(number(metric, "tolerance")));
      assertThat(number(run.metric(entry.getKey()), "denominator"))
          .as("denominator of %s of %s", entry.getKey(), file)
          .isEqualTo(number(metric, "denominator"));
    }
  }

  private static Map<String, @Nullable Object> figures(ExampleRun run) {
    Map<String, @Nullable Object> figures = new LinkedHashMap<>();
    Map<String, @Nullable Object> dataset = run.part("dataset");
    for (String key : List.of("name", "digest", "samples", "splits", "schema")) {
      figures.put(key, dataset.get(key));
    }
    figures.put("sources", counts(ExampleRun.list(run.report(), "sources"), "name"));
    figures.put("steps", counts(ExampleRun.list(run.report(), "steps"), "label"));
    Map<String, @Nullable Object> checks = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> check : ExampleRun.list(run.report(), "checks")) {
      checks.put(String.valueOf(check.get("check")), check.get("status"));
    }
    figures.put("checks", checks);
    return figures;
  }

  private static Map<String, @Nullable Object> counts(
      List<Map<String, @Nullable Object>> parts, String name) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> part : parts) {
      Map<String, @Nullable Object> counts = Json.object(part.get("counts"));
      Map<String, @Nullable Object> kept = new LinkedHashMap<>();
      COUNTS.forEach(key -> kept.put(key, counts.get(key)));
      all.put(String.valueOf(part.get(name)), kept);
    }
    return all;
  }

  /** Metrics of the whole, as found; tolerances as they were. */
  private static Map<String, @Nullable Object> metrics(
      ExampleRun run, Map<String, @Nullable Object> old) {
    Map<String, @Nullable Object> before =
        old.containsKey("metrics") ? Json.object(old.get("metrics")) : Map.of();
    Map<String, @Nullable Object> metrics = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> metric : ExampleRun.list(run.part("model"), "metrics")) {
      String name = String.valueOf(metric.get("name"));
      if (!metric.containsKey("part")) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("value", Math.round(number(metric, "value") * 1e4) / 1e4);
        entry.put(
            "tolerance",
            before.containsKey(name)
                ? number(Json.object(before.get(name)), "tolerance")
                : TOLERANCE);
        entry.put("denominator", metric.get("denominator"));
        metrics.put(name, entry);
      }
    }
    return metrics;
  }

  private static double number(Map<String, @Nullable Object> object, String key) {
    if (object.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw new AssertionError(key + " must be a number; found: another value or none");
  }
}
