package dev.quern.drift;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.ListColumn;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.engine.RunContext;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@value #SIZE} samples whose ids hash to the smallest numbers, each as a row of numbers: a
 * uniform sample that does not depend on order or parts. Of a text its hash and length are kept,
 * never the text. Samples that two versions share are chosen in both or in neither.
 */
final class RowSample {
  /** Samples at most. */
  static final int SIZE = 4096;

  private static final int VERSION = 1;

  /** Hashes of ids are told apart from those of other draws; any constant does. */
  private static final long SALT = 0x6472_6966_7421L;

  private final List<Slot> slots;
  private final int[] positions;
  private final TreeMap<Key, double[]> rows = new TreeMap<>();
  private final Slice slice = new Slice();
  private final Hash128 hash = new Hash128();

  /** What a number of a row is. */
  enum Kind {
    NUMBER,
    /** The hash of a category: equal or not, no more. */
    CODE
  }

  /**
   * A number of each row.
   *
   * @param field name of its field
   * @param aspect what of the field it is
   */
  record Slot(String field, Aspect aspect, Kind kind) {}

  /** Orders samples by the hash of their id, as unsigned numbers, then by the id. */
  record Key(long draw, long idHigh, long idLow) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compareUnsigned(draw, other.draw);
      if (order == 0) {
        order = Long.compareUnsigned(idHigh, other.idHigh);
      }
      return order == 0 ? Long.compareUnsigned(idLow, other.idLow) : order;
    }
  }

  /** Makes a sample of {@code fields}, which are fields of {@code schema}. */
  RowSample(Schema schema, List<Field> fields) {
    this.slots = slots(fields);
    this.positions = slots.stream().mapToInt(slot -> schema.indexOf(slot.field())).toArray();
  }

  private static List<Slot> slots(List<Field> fields) {
    List<Slot> slots = new ArrayList<>();
    for (Field field : fields) {
      if (field.is(Role.IDENTIFIER) || field.is(Role.SUBJECT)) {
        continue;
      }
      String name = field.name();
      switch (field.type().kind()) {
        case LONG, DOUBLE, FLOAT, DECIMAL, BOOL ->
            slots.add(new Slot(name, Aspect.VALUE, Kind.NUMBER));
        case TIMESTAMP -> slots.add(new Slot(name, Aspect.HOUR, Kind.NUMBER));
        case TEXT -> {
          slots.add(new Slot(name, Aspect.VALUE, Kind.CODE));
          slots.add(new Slot(name, Aspect.LENGTH, Kind.NUMBER));
        }
        case BYTES, LIST -> slots.add(new Slot(name, Aspect.LENGTH, Kind.NUMBER));
        case DATE, STRUCT -> {}
      }
    }
    return slots;
  }

  List<Slot> slots() {
    return slots;
  }

  Map<Key, double[]> rows() {
    return rows;
  }

  void add(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      long high = batch.keys().idHigh(row);
      long low = batch.keys().idLow(row);
      long draw = RunContext.draw(SALT, high, low);
      if (rows.size() < SIZE || Long.compareUnsigned(draw, rows.lastKey().draw()) <= 0) {
        put(new Key(draw, high, low), numbers(batch, row));
      }
    }
  }

  /** Of samples with one id, which should not be, the smaller stays whatever their order. */
  private void put(Key key, double[] row) {
    rows.merge(key, row, (a, b) -> Arrays.compare(a, b) <= 0 ? a : b);
    if (rows.size() > SIZE) {
      rows.pollLastEntry();
    }
  }

  private double[] numbers(Batch batch, int row) {
    double[] numbers = new double[slots.size()];
    for (int i = 0; i < numbers.length; i++) {
      Slot slot = slots.get(i);
      Column column = batch.column(positions[i]);
      numbers[i] = Scalars.isMissing(column, row) ? Double.NaN : number(slot, column, row);
    }
    return numbers;
  }

  private double number(Slot slot, Column column, int row) {
    return switch (column.type().kind()) {
      case LONG, DOUBLE, FLOAT, DECIMAL -> finite(column.doubleAt(row));
      case BOOL -> column.boolAt(row) ? 1 : 0;
      case TIMESTAMP -> FieldSummary.hour(column.longAt(row));
      case DATE -> column.longAt(row);
      case TEXT -> ofText(slot, column.sliceAt(row, slice));
      case BYTES -> column.sliceAt(row, slice).length();
      case LIST -> ((ListColumn) column).end(row) - ((ListColumn) column).start(row);
      case STRUCT -> 0;
    };
  }

  private double ofText(Slot slot, Slice text) {
    if (FieldSummary.isBlank(text)) {
      return Double.NaN;
    }
    if (slot.kind() == Kind.NUMBER) {
      String decoded = new String(text.bytes, text.start, text.length(), StandardCharsets.UTF_8);
      return decoded.codePointCount(0, decoded.length());
    }
    // 53 bits are exact in a double; thousands of categories collide with a chance of 1e-9.
    return hash.hash(text.bytes, text.start, text.end, 0).high() >>> 11;
  }

  private static double finite(double value) {
    return Double.isInfinite(value) ? Double.NaN : value;
  }

  void merge(RowSample other) {
    other.rows.forEach(this::put);
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(rows.size());
    for (Map.Entry<Key, double[]> row : rows.entrySet()) {
      out.writeLong(row.getKey().draw());
      out.writeLong(row.getKey().idHigh());
      out.writeLong(row.getKey().idLow());
      for (double number : row.getValue()) {
        out.writeDouble(number);
      }
    }
  }

  static RowSample read(DataInput in, Schema schema, List<Field> fields) throws IOException {
    States.expect(in, "row sample", VERSION);
    RowSample sample = new RowSample(schema, fields);
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Key key = new Key(in.readLong(), in.readLong(), in.readLong());
      double[] row = new double[sample.slots.size()];
      for (int slot = 0; slot < row.length; slot++) {
        row[slot] = in.readDouble();
      }
      sample.rows.put(key, row);
    }
    return sample;
  }
}
