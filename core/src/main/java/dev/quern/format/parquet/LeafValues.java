package dev.quern.format.parquet;

import dev.quern.data.BoolColumn;
import dev.quern.data.Codes;
import dev.quern.data.Column;
import dev.quern.data.DecimalColumn;
import dev.quern.data.DoubleColumn;
import dev.quern.data.FloatColumn;
import dev.quern.data.LongColumn;
import dev.quern.data.Nulls;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** The values of a leaf that are there, one after the other, decoded into primitive arrays. */
final class LeafValues {
  private static final long MILLIS_LIMIT = Long.MAX_VALUE / 1000;
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  /** The Julian day of 1970-01-01, which INT96 timestamps count from. */
  private static final long EPOCH_JULIAN_DAY = 2_440_588;

  private final Shape.Leaf leaf;
  private final List<Wrong> wrong = new ArrayList<>();
  private final TextValues texts;
  private final Trust trust;
  private @Nullable ValuesReader reader;
  private @Nullable CodedNumbers numbers;

  /** Whether all values so far are codes of {@link #numbers}. */
  private boolean codes;

  private int size;
  private long[] longs = {};
  private long[] highs = {};
  private double[] doubles = {};
  private float[] floats = {};
  private boolean[] bools = {};

  /** Whether texts are known to be UTF-8. */
  enum Trust {
    /** Quern wrote the file and the checksum of each page holds. */
    OWN,
    /** Anybody may have written the file. */
    FOREIGN
  }

  /** What a page holds. */
  enum Source {
    VALUES,
    DICTIONARY
  }

  /**
   * A value that does not fit its type.
   *
   * @param index which of the values it is
   * @param raw its bytes, for quarantine only
   */
  record Wrong(int index, Fault fault, byte[] raw) {}

  LeafValues(Shape.Leaf leaf, Trust trust) {
    this.leaf = leaf;
    this.trust = trust;
    this.texts = new TextValues(leaf, trust, wrong);
  }

  /** Sets the dictionary of the chunk. */
  void dictionary(@Nullable Dictionary dictionary) throws IOException {
    texts.dictionary(dictionary);
    numbers =
        dictionary == null || !isNumber()
            ? null
            : CodedNumbers.of(new LeafValues(leaf, trust), dictionary);
  }

  private boolean isNumber() {
    return switch (leaf.type().kind()) {
      case LONG, TIMESTAMP, DATE, DECIMAL, DOUBLE, FLOAT -> true;
      default -> false;
    };
  }

  /** Returns whether {@link #page(ByteBuffer)} is wanted for plain pages. */
  boolean takesSlices() {
    return isSliced();
  }

  private boolean isSliced() {
    return leaf.coding() == Shape.Coding.TEXT || leaf.coding() == Shape.Coding.BYTES;
  }

  /** Goes on with a page of plain texts or bytes. */
  void page(ByteBuffer plain) {
    texts.page(plain);
  }

  /** Goes on with another page. */
  void page(ValuesReader newReader, Source source) {
    reader = newReader;
    texts.page(newReader, source);
  }

  /** Forgets the values. */
  void reset() {
    size = 0;
    codes = numbers != null;
    texts.reset();
    wrong.clear();
  }

  /** Returns the values that do not fit; they stand as null-like values in the column. */
  List<Wrong> wrong() {
    return wrong;
  }

  /** Reads {@code count} values. */
  void read(int count) throws IOException {
    if (isSliced()) {
      texts.read(size, count);
      size += count;
      return;
    }
    room(size + count);
    if (count == 0) {
      return;
    }
    ValuesReader in = reader;
    if (in == null) {
      throw new IOException("values must lie in a page");
    }
    int end = size + count;
    CodedNumbers coded = numbers;
    if (coded != null && in instanceof CodedValues page) {
      int[] code = coded.read(page, size, count);
      if (!codes || !isKeptCoded()) {
        decode(coded.decoded(), code, size, end);
      }
      size = end;
      return;
    }
    leaveCodes();
    switch (leaf.coding()) {
      case BOOL -> {
        for (int i = size; i < end; i++) {
          bools[i] = in.readBoolean();
        }
      }
      case DOUBLE -> {
        for (int i = size; i < end; i++) {
          doubles[i] = in.readDouble();
        }
      }
      case FLOAT -> {
        for (int i = size; i < end; i++) {
          floats[i] = in.readFloat();
        }
      }
      case FLOAT16 -> {
        for (int i = size; i < end; i++) {
          floats[i] = half(in.readBytes());
        }
      }
      case INT32, UINT32, INT64, MICROS, MILLIS, NANOS, INT96 -> longs(in, size, end);
      case DECIMAL_INT32, DECIMAL_INT64, UINT64, DECIMAL_BYTES -> decimals(in, size, end);
      case UUID -> {
        for (int i = size; i < end; i++) {
          texts.append(i, uuid(in.readBytes()));
        }
      }
      case TEXT, BYTES -> throw new IllegalStateException("texts are read as slices");
    }
    size = end;
  }

