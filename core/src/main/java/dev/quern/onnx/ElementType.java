package dev.quern.onnx;

/** Element types of tensors with their codes in {@code onnx.proto} (TensorProto.DataType). */
public enum ElementType {
  FLOAT(1),
  UINT8(2),
  INT8(3),
  INT32(6),
  INT64(7),
  STRING(8),
  BOOL(9),
  FLOAT16(10),
  DOUBLE(11);

  private final int code;

  ElementType(int code) {
    this.code = code;
  }

  /** The number of this type in the file, also the {@code to} attribute of a Cast. */
  public int code() {
    return code;
  }
}
