package dev.quern.server;

import dev.quern.data.Type;
import java.util.Optional;

/** The datatypes of the Open Inference Protocol that JSON can carry. */
enum DataType {
  BOOL(0, 0),
  INT8(Byte.MIN_VALUE, Byte.MAX_VALUE),
  INT16(Short.MIN_VALUE, Short.MAX_VALUE),
  INT32(Integer.MIN_VALUE, Integer.MAX_VALUE),
  INT64(Long.MIN_VALUE, Long.MAX_VALUE),
  UINT8(0, 0xff),
  UINT16(0, 0xffff),
  UINT32(0, 0xffff_ffffL),
  /** Larger values than the bound exist, but no field can hold them. */
  UINT64(0, Long.MAX_VALUE),
  FP32(0, 0),
  FP64(0, 0),
  BYTES(0, 0);

  private static final String BINARY_ONLY = "FP16 BF16";

  private final long min;
  private final long max;

  DataType(long min, long max) {
    this.min = min;
    this.max = max;
  }

  long min() {
    return min;
  }

  long max() {
    return max;
  }

  boolean isInteger() {
    return max != 0;
  }

  boolean isFloating() {
    return this == FP32 || this == FP64;
  }

  /** Returns the datatype written as {@code name}, exactly. */
  static Optional<DataType> of(String name) {
    for (DataType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** Returns whether {@code name} is a datatype that only binary tensors can carry. */
  static boolean isBinaryOnly(String name) {
    return !name.isEmpty() && BINARY_ONLY.contains(name) && name.length() >= 4;
  }

  /** Returns the datatype that metadata name for a raw field of {@code type}. */
  static DataType ofInput(Type type) {
    return switch (type.kind()) {
      case LONG -> INT64;
      case DOUBLE, FLOAT, DECIMAL -> FP64;
      case BOOL -> BOOL;
      case TEXT, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> BYTES;
    };
  }

  /** Returns the datatype of predictions of {@code type}; of their elements for lists. */
  static DataType ofOutput(Type type) {
    return switch (type.kind()) {
      case LONG -> INT64;
      case DOUBLE, DECIMAL -> FP64;
      case FLOAT -> FP32;
      case BOOL -> BOOL;
      case LIST -> ofOutput(((Type.ListOf) type).element());
      case TEXT, TIMESTAMP, DATE, BYTES, STRUCT -> BYTES;
    };
  }

  /** Returns whether values of this datatype can become values of a field of {@code type}. */
  boolean fits(Type type) {
    return switch (type.kind()) {
      case LONG, DOUBLE, FLOAT, DECIMAL -> this != BOOL;
      case BOOL -> this == BOOL || this == BYTES;
      case TEXT, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> this == BYTES;
    };
  }

  /** Returns what {@link #fits} fields of {@code type}, for messages. */
  static String fitting(Type type) {
    return switch (type.kind()) {
      case LONG, DOUBLE, FLOAT, DECIMAL -> "INT*, UINT*, FP32, FP64 or BYTES";
      case BOOL -> "BOOL or BYTES";
      case TEXT, TIMESTAMP, DATE, BYTES, LIST, STRUCT -> "BYTES";
    };
  }
}