  /** Whether columns are made of codes, so that values need not be decoded while all have one. */
  private boolean isKeptCoded() {
    return switch (leaf.type().kind()) {
      case LONG, TIMESTAMP, DATE, DOUBLE -> true;
      default -> false;
    };
  }

  /** Decodes the values read so far, because a page without codes follows. */
  private void leaveCodes() {
    CodedNumbers coded = numbers;
    if (codes && coded != null && isKeptCoded()) {
      decode(coded.decoded(), coded.codes(), 0, size);
    }
    codes = false;
  }

  /** Sets values {@code [from, end)} to the entries that {@code code} refers to. */
  private void decode(LeafValues entries, int[] code, int from, int end) {
    switch (leaf.type().kind()) {
      case DOUBLE -> {
        for (int i = from; i < end; i++) {
          doubles[i] = entries.doubles[code[i]];
        }
      }
      case FLOAT -> {
        for (int i = from; i < end; i++) {
          floats[i] = entries.floats[code[i]];
        }
      }
      case DECIMAL -> {
        for (int i = from; i < end; i++) {
          longs[i] = entries.longs[code[i]];
          highs[i] = entries.highs[code[i]];
        }
      }
      default -> {
        for (int i = from; i < end; i++) {
          longs[i] = entries.longs[code[i]];
        }
      }
    }
  }

  private @Nullable Codes codes(int slots, Nulls nulls) {
    CodedNumbers coded = numbers;
    return codes && coded != null ? coded.codes(slots, nulls) : null;
  }

  private void longs(ValuesReader in, int start, int end) {
    switch (leaf.coding()) {
      case INT32 -> {
        for (int i = start; i < end; i++) {
          longs[i] = in.readInteger();
        }
      }
      case UINT32 -> {
        for (int i = start; i < end; i++) {
          longs[i] = in.readInteger() & 0xffffffffL;
        }
      }
      case MILLIS -> {
        for (int i = start; i < end; i++) {
          longs[i] = micros(in.readLong(), i);
        }
      }
      case NANOS -> {
        for (int i = start; i < end; i++) {
          longs[i] = Math.floorDiv(in.readLong(), 1000L);
        }
      }
      case INT96 -> {
        for (int i = start; i < end; i++) {
          ByteBuffer value =
              in.readBytes().toByteBuffer().slice().order(java.nio.ByteOrder.LITTLE_ENDIAN);
          long nanos = value.getLong(0);
          longs[i] =
              (value.getInt(8) - EPOCH_JULIAN_DAY) * MICROS_PER_DAY + Math.floorDiv(nanos, 1000L);
        }
      }
      default -> {
        for (int i = start; i < end; i++) {
          longs[i] = in.readLong();
        }
      }
    }
  }

  private long micros(long millis, int index) {
    if (millis > MILLIS_LIMIT || millis < -MILLIS_LIMIT) {
      wrong.add(
          new Wrong(
              index,
              Fault.of("out_of_range", "timestamp within 292000 years of 1970"),
              ByteBuffer.allocate(8).putLong(millis).array()));
      return 0;
    }
    return millis * 1000;
  }

  private void decimals(ValuesReader in, int start, int end) {
    for (int i = start; i < end; i++) {
      if (leaf.coding() == Shape.Coding.DECIMAL_BYTES) {
        decimal(in.readBytes().getBytesUnsafe(), i);
        continue;
      }
      longs[i] = leaf.coding() == Shape.Coding.DECIMAL_INT32 ? in.readInteger() : in.readLong();
      highs[i] = leaf.coding() == Shape.Coding.UINT64 ? 0 : longs[i] >> 63;
    }
  }

