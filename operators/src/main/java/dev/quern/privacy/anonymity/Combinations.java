package dev.quern.privacy.anonymity;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Slice;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.Order;
import dev.quern.statistics.Scalars;
import dev.quern.text.Utf8Buffer;
import dev.quern.text.ValueWriter;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each combination of the values of some fields occurs, exactly. Missing is a value of
 * its own. Memory: 4 bytes per field and 24 bytes for each distinct combination, and each distinct
 * value once, whatever the number of samples.
 */
public final class Combinations implements Accumulator<Combinations> {
  private static final int VERSION = 1;

  private final int[] positions;
  private final int width;
  private final ValueCodes[] values;
  private final ValueWriter writer = new ValueWriter();
  private final Utf8Buffer buffer = new Utf8Buffer();
  private final Slice slice = new Slice();
  private int[] cells;
  private long[] counts = new long[64];
  private int[] table = new int[128];
  private int size;

  /** Makes a count of the fields at {@code positions} that has seen nothing. */
  public Combinations(int[] positions) {
    this.positions = positions.clone();
    width = positions.length;
    values = new ValueCodes[width];
    for (int i = 0; i < width; i++) {
      values[i] = new ValueCodes();
    }
    cells = new int[64 * width];
  }

  /** Returns the count whose state was written. */
  public static Combinations read(DataInput in, int[] positions) throws IOException {
    int version = in.readUnsignedByte();
    int found = in.readInt();
    if (version != VERSION || found != positions.length) {
      throw new IOException(
          "combinations must be of version "
              + VERSION
              + " and "
              + positions.length
              + " fields; found: "
              + version
              + " and "
              + found);
    }
    Combinations read = new Combinations(positions);
    for (ValueCodes codes : read.values) {
      int values = in.readInt();
      for (int i = 0; i < values; i++) {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        codes.code(bytes, 0, bytes.length);
      }
    }
    int combinations = in.readInt();
    int[] cell = new int[positions.length];
    for (int i = 0; i < combinations; i++) {
      for (int field = 0; field < cell.length; field++) {
        cell[field] = in.readInt();
      }
      read.add(cell, 0, in.readLong());
    }
    return read;
  }

  @Override
  public void add(Batch batch) {
    int count = batch.count();
    int[] codes = new int[count * width];
    for (int field = 0; field < width; field++) {
      codes(batch, batch.column(positions[field]), field, codes);
    }
    for (int i = 0; i < count; i++) {
      add(codes, i * width, 1);
    }
  }

  private void codes(Batch batch, Column column, int field, int[] codes) {
    int[] known =
        column instanceof DictionaryColumn d ? new int[d.dictionary().size()] : new int[0];
    Map<Long, Integer> longs = new HashMap<>();
    boolean isLong = column.type().kind() == Type.Kind.LONG;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      int code;
      if (Scalars.isMissing(column, row)) {
        code = 0;
      } else if (column instanceof DictionaryColumn dictionary) {
        int entry = dictionary.code(row);
        if (known[entry] == 0) {
          known[entry] = code(column, row, field);
        }
        code = known[entry];
      } else if (isLong) {
        code = longs.computeIfAbsent(column.longAt(row), value -> code(column, row, field));
      } else {
        code = code(column, row, field);
      }
      codes[i * width + field] = code;
    }
  }

  private int code(Column column, int row, int field) {
    if (column instanceof TextColumn || column instanceof DictionaryColumn) {
      column.sliceAt(row, slice);
      return values[field].code(slice.bytes, slice.start, slice.end);
    }
    writer.write(column, row, buffer.reset());
    return values[field].code(buffer.bytes(), 0, buffer.length());
  }

  private void add(int[] from, int at, long occurrences) {
    int mask = table.length - 1;
    int slot = hash(from, at) & mask;
    while (table[slot] != 0) {
      int entry = table[slot] - 1;
      if (Arrays.equals(cells, entry * width, (entry + 1) * width, from, at, at + width)) {
        counts[entry] += occurrences;
        return;
      }
      slot = slot + 1 & mask;
    }
    if (size == counts.length) {
      counts = Arrays.copyOf(counts, 2 * size);
      cells = Arrays.copyOf(cells, Math.multiplyExact(2 * size, width));
    }
    System.arraycopy(from, at, cells, size * width, width);
    counts[size++] = occurrences;
    table[slot] = size;
    if (2 * size > table.length) {
      grow();
    }
  }

  private int hash(int[] from, int at) {
    long hash = 0;
    for (int i = at; i < at + width; i++) {
      hash = (hash ^ from[i]) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 29;
    }
    return (int) (hash >>> 20);
  }

  private void grow() {
    table = new int[2 * table.length];
    int mask = table.length - 1;
    for (int entry = 0; entry < size; entry++) {
      int slot = hash(cells, entry * width) & mask;
      while (table[slot] != 0) {
        slot = slot + 1 & mask;
      }
      table[slot] = entry + 1;
    }
  }

  @Override
  public void merge(Combinations other) {
    int[][] translated = new int[width][];
    for (int field = 0; field < width; field++) {
      ValueCodes theirs = other.values[field];
      translated[field] = new int[theirs.size() + 1];
      for (int code = 1; code <= theirs.size(); code++) {
        byte[] bytes = theirs.bytes(code);
        translated[field][code] = values[field].code(bytes, 0, bytes.length);
      }
    }
    int[] cell = new int[width];
    for (int entry = 0; entry < other.size; entry++) {
      for (int field = 0; field < width; field++) {
        cell[field] = translated[field][other.cells[entry * width + field]];
      }
      add(cell, 0, other.counts[entry]);
    }
  }

  /** Values in the order of their bytes, combinations in the order of their values. */
  @Override
  public void write(DataOutput out) throws IOException {
    CombinationTable sorted = table();
    out.writeByte(VERSION);
    out.writeInt(width);
    for (int field = 0; field < width; field++) {
      out.writeInt(values[field].size());
      for (int code : values[field].sorted()) {
        byte[] bytes = values[field].bytes(code);
        out.writeInt(bytes.length);
        out.write(bytes);
      }
    }
    out.writeInt(size);
    for (int entry = 0; entry < size; entry++) {
      for (int field = 0; field < width; field++) {
        out.writeInt(sorted.codes()[field][entry]);
      }
      out.writeLong(sorted.counts()[entry]);
    }
  }

  /** Returns what was counted, in an order that depends on the samples alone. */
  public CombinationTable table() {
    int[][] ranks = new int[width][];
    @Nullable String[][] domains = new String[width][];
    for (int field = 0; field < width; field++) {
      int[] sorted = values[field].sorted();
      ranks[field] = new int[sorted.length + 1];
      domains[field] = new String[sorted.length + 1];
      for (int i = 0; i < sorted.length; i++) {
        ranks[field][sorted[i]] = i + 1;
        domains[field][i + 1] = values[field].text(sorted[i]);
      }
    }
    int[] order = Order.of(size, (a, b) -> compare(ranks, a, b));
    int[][] codes = new int[width][size];
    long[] sortedCounts = new long[size];
    for (int i = 0; i < size; i++) {
      for (int field = 0; field < width; field++) {
        codes[field][i] = ranks[field][cells[order[i] * width + field]];
      }
      sortedCounts[i] = counts[order[i]];
    }
    return new CombinationTable(domains, codes, sortedCounts);
  }

  private int compare(int[][] ranks, int a, int b) {
    for (int field = 0; field < width; field++) {
      int one = ranks[field][cells[a * width + field]];
      int two = ranks[field][cells[b * width + field]];
      if (one != two) {
        return Integer.compare(one, two);
      }
    }
    return 0;
  }
}
