package dev.quern.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** A constant tensor: numbers as little-endian raw data, texts as a list of byte strings. */
public final class OnnxTensor {

  // Fields of TensorProto.
  private static final int DIMS = 1;
  private static final int DATA_TYPE = 2;
  private static final int STRING_DATA = 6;
  private static final int NAME = 8;
  private static final int RAW_DATA = 9;

  private final ElementType type;
  private final long[] dims;
  private final byte[] raw;
  private final List<byte[]> texts;

  private OnnxTensor(ElementType type, int elements, byte[] raw, List<byte[]> texts, long... dims) {
    long expected = 1;
    for (long dim : dims) {
      expected = Math.multiplyExact(expected, dim);
    }
    if (expected != elements) {
      throw new IllegalArgumentException(
          "tensor of dims "
              + Arrays.toString(dims)
              + " must hold "
              + expected
              + " values (elements); found: "
              + elements);
    }
    this.type = type;
    this.dims = dims.clone();
    this.raw = raw;
    this.texts = texts;
  }

  /** Floats; no dims make a scalar of one value. */
  public static OnnxTensor of(float[] values, long... dims) {
    ByteBuffer raw = buffer(values.length, Float.BYTES);
    raw.asFloatBuffer().put(values);
    return new OnnxTensor(ElementType.FLOAT, values.length, raw.array(), List.of(), dims);
  }

  /** Doubles. */
  public static OnnxTensor of(double[] values, long... dims) {
    ByteBuffer raw = buffer(values.length, Double.BYTES);
    raw.asDoubleBuffer().put(values);
    return new OnnxTensor(ElementType.DOUBLE, values.length, raw.array(), List.of(), dims);
  }

  /** 64-bit integers. */
  public static OnnxTensor of(long[] values, long... dims) {
    ByteBuffer raw = buffer(values.length, Long.BYTES);
    raw.asLongBuffer().put(values);
    return new OnnxTensor(ElementType.INT64, values.length, raw.array(), List.of(), dims);
  }

  /** 32-bit integers. */
  public static OnnxTensor of(int[] values, long... dims) {
    ByteBuffer raw = buffer(values.length, Integer.BYTES);
    raw.asIntBuffer().put(values);
    return new OnnxTensor(ElementType.INT32, values.length, raw.array(), List.of(), dims);
  }

  /** Truth values, one byte each. */
  public static OnnxTensor of(boolean[] values, long... dims) {
    byte[] raw = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      raw[i] = (byte) (values[i] ? 1 : 0);
    }
    return new OnnxTensor(ElementType.BOOL, values.length, raw, List.of(), dims);
  }

  /** Bytes read as {@code type}: {@link ElementType#INT8} or {@link ElementType#UINT8}. */
  public static OnnxTensor of(ElementType type, byte[] values, long... dims) {
    if (type != ElementType.INT8 && type != ElementType.UINT8) {
      throw new IllegalArgumentException("type of bytes must be INT8 or UINT8; found: " + type);
    }
    return new OnnxTensor(type, values.length, values.clone(), List.of(), dims);
  }

  /** Texts as UTF-8; for texts that data are compared with see {@link OnnxText}. */
  public static OnnxTensor of(List<String> values, long... dims) {
    List<byte[]> texts = values.stream().map(value -> value.getBytes(UTF_8)).toList();
    return new OnnxTensor(ElementType.STRING, texts.size(), new byte[0], texts, dims);
  }

  private static ByteBuffer buffer(int elements, int bytes) {
    return ByteBuffer.allocate(Math.multiplyExact(elements, bytes)).order(ByteOrder.LITTLE_ENDIAN);
  }

  void write(Proto out, String name) {
    for (long dim : dims) {
      out.varint(DIMS, dim);
    }
    out.varint(DATA_TYPE, type.code());
    texts.forEach(text -> out.bytes(STRING_DATA, text));
    if (!name.isEmpty()) {
      out.text(NAME, name);
    }
    if (type != ElementType.STRING) {
      out.bytes(RAW_DATA, raw);
    }
  }
}
