package dev.quern.cli;

import dev.quern.format.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads plain values of reports, plans and manifests; what is absent is empty or zero. */
final class Values {
  private Values() {}

  /** Returns the object {@code name}, empty where there is none. */
  static Map<String, @Nullable Object> part(Map<String, @Nullable Object> values, String name) {
    Object part = values.get(name);
    return part instanceof Map ? Json.object(part) : Map.of();
  }

  /** Returns the objects in the list {@code name}, none where there is no list. */
  static List<Map<String, @Nullable Object>> parts(
      Map<String, @Nullable Object> values, String name) {
    Object list = values.get(name);
    return list instanceof List ? Json.list(list).stream().map(Json::object).toList() : List.of();
  }

  /** Returns the number {@code name}, 0 where there is none. */
  static double number(Map<String, @Nullable Object> values, String name) {
    return values.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  /** Returns the whole number {@code name}, 0 where there is none. */
  static long count(Map<String, @Nullable Object> values, String name) {
    return values.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /** Returns {@code name} as text, empty where there is none. */
  static String text(Map<String, @Nullable Object> values, String name) {
    Object value = values.get(name);
    return value == null ? "" : value.toString();
  }
}