  private void decimal(byte[] bytes, int index) {
    long high = bytes.length > 0 && bytes[0] < 0 ? -1 : 0;
    long low = high;
    long sign = high;
    boolean fits = true;
    for (int i = 0; i < bytes.length; i++) {
      if (i < bytes.length - 16) {
        fits &= bytes[i] == (byte) sign;
      }
      high = high << 8 | low >>> 56;
      low = (low << 8) | (bytes[i] & 0xff);
    }
    if (!fits || (high ^ sign) < 0) {
      wrong.add(new Wrong(index, Fault.of("out_of_range", leaf.type().toString()), bytes.clone()));
      high = 0;
      low = 0;
    }
    highs[index] = high;
    longs[index] = low;
  }

  /** Returns the IEEE 754 binary16 value in two bytes, little endian; every one is a float. */
  private static float half(Binary value) {
    byte[] bytes = value.getBytesUnsafe();
    int bits = (bytes[0] & 0xff) | ((bytes[1] & 0xff) << 8);
    int exponent = (bits >> 10) & 31;
    int fraction = bits & 1023;
    int sign = (bits & 0x8000) << 16;
    if (exponent == 31) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << 13));
    }
    if (exponent == 0) {
      float tiny = fraction * 0x1.0p-24f;
      return sign == 0 ? tiny : -tiny;
    }
    return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
  }

  private static byte[] uuid(Binary value) {
    byte[] bytes = value.getBytesUnsafe();
    byte[] text = new byte[36];
    int at = 0;
    for (int i = 0; i < 16; i++) {
      if (i == 4 || i == 6 || i == 8 || i == 10) {
        text[at++] = '-';
      }
      text[at++] = (byte) Character.forDigit(bytes[i] >> 4 & 15, 16);
      text[at++] = (byte) Character.forDigit(bytes[i] & 15, 16);
    }
    return text;
  }

  private void room(int needed) {
    switch (leaf.type().kind()) {
      case LONG, TIMESTAMP, DATE -> longs = grown(longs, needed);
      case DECIMAL -> {
        longs = grown(longs, needed);
        highs = grown(highs, needed);
      }
      case DOUBLE ->
          doubles = doubles.length >= needed ? doubles : Arrays.copyOf(doubles, more(size, needed));
      case FLOAT ->
          floats = floats.length >= needed ? floats : Arrays.copyOf(floats, more(size, needed));
      case BOOL ->
          bools = bools.length >= needed ? bools : Arrays.copyOf(bools, more(size, needed));
      case TEXT, BYTES -> texts.room(needed);
      case LIST, STRUCT -> throw new IllegalStateException("a leaf has no parts");
    }
  }

  private long[] grown(long[] array, int needed) {
    return array.length >= needed ? array : Arrays.copyOf(array, more(size, needed));
  }

  static int more(int size, int needed) {
    return Math.max(needed, size + (size >> 1));
  }

  /** Returns the values as a column of {@code slots} rows, in turn where they are not null. */
  Column column(int slots, Nulls nulls) {
    Type type = leaf.type();
    return switch (type.kind()) {
      case LONG, TIMESTAMP, DATE -> {
        Codes coded = codes(slots, nulls);
        yield coded == null
            ? new LongColumn(type, spread(longs, slots, nulls), slots, nulls)
            : new LongColumn(type, slots, nulls, coded);
      }
      case DECIMAL ->
          new DecimalColumn(
              (Type.Decimal) type,
              spread(highs, slots, nulls),
              spread(longs, slots, nulls),
              slots,
              nulls);
      case DOUBLE -> {
        Codes coded = codes(slots, nulls);
        yield coded == null
            ? new DoubleColumn(Spread.over(doubles, new double[slots], slots, nulls), slots, nulls)
            : new DoubleColumn(slots, nulls, coded);
      }
      case FLOAT ->
          new FloatColumn(Spread.over(floats, new float[slots], slots, nulls), slots, nulls);
      case BOOL ->
          new BoolColumn(Spread.over(bools, new boolean[slots], slots, nulls), slots, nulls);
      case TEXT, BYTES -> texts.column(slots, nulls);
      case LIST, STRUCT -> throw new IllegalStateException("a leaf has no parts");
    };
  }

  private static long[] spread(long[] values, int slots, Nulls nulls) {
    return Spread.over(values, new long[slots], slots, nulls);
  }

  /** Returns 16 bytes of value {@code index} as two longs in {@code into}. */
  void halves(int index, long[] into) throws IOException {
    texts.halves(index, into);
  }

  /** Returns the long of value {@code index}. */
  long longAt(int index) {
    CodedNumbers coded = numbers;
    return codes && coded != null && isKeptCoded()
        ? coded.decoded().longs[coded.codes()[index]]
        : longs[index];
  }
}
