package dev.quern.format.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Passes over structs in Thrift's compact form without keeping anything: what a footer or a page
 * header claims of its lists and texts is held against the bytes there are, before the library
 * allocates it. (Thrift specification, compact protocol.)
 */
final class Thrift {
  /** Levels of structs; Parquet has fewer than 10. */
  private static final int MAX_DEPTH = 32;

  private static final int BOOL_FALSE = 2;
  private static final int BYTE = 3;
  private static final int SHORT = 4;
  private static final int LONG = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;
  private static final int UUID = 13;

  private final ByteBuffer in;

  /** The bytes end within what is passed over: more of them may mend it. */
  static final class EndsEarly extends IOException {
    private static final long serialVersionUID = 1L;

    EndsEarly() {
      super("a struct must lie within its bytes");
    }
  }

  /** Takes the numbers in a struct and the structs in it. */
  interface Numbers {
    /** Takes number {@code value} of field {@code id} within field {@code within}, or 0. */
    void take(int within, int id, long value);
  }

  Thrift(ByteBuffer in) {
    this.in = in;
  }

  /** Passes over the struct that begins here. */
  void struct(Numbers numbers) throws IOException {
    struct(numbers, 0, 0);
  }

  private void struct(Numbers numbers, int within, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("structs must be nested at most " + MAX_DEPTH + " deep");
    }
    int id = 0;
    for (int head = next(); head != 0; head = next()) {
      int delta = head >>> 4;
      id = delta == 0 ? (int) signed(varint()) : id + delta;
      int type = head & 15;
      if (type == STRUCT && depth == 0) {
        struct(numbers, id, 1);
      } else if (type >= SHORT && type <= LONG) {
        long value = signed(varint());
        if (depth <= 1) {
          numbers.take(within, id, value);
        }
      } else {
        value(type, depth);
      }
    }
  }

  private void value(int type, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("structs must be nested at most " + MAX_DEPTH + " deep");
    }
    if (type >= 1 && type <= BOOL_FALSE) {
      return; // The type is the value.
    }
    switch (type) {
      case BYTE -> skip(1);
      case SHORT, SHORT + 1, LONG -> varint();
      case DOUBLE -> skip(8);
      case BINARY -> skip(varint());
      case LIST, SET -> list(depth);
      case MAP -> map(depth);
      case STRUCT -> struct((within, id, value) -> {}, 0, Math.max(2, depth + 1));
      case UUID -> skip(16);
      default -> throw new IOException("a value must be of a known type");
    }
  }

  private void list(int depth) throws IOException {
    int head = next();
    long size = head >>> 4 == 15 ? varint() : head >>> 4;
    int type = head & 15;
    // Each element has a byte at least.
    if (size < 0 || size > in.remaining()) {
      throw new EndsEarly();
    }
    for (long i = 0; i < size; i++) {
      element(type, depth);
    }
  }

  private void map(int depth) throws IOException {
    long size = varint();
    if (size < 0 || size > in.remaining()) {
      throw new EndsEarly();
    }
    if (size > 0) {
      int types = next();
      for (long i = 0; i < size; i++) {
        element(types >>> 4, depth);
        element(types & 15, depth);
      }
    }
  }

  private void element(int type, int depth) throws IOException {
    if (type >= 1 && type <= BOOL_FALSE) {
      skip(1);
    } else {
      value(type, depth + 1);
    }
  }

  private int next() throws IOException {
    if (!in.hasRemaining()) {
      throw new EndsEarly();
    }
    return in.get() & 0xff;
  }

  private void skip(long bytes) throws IOException {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new EndsEarly();
    }
    in.position(in.position() + (int) bytes);
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      int b = next();
      value |= (b & 0x7fL) << shift;
      if (b < 0x80) {
        return value;
      }
    }
    throw new IOException("a number must have at most 10 bytes");
  }

  private static long signed(long zigzag) {
    return zigzag >>> 1 ^ -(zigzag & 1);
  }
}
