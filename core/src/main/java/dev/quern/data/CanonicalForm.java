package dev.quern.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of a value that do not depend on how it is stored: what digests and content keys are
 * computed from.
 *
 * <p>A value is a tag (0 null, else 1 + the ordinal of its kind) and, little endian: longs and the
 * like 8 bytes; doubles 8 bytes with one NaN and one zero; floats widened to double; decimals two
 * longs; bools one byte; texts and bytes their length (4 bytes) and bytes; lists their length (4
 * bytes) and elements; structs their parts. Not safe for several threads.
 */
public final class CanonicalForm {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final Slice slice = new Slice();
  private byte[] bytes = new byte[256];
  private int length;

  /** Forgets what was put. */
  public CanonicalForm reset() {
    length = 0;
    return this;
  }

  /** Returns the array that holds the form in [0, {@link #length()}). */
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the number of bytes put. */
  public int length() {
    return length;
  }

  /** Appends 8 bytes without a tag. */
  public CanonicalForm putLong(long value) {
    room(8);
    LONGS.set(bytes, length, value);
    length += 8;
    return this;
  }

  /** Returns the tag of values of {@code kind}: their first byte. */
  public static int tag(Type.Kind kind) {
    return 1 + kind.ordinal();
  }

  /** Appends the value in {@code row} of {@code column}. */
  public CanonicalForm put(Column column, int row) {
    if (column.isNull(row)) {
      return putByte(0);
    }
    Type.Kind kind = column.type().kind();
    putByte(tag(kind));
    switch (kind) {
      case LONG, TIMESTAMP, DATE -> putLong(column.longAt(row));
      case DOUBLE, FLOAT -> putLong(Double.doubleToLongBits(column.doubleAt(row) + 0.0));
      case BOOL -> putByte(column.boolAt(row) ? 1 : 0);
      case DECIMAL -> {
        DecimalColumn decimals = (DecimalColumn) column;
        putLong(decimals.high(row)).putLong(decimals.low(row));
      }
      case TEXT, BYTES -> {
        column.sliceAt(row, slice);
        putInt(slice.length());
        room(slice.length());
        System.arraycopy(slice.bytes, slice.start, bytes, length, slice.length());
        length += slice.length();
      }
      case LIST -> {
        ListColumn lists = (ListColumn) column;
        putInt(lists.end(row) - lists.start(row));
        for (int i = lists.start(row); i < lists.end(row); i++) {
          put(lists.elements(), i);
        }
      }
      case STRUCT -> {
        StructColumn structs = (StructColumn) column;
        int parts = ((Type.Struct) column.type()).schema().size();
        for (int i = 0; i < parts; i++) {
          put(structs.part(i), row);
        }
      }
    }
    return this;
  }

  private CanonicalForm putByte(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  private void putInt(int value) {
    room(4);
    INTS.set(bytes, length, value);
    length += 4;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
