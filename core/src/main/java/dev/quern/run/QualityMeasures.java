package dev.quern.run;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Attempts;
import dev.quern.engine.Task;
import dev.quern.operator.AvailabilityMetrics;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.statistics.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The five measures of a version (accuracy, completeness, consistency, timeliness, availability)
 * and those beside them: what the recipe's checks measure, and where they measure nothing, what
 * follows from the profile, the model's test and the files of the version. A measure of which
 * nothing is known stands there without a value.
 */
public final class QualityMeasures {
  /** How long a sample counts as up to date where the recipe does not say. */
  static final String TTL = "365d";

  private static final String PROFILE = "quality.profile";
  private static final String TIMELINESS = "quality.timeliness";

  /** Measures that are always told, and those that are where they were declared. */
  private static final List<String> FIVE =
      List.of("accuracy", "completeness", "consistency", "timeliness");

  private static final List<String> OTHERS =
      List.of("uniqueness", "distinctness", "validity", "representativeness", "diversity");

  private static final Set<String> HELD_OUT = Set.of("test_accuracy", "validation_accuracy");

  private final Schema schema;
  private final List<Measured> measured;
  private final Map<String, List<Metric>> byField = new HashMap<>();
  private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();

  private QualityMeasures(Schema schema, List<Measured> measured) {
    this.schema = schema;
    this.measured = measured;
  }

  /**
   * What an analyzer has measured.
   *
   * @param operator name of the analyzer
   * @param parameters its parameters in canonical form
   * @param metrics what it measured
   * @param states SHA-256 of the stored states it follows from; none where none are stored
   */
  public record Measured(
      String operator, String parameters, List<Metric> metrics, List<String> states) {}

  /**
   * What became of tries to read files.
   *
   * @param subject what they are of: {@code version NAME@V} or {@code source NAME}
   */
  public record Accessible(String subject, List<Attempts> attempts) {}

  /** Returns what is measured of a version of {@code schema} beside its profile and checks. */
  static List<Task> byDefault(Registry registry, Schema schema, List<Plan.CheckPlan> checks) {
    boolean declared =
        checks.stream().anyMatch(check -> check.task().operator().equals(TIMELINESS));
    Optional<OperatorSpec> spec = registry.find(TIMELINESS);
    List<Task> tasks = new ArrayList<>();
    if (declared || spec.isEmpty()) {
      return tasks;
    }
    for (Field field : schema.fields()) {
      if (field.is(Role.EVENT_TIME) && isTime(field.type())) {
        Params params =
            Params.read(
                    spec.get().params(),
                    Map.of("field", field.name(), "ttl", TTL),
                    new ArrayList<>())
                .orElseThrow();
        tasks.add(
            new Task(
                "timeliness",
                TIMELINESS,
                spec.get().revision(),
                params.canonical(),
                Task.Scope.ALL,
                Optional.empty()));
      }
    }
    return tasks;
  }

  private static boolean isTime(Type type) {
    return type.equals(Type.TIMESTAMP) || type.equals(Type.DATE) || type.equals(Type.LONG);
  }

  /**
   * Returns the measures as plain values, as reports and JSON hold them.
   *
   * @param schema of the version
   * @param measured what its analyzers have measured, the profile among it
   * @param model the metrics on the card of the model that was trained on it, none without one
   * @param accessible what of its files and sources was there
   */
  public static List<Map<String, @Nullable Object>> plain(
      Schema schema,
      List<Measured> measured,
      List<Map<String, @Nullable Object>> model,
      List<Accessible> accessible) {
    QualityMeasures measures = new QualityMeasures(schema, measured);
    for (String name : FIVE) {
      if (!measures.declared(name)) {
        measures.derived(name, model);
      }
    }
    measures.availability(accessible);
    for (String name : OTHERS) {
      if (!measures.declared(name)) {
        switch (name) {
          case "distinctness" -> measures.identifiers(name, "distinct");
          case "uniqueness" -> measures.identifiers(name, "once");
          default -> {}
        }
      }
    }
    return measures.rows;
  }

  /** Adds what the recipe measures under {@code name}; false if it measures nothing of it. */
  private boolean declared(String name) {
    boolean found = false;
    for (Measured one : measured) {
      if (one.operator().equals("quality." + name)) {
        one.metrics().forEach(metric -> add(name, metric.plain(), one, "declared"));
        found = true;
      }
    }
    return found;
  }

  private void derived(String name, List<Map<String, @Nullable Object>> model) {
    switch (name) {
      case "accuracy" -> accuracy(model);
      case "completeness" -> completeness();
      case "consistency" -> formats();
      default -> add(name, none(name).plain(), null, "none");
    }
  }

