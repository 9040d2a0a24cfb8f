package dev.quern.format.parquet;

import dev.quern.data.Column;
import dev.quern.data.DoubleColumn;
import dev.quern.data.FloatColumn;
import dev.quern.data.Keys;
import dev.quern.data.LongColumn;
import dev.quern.data.Nulls;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A flat column of values of 4 or 8 bytes: INT32, INT64, FLOAT, DOUBLE. */
final class FixedChunk extends FlatChunk {
  /** Rows of a page. */
  private static final int PAGE_ROWS = ChunkWriter.PAGE_ROWS;

  private static final long DICTIONARY_BYTES = 1 << 20;

  private final PrimitiveTypeName primitive;
  private final int width;
  private final LongCodes dictionary = new LongCodes();
  private long[] values = new long[TRIAL];
  private long seen;

  /** Extrema of the page in the order of signed longs. */
  private long lowest = Long.MAX_VALUE;

  private long highest = Long.MIN_VALUE;
  private long nans;
  private long numbers;

  FixedChunk(ColumnDescriptor column, PageWriter pages) {
    super(column, pages, true);
    this.primitive = column.getPrimitiveType().getPrimitiveTypeName();
    this.width =
        primitive == PrimitiveTypeName.INT32 || primitive == PrimitiveTypeName.FLOAT ? 4 : 8;
  }

  @Override
  void write(Column column, int[] selected, int from, int to) throws IOException {
    for (int at = from; at < to; ) {
      int end = at + Math.min(to - at, PAGE_ROWS - rows);
      count(column.nulls(), selected, at, end);
      put(gathered(column, selected, at, end));
      at = end;
      if (rows == PAGE_ROWS) {
        endPage();
      }
    }
  }

  /** Writes the codes of splits. */
  void splits(Keys keys, int[] selected, int from, int to) throws IOException {
    for (int at = from; at < to; ) {
      int end = at + Math.min(to - at, PAGE_ROWS - rows);
      count(Nulls.NONE, selected, at, end);
      roomForValues(end - at);
      for (int i = at; i < end; i++) {
        values[i - at] = keys.splitCode(selected[i]);
      }
      put(end - at);
      at = end;
      if (rows == PAGE_ROWS) {
        endPage();
      }
    }
  }

  private void roomForValues(int count) {
    if (values.length < count) {
      values = new long[count];
    }
  }

  /** Puts the bits of the values that are not missing into {@link #values}. */
  private int gathered(Column column, int[] selected, int from, int to) {
    roomForValues(to - from);
    Nulls nulls = column.nulls();
    boolean any = nulls.any();
    int count = 0;
    if (column instanceof LongColumn longs) {
      long[] all = longs.values();
      for (int i = from; i < to; i++) {
        values[count] = all[selected[i]];
        count += any && nulls.at(selected[i]) ? 0 : 1;
      }
    } else if (column instanceof DoubleColumn doubles) {
      double[] all = doubles.values();
      for (int i = from; i < to; i++) {
        values[count] = Double.doubleToRawLongBits(all[selected[i]]);
        count += any && nulls.at(selected[i]) ? 0 : 1;
      }
    } else {
      float[] all = ((FloatColumn) column).values();
      for (int i = from; i < to; i++) {
        values[count] = Float.floatToRawIntBits(all[selected[i]]);
        count += any && nulls.at(selected[i]) ? 0 : 1;
      }
    }
    return count;
  }

  private void put(int count) {
    raw += (long) width * count;
    measure(count);
    int at = 0;
    while (at < count && hasDictionary()) {
      code(dictionary.code(values[at++]));
      seen++;
      if (seen == TRIAL && dictionary.size() > TRIAL_DISTINCT
          || dictionarySize() > DICTIONARY_BYTES) {
        leave();
      }
    }
    if (at < count) {
      room(width * (count - at));
      if (width == 8) {
        for (; at < count; at++, used += 8) {
          LONGS.set(plain, used, values[at]);
        }
      } else {
        for (; at < count; at++, used += 4) {
          INTS.set(plain, used, (int) values[at]);
        }
      }
    }
  }

