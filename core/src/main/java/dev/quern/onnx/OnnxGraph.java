package dev.quern.onnx;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An ONNX model under construction. Every call appends to the graph and gives back the name of the
 * value it made; a node may only read values that exist, so the graph is in topological order. The
 * first dimension of every input and output is the batch, {@code N}. Names are given by a counter
 * per operator type: the same calls make the same bytes, always.
 *
 * <p>Not safe for use by several threads.
 */
public final class OnnxGraph {

  /** Version of the file format, the one of opset 17. */
  private static final long IR_VERSION = 8;

  /** Generated names begin so; names of inputs and outputs should not. */
  private static final char GENERATED = '/';

  private record Value(String name, ElementType type, List<Dim> dims) {}

  private record Constant(String name, OnnxTensor tensor) {}

  private record Node(
      Domain domain,
      String opType,
      List<String> inputs,
      List<String> outputs,
      List<Attribute> attributes) {}

  private final String name;
  private final List<Value> inputs = new ArrayList<>();
  private final List<Value> outputs = new ArrayList<>();
  private final List<Constant> constants = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Set<Domain> domains = EnumSet.of(Domain.STANDARD, Domain.ML);
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> counters = new HashMap<>();
  private String doc = "";

  /** An empty graph; the name is shown by viewers. */
  public OnnxGraph(String name) {
    this.name = name;
  }

  /** An input of shape [N, rest…]. */
  public String input(String name, ElementType type, long... rest) {
    return input(name, type, Dim.fixed(rest));
  }

  /** An input of shape [N, rest…] whose other dimensions may be open too. */
  public String input(String name, ElementType type, List<Dim> rest) {
    claim(name);
    inputs.add(new Value(name, type, withBatch(rest)));
    return name;
  }

  /** A constant; {@code hint} is the stem of its name. */
  public String constant(String hint, OnnxTensor tensor) {
    String value = fresh(hint);
    constants.add(new Constant(value, tensor));
    return value;
  }

  /** A float constant; no dims make a scalar. */
  public String constant(String hint, float[] values, long... dims) {
    return constant(hint, OnnxTensor.of(values, dims));
  }

  /** A double constant; no dims make a scalar. */
  public String constant(String hint, double[] values, long... dims) {
    return constant(hint, OnnxTensor.of(values, dims));
  }

  /** A 64-bit integer constant; no dims make a scalar. */
  public String constant(String hint, long[] values, long... dims) {
    return constant(hint, OnnxTensor.of(values, dims));
  }

  /** A text constant; no dims make a scalar. */
  public String constant(String hint, List<String> values, long... dims) {
    return constant(hint, OnnxTensor.of(values, dims));
  }

  /** A node of the standard operators with one output. An absent optional input is "". */
  public String node(String opType, List<String> inputs, Attribute... attributes) {
    return node(Domain.STANDARD, opType, inputs, attributes);
  }

  /** A node with one output. */
  public String node(Domain domain, String opType, List<String> inputs, Attribute... attributes) {
    return nodes(domain, opType, inputs, 1, attributes).get(0);
  }

  /** A node with several outputs, in the order of its operator's specification. */
  public List<String> nodes(
      Domain domain, String opType, List<String> inputs, int outputCount, Attribute... attributes) {
    inputs.forEach(input -> requireKnown(opType, input));
    List<String> made = IntStream.range(0, outputCount).mapToObj(i -> fresh(opType)).toList();
    add(domain, opType, inputs, made, attributes);
    return made;
  }

  /** The value converted to another element type. */
  public String cast(String value, ElementType type) {
    return node("Cast", List.of(value), Attribute.of("to", type.code()));
  }

  /** Declares {@code value} as output {@code name} of shape [N, rest…]. */
  public void output(String value, String name, ElementType type, long... rest) {
    output(value, name, type, Dim.fixed(rest));
  }

  /** Declares an output whose other dimensions may be open too. */
  public void output(String value, String name, ElementType type, List<Dim> rest) {
    requireKnown("output " + name, value);
    claim(name);
    // Identity lets the output keep its name whatever the graph before it looks like.
    add(Domain.STANDARD, "Identity", List.of(value), List.of(name));
    outputs.add(new Value(name, type, withBatch(rest)));
  }

  /** A key and value for readers of the file; a key set again keeps its place. */
  public void metadata(String key, String value) {
    metadata.put(key, value);
  }