  private void accuracy(List<Map<String, @Nullable Object>> model) {
    boolean found = false;
    for (Map<String, @Nullable Object> metric : model) {
      if (HELD_OUT.contains(String.valueOf(metric.get("name"))) && metric.get("part") == null) {
        add("accuracy", metric, null, "model");
        found = true;
      }
    }
    if (!found) {
      add("accuracy", none("accuracy").plain(), null, "none");
    }
  }

  /** Values that are there, of all fields together, as the profile counted them. */
  private void completeness() {
    double there = 0;
    double all = 0;
    for (Metric metric : profile()) {
      if (metric.name().equals("samples")) {
        all += metric.value().orElse(0.0);
        there += metric.value().orElse(0.0);
      } else if (metric.name().equals("missing")) {
        there -= metric.value().orElse(0.0);
      }
    }
    Metric metric = Metric.proportion("completeness", schema.names(), there, all);
    add("completeness", metric.plain(), profiled(), "profile");
  }

  /** Texts of the most frequent mask of their field, of all fields the profile knows masks of. */
  private void formats() {
    double dominant = 0;
    double all = 0;
    List<String> fields = new ArrayList<>();
    for (Field field : schema.fields()) {
      double most =
          profiled(field).stream()
              .filter(m -> m.name().equals("masks"))
              .mapToDouble(m -> m.value().orElse(0.0))
              .max()
              .orElse(0);
      if (most > 0) {
        fields.add(field.name());
        dominant += most;
        all += present(field);
      }
    }
    Metric metric = Metric.proportion("consistency", fields, dominant, all).part("format");
    add("consistency", metric.plain(), profiled(), fields.isEmpty() ? "none" : "profile");
  }

  /** What the profile counted of fields that should tell samples apart. */
  private void identifiers(String name, String counted) {
    for (Field field : schema.fields()) {
      if (!field.is(Role.IDENTIFIER)) {
        continue;
      }
      Optional<Metric> found = metric(counted, field);
      if (found.isPresent() && present(field) > 0) {
        add(name, identifying(name, field, found.get()), profiled(), "profile");
      }
    }
  }

  private double present(Field field) {
    return value("samples", field) - value("missing", field);
  }

  /** The interval of an estimate is the profile's: 1.96 standard errors of 0.81 %. */
  private Map<String, @Nullable Object> identifying(String name, Field field, Metric counted) {
    double all = present(field);
    double found = Math.min(all, counted.value().orElse(0.0));
    boolean exact = counted.precision() == Metric.Precision.EXACT;
    // How well values that occur once are estimated depends on the others: no bound is known.
    boolean bounded = exact || name.equals("distinctness");
    double error = exact ? 0 : 1.96 * 0.0081 * found;
    return new Metric(
            name,
            List.of(field.name()),
            "",
            Optional.of(found / all),
            found,
            all,
            Metric.Basis.RULE,
            "fraction",
            counted.precision(),
            bounded
                ? Optional.of(
                    new Interval((found - error) / all, Math.min(1, (found + error) / all)))
                : Optional.empty())
        .plain();
  }

  private void availability(List<Accessible> accessible) {
    if (accessible.isEmpty()) {
      add("availability", none("availability").plain(), null, "none");
    }
    for (Accessible one : accessible) {
      List<Metric> metrics = AvailabilityMetrics.of(List.of(one.subject()), one.attempts());
      add("availability", metrics.get(0).plain(), null, "attempts");
      for (Metric part : metrics.subList(1, metrics.size())) {
        if (part.value().isPresent()) {
          add("availability", part.plain(), null, "attempts");
        }
      }
    }
  }

  private static Metric none(String name) {
    return Metric.proportion(name, List.of(), 0, 0);
  }

  private void add(
      String measure,
      Map<String, @Nullable Object> metric,
      @Nullable Measured from,
      String source) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    row.put("measure", measure);
    row.putAll(metric);
    row.put("source", source);
    row.put("states", from == null ? List.of() : from.states());
    if (from != null && !from.operator().equals(PROFILE)) {
      row.put("parameters", Hierarchies.told(from.parameters()));
    }
    rows.add(row);
  }

  private @Nullable Measured profiled() {
    return measured.stream().filter(m -> m.operator().equals(PROFILE)).findFirst().orElse(null);
  }

  private List<Metric> profile() {
    Measured profile = profiled();
    return profile == null ? List.of() : profile.metrics();
  }

  private Optional<Metric> metric(String name, Field field) {
    return profiled(field).stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /** What the profile says of {@code field} alone, found once for all of many fields. */
  private List<Metric> profiled(Field field) {
    if (byField.isEmpty()) {
      for (Metric metric : profile()) {
        if (metric.fields().size() == 1) {
          byField.computeIfAbsent(metric.fields().get(0), f -> new ArrayList<>()).add(metric);
        }
      }
    }
    return byField.getOrDefault(field.name(), List.of());
  }

  private double value(String name, Field field) {
    return metric(name, field).flatMap(Metric::value).orElse(0.0);
  }
}
