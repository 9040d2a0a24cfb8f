package dev.quern.testkit;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Samples written as JSON arrays of objects, as in the examples of operators. Types are inferred:
 * whole numbers are long, numbers with a point double, a field with both double; a field without
 * any value is text. The key {@value #SPLIT} stands for a sample's split.
 */
public final class JsonSamples {
  /** Key of a sample's split. */
  public static final String SPLIT = "$split";

  private JsonSamples() {}

  /** Returns the inputs of an example: one, or one for each array within the array. */
  public static List<Batch> inputs(String json) {
    List<@Nullable Object> array = Json.list(Json.parse(json));
    boolean several = !array.isEmpty() && array.get(0) instanceof List;
    List<Batch> inputs = new ArrayList<>();
    if (!several) {
      inputs.add(batch(0, array));
      return inputs;
    }
    for (int source = 0; source < array.size(); source++) {
      inputs.add(batch(source, Json.list(array.get(source))));
    }
    return inputs;
  }

  /** Returns the samples of {@code json}, an array of objects. */
  public static Batch batch(String json) {
    return batch(0, Json.list(Json.parse(json)));
  }

  private static Batch batch(int source, List<@Nullable Object> samples) {
    Map<String, Type> types = new LinkedHashMap<>();
    for (Object sample : samples) {
      Json.object(sample)
          .forEach(
              (name, value) -> {
                if (!name.equals(SPLIT)) {
                  types.merge(name, type(value), JsonSamples::both);
                }
              });
    }
    List<Field> fields = new ArrayList<>();
    types.forEach((name, type) -> fields.add(Field.of(name, settled(type))));
    return batch(source, new Schema(fields), samples);
  }

  /** Returns {@code samples}, a list of maps, as a batch of {@code schema}. */
  public static Batch batch(int source, Schema schema, List<? extends @Nullable Object> samples) {
    BatchBuilder builder = new BatchBuilder(schema);
    for (int i = 0; i < samples.size(); i++) {
      Map<String, @Nullable Object> sample = Json.object(samples.get(i));
      SampleId id = SampleId.of("source" + source, "file", i, 0);
      Split split =
          sample.get(SPLIT) instanceof String written
              ? Split.of(written).orElseThrow()
              : Split.NONE;
      builder.keys().append(id.high(), id.low(), (long) source << 32, i, 0, split.code());
      for (int f = 0; f < schema.size(); f++) {
        builder.column(f).appendValue(sample.get(schema.field(f).name()));
      }
    }
    return builder.build();
  }

  /** Returns the selected samples of {@code batches} as plain values. */
  public static List<Map<String, @Nullable Object>> plain(List<Batch> batches) {
    List<Map<String, @Nullable Object>> samples = new ArrayList<>();
    for (Batch batch : batches) {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        Map<String, @Nullable Object> sample = new LinkedHashMap<>();
        for (int f = 0; f < batch.schema().size(); f++) {
          sample.put(batch.schema().field(f).name(), batch.column(f).valueAt(row));
        }
        if (batch.keys().split(row) != Split.NONE) {
          sample.put(SPLIT, batch.keys().split(row).written());
        }
        samples.add(sample);
      }
    }
    return samples;
  }

  private static final Type UNKNOWN = Type.list(Type.BYTES);

  private static Type type(@Nullable Object value) {
    if (value == null) {
      return UNKNOWN;
    }
    if (value instanceof Long) {
      return Type.LONG;
    }
    if (value instanceof Double) {
      return Type.DOUBLE;
    }
    if (value instanceof Boolean) {
      return Type.BOOL;
    }
    if (value instanceof List<?> list) {
      Type element = UNKNOWN;
      for (Object part : list) {
        element = both(element, type(part));
      }
      return Type.list(settled(element));
    }
    if (value instanceof Map) {
      List<Field> fields = new ArrayList<>();
      Json.object(value).forEach((name, part) -> fields.add(Field.of(name, settled(type(part)))));
      return Type.struct(new Schema(fields));
    }
    return Type.TEXT;
  }

  private static Type both(Type one, Type other) {
    if (one.equals(UNKNOWN) || one.equals(other)) {
      return other;
    }
    if (other.equals(UNKNOWN)) {
      return one;
    }
    if (one.isNumber() && other.isNumber()) {
      return Type.DOUBLE;
    }
    throw new IllegalArgumentException(
        "values of a field must have one type; found: " + one + " and " + other);
  }

  private static Type settled(Type type) {
    return type.equals(UNKNOWN) ? Type.TEXT : type;
  }
}
