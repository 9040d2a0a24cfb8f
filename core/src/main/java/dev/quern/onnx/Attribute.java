package dev.quern.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Consumer;

/**
 * A named constant of a node. Fields and type codes: AttributeProto of {@code onnx.proto}; the type
 * is required by ONNX Runtime although the format could do without.
 */
public final class Attribute {

  private static final int NAME = 1;
  private static final int TYPE = 20;

  private final String name;
  private final int type;
  private final Consumer<Proto> value;

  private Attribute(String name, int type, Consumer<Proto> value) {
    this.name = name;
    this.type = type;
    this.value = value;
  }

  /** One float. */
  public static Attribute of(String name, float value) {
    return new Attribute(name, 1, out -> out.float32(2, value));
  }

  /** One integer; also an {@link ElementType#code()}. */
  public static Attribute of(String name, long value) {
    return new Attribute(name, 2, out -> out.varint(3, value));
  }

  /** One text, written as UTF-8. */
  public static Attribute of(String name, String value) {
    return new Attribute(name, 3, out -> out.text(4, value));
  }

  /** One tensor. */
  public static Attribute of(String name, OnnxTensor value) {
    return new Attribute(name, 4, out -> out.message(5, tensor -> value.write(tensor, "")));
  }

  /** A list of floats. */
  public static Attribute floats(String name, float... values) {
    float[] copy = values.clone();
    return new Attribute(
        name,
        6,
        out -> {
          for (float value : copy) {
            out.float32(7, value);
          }
        });
  }

  /** A list of integers. */
  public static Attribute ints(String name, long... values) {
    long[] copy = values.clone();
    return new Attribute(
        name,
        7,
        out -> {
          for (long value : copy) {
            out.varint(8, value);
          }
        });
  }

  /** A list of texts, written as UTF-8; for texts that data are compared with use {@link #raw}. */
  public static Attribute strings(String name, List<String> values) {
    return raw(name, values.stream().map(value -> value.getBytes(UTF_8)).toList());
  }

  /** A list of texts in an encoding of the caller's choice, see {@link OnnxText#keys}. */
  public static Attribute raw(String name, List<byte[]> values) {
    List<byte[]> copy = values.stream().map(byte[]::clone).toList();
    return new Attribute(name, 8, out -> copy.forEach(value -> out.bytes(9, value)));
  }

  void write(Proto out) {
    out.text(NAME, name);
    value.accept(out);
    out.varint(TYPE, type);
  }
}
