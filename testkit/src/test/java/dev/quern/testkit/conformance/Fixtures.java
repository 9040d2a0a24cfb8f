package dev.quern.testkit.conformance;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.format.json.Json;
import dev.quern.testkit.JsonSamples;
import dev.quern.text.ValueParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The cases of Great Expectations' test definitions that one of its engines is not barred from.
 *
 * <p>A field has the type that the file gives it for pandas; else that of its values, mixed values
 * being text; without any value that of another engine; else double.
 */
final class Fixtures {
  static final String PANDAS = "pandas";

  private Fixtures() {}

  /**
   * A case.
   *
   * @param expectation the name of the expectation
   * @param number of the case in its file, from 1
   * @param data the samples
   * @param in the arguments
   * @param out what must come out; without key success and with an error if it must be refused
   * @param refused whether the arguments must be refused
   * @param tolerance of observed values
   */
  record Case(
      String expectation,
      int number,
      Batch data,
      Map<String, @Nullable Object> in,
      Map<String, @Nullable Object> out,
      boolean refused,
      double tolerance) {
    /** Returns whether there is anything to compare with. */
    boolean isTelling() {
      return refused
          || Stream.of(
                  "success",
                  "observed_value",
                  "observed_partition",
                  "unexpected_list",
                  "unexpected_index_list",
                  "result")
              .anyMatch(out::containsKey);
    }

    /** Returns what identifies the case in lists. */
    String name() {
      return expectation + " #" + number;
    }
  }

