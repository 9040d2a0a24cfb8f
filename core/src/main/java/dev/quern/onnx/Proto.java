package dev.quern.onnx;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Writer of the protobuf wire format, as far as ONNX needs it: a key is field · 8 + wire type (0
 * varint, 2 length-delimited, 5 fixed 32 bits little endian).
 * https://protobuf.dev/programming-guides/encoding/
 */
final class Proto {

  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  void varint(int field, long value) {
    raw(field * 8L + VARINT);
    raw(value);
  }

  void float32(int field, float value) {
    raw(field * 8L + FIXED_32);
    int bits = Float.floatToIntBits(value);
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(bits >>> shift);
    }
  }

  void text(int field, String value) {
    bytes(field, value.getBytes(UTF_8));
  }

  void bytes(int field, byte[] value) {
    raw(field * 8L + LENGTH_DELIMITED);
    raw(value.length);
    out.writeBytes(value);
  }

  void message(int field, Consumer<Proto> body) {
    Proto inner = new Proto();
    body.accept(inner);
    bytes(field, inner.toBytes());
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  /** Seven bits per byte, lowest first; negative numbers take ten bytes. */
  private void raw(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
