package dev.quern.run;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.store.Manifest;
import dev.quern.store.StoredFits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the fits of a run tell in its report. A fit counts as data: numbers are told, a text only
 * where the profile shows it too, because enough samples share it; of sensitive fields and
 * identifiers nothing.
 */
final class Learnings {
  private final StoredFits fits;
  private final Map<String, Object> profile;
  private final List<String> encrypted;

  /**
   * Makes one.
   *
   * @param encrypted fields of which nothing is told
   */
  Learnings(StoredFits fits, Map<String, Object> profile, List<String> encrypted) {
    this.encrypted = List.copyOf(encrypted);
    this.fits = fits;
    this.profile = profile;
  }

  /** Returns one entry per fit of {@code plan} that has been computed. */
  List<Object> of(Plan plan) throws IOException {
    List<Object> all = new ArrayList<>();
    for (Plan.Point point : plan.points()) {
      if (point instanceof Plan.Point.Fitting fitting) {
        Optional<Manifest.Learnt> learnt = fits.find(fitting.key());
        learnt.ifPresent(
            fit -> all.add(plain(fitting.task(), fitting.samples(), fit.fit().values())));
      } else if (point instanceof Plan.Point.Learning learning) {
        Optional<Manifest.Learnt> learnt = fits.find(learning.key());
        learnt.ifPresent(
            fit -> all.add(plain(learning.task(), learning.samples(), fit.fit().values())));
      }
    }
    return all;
  }

  private Map<String, Object> plain(
      Task task, Samples samples, Map<String, @Nullable Object> values) {
    Schema schema = samples.schema();
    List<Object> fields = new ArrayList<>();
    values.forEach(
        (name, value) ->
            // What is no field is the operator's own; its name may be a value of a sample.
            schema.field(name).ifPresent(field -> fields.add(field(field, value))));
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("step", task.step());
    one.put("operator", task.operator());
    one.put("fields", fields);
    return one;
  }

  private Map<String, Object> field(Field field, @Nullable Object value) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("field", field.name());
    one.put("type", field.type().toString());
    boolean hidden = Profiles.isHidden(field) || encrypted.contains(field.name());
    Optional<Object> told = hidden ? Optional.empty() : told(field, value);
    one.put("told", told.isPresent());
    told.ifPresent(v -> one.put("value", v));
    return one;
  }

  private Optional<Object> told(Field field, @Nullable Object value) {
    if (value instanceof Number || value instanceof Boolean) {
      return Optional.of(value);
    }
    if (value instanceof Map<?, ?>) {
      Map<String, @Nullable Object> parts = Json.object(value);
      boolean numbers = parts.values().stream().allMatch(part -> part instanceof Number);
      return numbers ? Optional.of(parts) : Optional.empty();
    }
    return value instanceof String text && isShown(field, text)
        ? Optional.of(text)
        : Optional.empty();
  }

  private boolean isShown(Field field, String text) {
    Object profiled = profile.get(field.name());
    if (profiled == null || !(Json.object(profiled).get("top_values") instanceof List<?> shared)) {
      return false;
    }
    return shared.stream().anyMatch(value -> text.equals(Json.object(value).get("part")));
  }
}