  /** A description for people, shown by viewers. */
  public void doc(String text) {
    doc = text;
  }

  /** Takes away nodes, constants and inputs that no output depends on. */
  public void prune() {
    Set<String> needed = new HashSet<>();
    outputs.forEach(output -> needed.add(output.name()));
    // Nodes stand behind what they read, so one walk from the end meets every reader first.
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.outputs().stream().anyMatch(needed::contains)) {
        needed.addAll(node.inputs());
      }
    }
    nodes.removeIf(node -> node.outputs().stream().noneMatch(needed::contains));
    constants.removeIf(constant -> !needed.contains(constant.name()));
    inputs.removeIf(input -> !needed.contains(input.name()));
  }

  /** Names of the inputs in the order of their declaration. */
  public List<String> inputNames() {
    return inputs.stream().map(Value::name).toList();
  }

  /** The whole model as a file; the graph can grow on afterwards. */
  public byte[] toBytes() {
    Proto model = new Proto();
    model.varint(1, IR_VERSION);
    model.text(2, "quern");
    if (!doc.isEmpty()) {
      model.text(6, doc);
    }
    model.message(7, this::writeGraph);
    for (Domain domain : domains) {
      model.message(
          8,
          out -> {
            out.text(1, domain.id());
            out.varint(2, domain.version());
          });
    }
    metadata.forEach(
        (key, value) ->
            model.message(
                14,
                out -> {
                  out.text(1, key);
                  out.text(2, value);
                }));
    return model.toBytes();
  }

  private void writeGraph(Proto graph) {
    nodes.forEach(node -> graph.message(1, out -> write(out, node)));
    graph.text(2, name);
    constants.forEach(
        constant -> graph.message(5, out -> constant.tensor().write(out, constant.name())));
    if (!doc.isEmpty()) {
      graph.text(10, doc);
    }
    inputs.forEach(value -> graph.message(11, out -> write(out, value)));
    outputs.forEach(value -> graph.message(12, out -> write(out, value)));
  }

  private static void write(Proto out, Node node) {
    node.inputs().forEach(input -> out.text(1, input));
    node.outputs().forEach(output -> out.text(2, output));
    out.text(3, node.outputs().get(0));
    out.text(4, node.opType());
    node.attributes().forEach(attribute -> out.message(5, attribute::write));
    if (!node.domain().id().isEmpty()) {
      out.text(7, node.domain().id());
    }
  }

  /** ValueInfoProto: name 1, type 2 → tensor_type 1 → elem_type 1, shape 2 → dim 1. */
  private static void write(Proto out, Value value) {
    out.text(1, value.name());
    out.message(
        2,
        type ->
            type.message(
                1,
                tensor -> {
                  tensor.varint(1, value.type().code());
                  tensor.message(
                      2,
                      shape -> value.dims().forEach(dim -> shape.message(1, d -> write(d, dim))));
                }));
  }

  private static void write(Proto out, Dim dim) {
    if (dim instanceof Dim.Fixed fixed) {
      out.varint(1, fixed.size());
    } else if (dim instanceof Dim.Named named) {
      out.text(2, named.name());
    }
  }

  private void add(
      Domain domain,
      String opType,
      List<String> inputs,
      List<String> outputs,
      Attribute... attributes) {
    domains.add(domain);
    nodes.add(new Node(domain, opType, List.copyOf(inputs), outputs, List.of(attributes)));
  }

  private static List<Dim> withBatch(List<Dim> rest) {
    List<Dim> dims = new ArrayList<>();
    dims.add(Dim.BATCH);
    dims.addAll(rest);
    return List.copyOf(dims);
  }

  private void claim(String value) {
    if (value.isEmpty() || !taken.add(value)) {
      throw new IllegalArgumentException(
          "name of a value must be new and not empty; found: '" + value + "'");
    }
  }

  private String fresh(String stem) {
    String value;
    do {
      value = GENERATED + stem + '_' + counters.merge(stem, 1, Integer::sum);
    } while (!taken.add(value));
    return value;
  }

  private void requireKnown(String reader, String value) {
    if (!value.isEmpty() && !taken.contains(value)) {
      throw new IllegalArgumentException(
          reader + ": input must be a value of this graph; found: '" + value + "'");
    }
  }
}