  /** Returns the cases for {@code engine} of the files below {@code folder} with {@code part}. */
  static List<Case> read(Path folder, String engine, String part) throws IOException {
    List<Case> cases = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> file.getFileName().toString().contains(part))
          .sorted()
          .forEach(file -> cases.addAll(cases(file, engine)));
    }
    return cases;
  }

  private static List<Case> cases(Path file, String engine) {
    Map<String, @Nullable Object> root;
    try {
      root = Json.parseObject(strict(Files.readString(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Files are told apart, expectations are not: two files ask the same of other data.
    String name = file.getFileName().toString().replaceFirst("^test_", "").replace(".json", "");
    List<Case> cases = new ArrayList<>();
    int number = 0;
    for (Object written : Json.list(root.get("datasets"))) {
      Map<String, @Nullable Object> dataset = Json.object(written);
      Optional<Batch> data = Optional.empty();
      for (Object test : Json.list(dataset.get("tests"))) {
        Map<String, @Nullable Object> fields = Json.object(test);
        number++;
        if (isFor(engine, fields)) {
          data = data.or(() -> Optional.of(batch(dataset)));
          cases.add(read(name, number, data.orElseThrow(), fields));
        }
      }
    }
    return cases;
  }

  private static Case read(
      String name, int number, Batch data, Map<String, @Nullable Object> test) {
    Map<String, @Nullable Object> out = Json.object(test.get("out"));
    boolean refused = test.containsKey("error") || out.containsKey("traceback_substring");
    double tolerance = test.get("tolerance") instanceof Number given ? given.doubleValue() : 1e-12;
    return new Case(name, number, data, Json.object(test.get("in")), out, refused, tolerance);
  }

  private static boolean isFor(String engine, Map<String, @Nullable Object> test) {
    boolean barred = Json.write(test.get("suppress_test_for")).contains('"' + engine + '"');
    Object only = test.get("only_for");
    return !barred && (only == null || Json.write(only).contains('"' + engine + '"'));
  }

  /** Python writes what JSON has not. */
  private static String strict(String json) {
    return json.replaceAll("([\\[:,]\\s*)(-?Infinity|NaN)(?=\\s*[\\],}])", "$1\"$2\"");
  }

  private static Batch batch(Map<String, @Nullable Object> dataset) {
    Map<String, @Nullable Object> columns = Json.object(dataset.get("data"));
    Map<String, @Nullable Object> schemas =
        dataset.get("schemas") instanceof Map<?, ?>
            ? Json.object(dataset.get("schemas"))
            : Map.of();
    List<Field> fields = new ArrayList<>();
    List<List<@Nullable Object>> values = new ArrayList<>();
    int samples = 0;
    for (Map.Entry<String, @Nullable Object> column : columns.entrySet()) {
      List<@Nullable Object> plain = Json.list(column.getValue());
      Type type = type(column.getKey(), plain, schemas);
      List<@Nullable Object> typed = new ArrayList<>();
      plain.forEach(value -> typed.add(value(type, value)));
      fields.add(Field.of(column.getKey(), type));
      values.add(typed);
      samples = Math.max(samples, plain.size());
    }
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      Map<String, @Nullable Object> row = new LinkedHashMap<>();
      for (int f = 0; f < fields.size(); f++) {
        row.put(fields.get(f).name(), values.get(f).get(i));
      }
      rows.add(row);
    }
    return JsonSamples.batch(0, new Schema(fields), rows);
  }

  private static Type type(
      String name, List<@Nullable Object> values, Map<String, @Nullable Object> schemas) {
    Type found = typeOf(values);
    Optional<Type> given = given(schemas.get(PANDAS), name);
    if (given.isPresent() && values.stream().allMatch(value -> fits(given.get(), value))) {
      return given.get();
    }
    if (!values.stream().allMatch(value -> value == null)) {
      return found;
    }
    return schemas.values().stream()
        .flatMap(schema -> given(schema, name).stream())
        .findFirst()
        .orElse(Type.DOUBLE);
  }

  private static Type typeOf(List<@Nullable Object> values) {
    boolean numbers = values.stream().allMatch(v -> v == null || v instanceof Number);
    boolean longs = values.stream().allMatch(v -> v == null || v instanceof Long);
    boolean bools = values.stream().allMatch(v -> v == null || v instanceof Boolean);
    return longs ? Type.LONG : numbers ? Type.DOUBLE : bools ? Type.BOOL : Type.TEXT;
  }

  private static Optional<Type> given(@Nullable Object schema, String name) {
    if (!(schema instanceof Map<?, ?> types) || !(types.get(name) instanceof String written)) {
      return Optional.empty();
    }
    String type = written.toLowerCase(java.util.Locale.ROOT);
    if (type.startsWith("int") || type.startsWith("bigint") || type.startsWith("long")) {
      return Optional.of(Type.LONG);
    } else if (type.startsWith("float") || type.startsWith("double") || type.startsWith("num")) {
      return Optional.of(Type.DOUBLE);
    } else if (type.startsWith("bool")) {
      return Optional.of(Type.BOOL);
    } else if (type.startsWith("datetime") || type.startsWith("timestamp")) {
      return Optional.of(Type.TIMESTAMP);
    } else if (type.startsWith("date")) {
      return Optional.of(Type.DATE);
    }
    return Optional.of(Type.TEXT);
  }

  private static boolean fits(Type type, @Nullable Object value) {
    if (value == null) {
      return true;
    }
    return switch (type.kind()) {
      case LONG -> value instanceof Long;
      case DOUBLE -> value instanceof Number;
      case BOOL -> value instanceof Boolean;
      case DATE, TIMESTAMP -> value instanceof String text && time(type, text) != null;
      case TEXT -> true;
      case FLOAT, DECIMAL, BYTES, LIST, STRUCT -> false;
    };
  }

  private static @Nullable Object time(Type type, String text) {
    var builder = dev.quern.data.ColumnBuilder.of(type);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ValueParser.of(type).parse(bytes, 0, bytes.length, builder) == null
        ? builder.build().valueAt(0)
        : null;
  }

  private static @Nullable Object value(Type type, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case DOUBLE -> ((Number) value).doubleValue();
      case DATE, TIMESTAMP -> time(type, (String) value);
      case TEXT ->
          value instanceof Double d
              ? new BigDecimal(d.toString()).toPlainString()
              : value.toString();
      case LONG, BOOL, FLOAT, DECIMAL, BYTES, LIST, STRUCT -> value;
    };
  }

  /** Returns the time that {@code text} tells. */
  static Instant instant(String text) {
    return (Instant) java.util.Objects.requireNonNull(time(Type.TIMESTAMP, text));
  }
}