  private void measure(int count) {
    long low = lowest;
    long high = highest;
    switch (primitive) {
      case DOUBLE -> {
        for (int i = 0; i < count; i++) {
          long bits = values[i];
          if ((bits & Long.MAX_VALUE) > 0x7ff0000000000000L) {
            nans++;
            continue;
          }
          long ordered = bits ^ (bits >> 63) & Long.MAX_VALUE;
          low = Math.min(low, ordered);
          high = Math.max(high, ordered);
        }
      }
      case FLOAT -> {
        for (int i = 0; i < count; i++) {
          int bits = (int) values[i];
          if ((bits & Integer.MAX_VALUE) > 0x7f800000) {
            nans++;
            continue;
          }
          long ordered = bits ^ (bits >> 31) & Integer.MAX_VALUE;
          low = Math.min(low, ordered);
          high = Math.max(high, ordered);
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          low = Math.min(low, values[i]);
          high = Math.max(high, values[i]);
        }
      }
    }
    numbers += count;
    lowest = low;
    highest = high;
  }

  @Override
  void extrema() {
    if (numbers > nans) {
      extremum(lowest);
      extremum(highest);
    }
    if (primitive == PrimitiveTypeName.DOUBLE || primitive == PrimitiveTypeName.FLOAT) {
      statistics.incrementNanCount(nans);
    }
    lowest = Long.MAX_VALUE;
    highest = Long.MIN_VALUE;
    nans = 0;
    numbers = 0;
  }

  private void extremum(long ordered) {
    switch (primitive) {
      case DOUBLE ->
          statistics.updateStats(
              Double.longBitsToDouble(ordered ^ (ordered >> 63) & Long.MAX_VALUE));
      case FLOAT ->
          statistics.updateStats(
              Float.intBitsToFloat((int) ordered ^ ((int) ordered >> 31) & Integer.MAX_VALUE));
      case INT32 -> statistics.updateStats((int) ordered);
      default -> statistics.updateStats(ordered);
    }
  }

  @Override
  int distinct() {
    return dictionary.size();
  }

  @Override
  long dictionarySize() {
    return (long) width * dictionary.size();
  }

  @Override
  BytesInput dictionaryBytes() {
    byte[] bytes = new byte[Math.toIntExact(dictionarySize())];
    for (int i = 0; i < dictionary.size(); i++) {
      if (width == 8) {
        LONGS.set(bytes, 8 * i, dictionary.value(i));
      } else {
        INTS.set(bytes, 4 * i, (int) dictionary.value(i));
      }
    }
    return BytesInput.from(bytes);
  }

  @Override
  void decode() {
    room(width * coded);
    for (int i = 0; i < coded; i++, used += width) {
      if (width == 8) {
        LONGS.set(plain, used, dictionary.value(codes[i]));
      } else {
        INTS.set(plain, used, (int) dictionary.value(codes[i]));
      }
    }
  }

  /** Numbers values in the order in which they come. */
  private static final class LongCodes {
    private long[] values = new long[64];
    private int[] table = filled(256);
    private int size;

    int size() {
      return size;
    }

    long value(int code) {
      return values[code];
    }

    int code(long value) {
      int mask = table.length - 1;
      int slot = (int) (value * 0x9e3779b97f4a7c15L >>> 32) & mask;
      while (table[slot] >= 0) {
        if (values[table[slot]] == value) {
          return table[slot];
        }
        slot = slot + 1 & mask;
      }
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size] = value;
      table[slot] = size++;
      if (4 * size > table.length) {
        grow();
      }
      return size - 1;
    }

    private void grow() {
      table = filled(4 * table.length);
      int mask = table.length - 1;
      for (int i = 0; i < size; i++) {
        int slot = (int) (values[i] * 0x9e3779b97f4a7c15L >>> 32) & mask;
        while (table[slot] >= 0) {
          slot = slot + 1 & mask;
        }
        table[slot] = i;
      }
    }

    private static int[] filled(int length) {
      int[] table = new int[length];
      Arrays.fill(table, -1);
      return table;
    }
  }
}
