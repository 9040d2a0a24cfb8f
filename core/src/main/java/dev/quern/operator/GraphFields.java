package dev.quern.operator;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.onnx.OnnxGraph;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of a sample as values of an ONNX graph under construction: a step reads the current
 * value of a field, adds nodes and sets the new one.
 *
 * <p>Numbers and bools are double [N,1] with NaN for missing; texts are string [N,1] in the
 * encoding of {@code OnnxText}. Decimals, timestamps (µs) and dates (days) only pass through, as
 * double [N,1] too, so that a model can read them: steps that work on them run on the host. Other
 * types have no place in a graph.
 */
public final class GraphFields {
  private final OnnxGraph graph;
  private final Map<String, Value> values = new LinkedHashMap<>();

  /**
   * The value of a field.
   *
   * @param tensor name of the ONNX value, [N,1]
   * @param field the field as the steps so far have made it
   */
  public record Value(String tensor, Field field) {
    /** Returns whether the tensor holds texts. */
    public boolean isText() {
      return field.type().equals(Type.TEXT);
    }
  }

  /** Makes an empty scope over {@code graph}. */
  public GraphFields(OnnxGraph graph) {
    this.graph = graph;
  }

  /** Returns whether steps in a graph can work on fields of {@code type}. */
  public static boolean supports(Type type) {
    return switch (type.kind()) {
      case TEXT, LONG, DOUBLE, FLOAT, BOOL -> true;
      case DECIMAL, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> false;
    };
  }

  /** Returns {@code declared} if steps in a graph can work on these fields, else the host. */
  public static Serving serving(Schema input, int[] positions, Serving declared) {
    for (int position : positions) {
      if (!supports(input.field(position).type())) {
        return Serving.HOST;
      }
    }
    return declared;
  }

  /** Returns the graph to add nodes to. */
  public OnnxGraph graph() {
    return graph;
  }

  /** Returns the value of the field called {@code name}. */
  public Value value(String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("graph must have the field " + name);
    }
    return value;
  }

  /** Sets the value of {@code field}, new or replaced. */
  public void set(Field field, String tensor) {
    values.put(field.name(), new Value(tensor, field));
  }

  /** Keeps exactly the fields of {@code schema}, in its order. */
  public void retain(Schema schema) {
    Map<String, Value> kept = new LinkedHashMap<>();
    for (String name : schema.names()) {
      if (values.containsKey(name)) {
        kept.put(name, value(name));
      }
    }
    values.clear();
    values.putAll(kept);
  }

  /** Returns all values by field name, in order. */
  public Map<String, Value> values() {
    return values;
  }
}
