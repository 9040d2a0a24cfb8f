package dev.quern.run;

import dev.quern.check.History;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.store.Datasets;
import dev.quern.store.Manifest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What metrics were in the versions of a dataset: read from their manifests, which are the only
 * place where it stands, so that it neither diverges from them nor breaks with a killed run.
 */
public final class MetricHistory {
  private static final Logger LOG = LoggerFactory.getLogger(MetricHistory.class);
  private static final String VALUES = "values";
  private static final String FAILED = "failed_checks";

  private final List<Moment> moments;

  private MetricHistory(List<Moment> moments) {
    this.moments = List.copyOf(moments);
  }

  /**
   * The metrics of one version.
   *
   * @param version its id
   * @param created when it was made
   * @param failed checks of level error that failed: others must not be compared with it
   * @param values by metric as written, {@code mean(age)}
   */
  public record Moment(String version, Instant created, long failed, Map<String, Double> values) {}

  /** Reads the history of {@code dataset}; versions that cannot be read are left out and logged. */
  public static MetricHistory of(Datasets datasets, String dataset) throws IOException {
    List<Moment> moments = new ArrayList<>();
    for (String id : datasets.versions(dataset)) {
      try {
        Manifest manifest = datasets.manifest(dataset, id);
        moments.add(moment(manifest));
      } catch (DataException e) {
        LOG.warn("{}", e.getMessage());
      }
    }
    return new MetricHistory(moments);
  }

  private static Moment moment(Manifest manifest) {
    Map<String, Double> values =
        new LinkedHashMap<>(ofProfile(manifest.samples(), manifest.schema(), manifest.profile()));
    if (manifest.metrics().get(VALUES) instanceof Map<?, ?> measured) {
      measured.forEach(
          (name, value) -> {
            if (value instanceof Number number) {
              values.put(String.valueOf(name), number.doubleValue());
            }
          });
    }
    long failed = manifest.metrics().get(FAILED) instanceof Number n ? n.longValue() : 0;
    return new Moment(manifest.version(), Instant.parse(manifest.created()), failed, values);
  }

  /** Returns all versions, oldest first. */
  public List<Moment> moments() {
    return moments;
  }

  /**
   * Returns the values of {@code metric} in versions that passed their checks, but for {@code
   * except}, oldest first.
   */
  public History of(String metric, Optional<String> except) {
    List<History.Past> past = new ArrayList<>();
    for (Moment moment : moments) {
      Double value = moment.values().get(metric);
      if (value != null && moment.failed() == 0 && !except.equals(Optional.of(moment.version()))) {
        past.add(new History.Past(moment.version(), moment.created(), value));
      }
    }
    return new History(past);
  }

  /** Returns what a manifest keeps of checks. */
  static Map<String, @Nullable Object> plain(Map<String, Double> values, long failed) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put(VALUES, new LinkedHashMap<String, @Nullable Object>(values));
    plain.put(FAILED, failed);
    return plain;
  }

  /**
   * Returns the main metrics of a profile, under the names of checks where they measure the same:
   * count, per field the share that is missing and distinct values, of numbers and of the lengths
   * of texts mean, deviation, min, max and median.
   */
  static Map<String, Double> ofProfile(
      long samples, Schema schema, Map<String, ? extends @Nullable Object> profile) {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("count()", (double) samples);
    for (Field field : schema.fields()) {
      if (profile.get(field.name()) instanceof Map<?, ?> metrics) {
        ofField(field, metrics, values);
      }
    }
    return values;
  }

  private static void ofField(Field field, Map<?, ?> metrics, Map<String, Double> values) {
    String of = "(" + field.name() + ")";
    double all = metrics.get("samples") instanceof Number n ? n.doubleValue() : Double.NaN;
    if (metrics.get("missing") instanceof Number missing && all > 0) {
      values.put("missing_share" + of, missing.doubleValue() / all);
    }
    boolean estimated = Boolean.TRUE.equals(metrics.get("distinct_estimated"));
    put(metrics, "distinct", estimated ? "distinct_estimate" + of : "distinct" + of, values);
    // Texts and bytes are described by their lengths.
    String what = field.type().isNumber() ? "" : "_length";
    if (field.type().isNumber() || field.type().kind() == Type.Kind.TEXT) {
      for (String name : List.of("mean", "deviation", "min", "max")) {
        put(metrics, name, name + what + of, values);
      }
      if (metrics.get("quantile") instanceof List<?> parts) {
        for (Object part : parts) {
          if (part instanceof Map<?, ?> one && "0.5".equals(one.get("part"))) {
            put(one, "value", "median" + what + of, values);
          }
        }
      }
    }
  }

  private static void put(Map<?, ?> metrics, String key, String name, Map<String, Double> values) {
    if (metrics.get(key) instanceof Number number) {
      values.put(name, number.doubleValue());
    }
  }
}
