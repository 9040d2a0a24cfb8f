package dev.quern.quality.profile;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Codes;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.statistics.HashSort;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Whole samples drawn by the hash of their id, the k smallest: a uniform sample without replacement
 * that is the same for any order and parts, for what relates fields to each other.
 *
 * <p>A value is one long: the bits of a number, the hash of everything else and of values that must
 * not be shown. k = 2^18 / fields, at least 512 and at most 2,048, so memory is bounded; with at
 * most k samples all are here and what is computed of them is exact.
 */
final class DrawnSamples {
  private static final int CELLS = 1 << 18;
  private static final int MOST = 2048;
  private static final int LEAST = 512;
  private static final long SALT = 0x2545f4914f6cdd1dL;

  final Schema schema;
  final int capacity;
  private final int width;

  /** By sample: hash of its id, lower half of its id, one value per field. */
  private long[] cells = {};

  private int size;
  private boolean complete = true;
  private boolean sorted = true;
  private long threshold = Long.MAX_VALUE;

  DrawnSamples(Schema schema) {
    this.schema = schema;
    this.width = 2 + schema.size();
    this.capacity = Math.max(LEAST, Math.min(MOST, CELLS / Math.max(1, schema.size())));
  }

  void add(Batch batch) {
    int count = batch.count();
    int[] rows = new int[count];
    long bound = threshold;
    if (count > 4L * capacity) {
      // A guess that leaves enough of this batch: more could not stay, and less must not be taken.
      long likely = Long.MIN_VALUE + (long) (0x1p64 / count * 1.5 * capacity);
      bound = Math.min(bound, likely);
    }
    int found = under(batch, bound, rows);
    if (found < capacity && bound < threshold) {
      found = under(batch, threshold, rows);
    }
    if (found == 0) {
      return;
    }
    room(found);
    ids(batch, rows, found);
    for (int field = 0; field < schema.size(); field++) {
      values(schema.field(field), batch.column(field), rows, found, 2 + field);
    }
    size += found;
    sorted = false;
    if (size > 2 * capacity) {
      trim();
    }
  }

  private void ids(Batch batch, int[] rows, int found) {
    for (int i = 0; i < found; i++) {
      int at = (size + i) * width;
      cells[at] = order(batch.keys().idHigh(rows[i]));
      cells[at + 1] = batch.keys().idLow(rows[i]);
    }
  }

  private static int under(Batch batch, long bound, int[] rows) {
    int found = 0;
    for (int i = 0; i < rows.length; i++) {
      int row = batch.row(i);
      if (order(batch.keys().idHigh(row)) <= bound) {
        rows[found++] = row;
      }
    }
    return found;
  }

  /** Returns what samples are ordered by: uniform over all longs. */
  private static long order(long idHigh) {
    return Hash128.mix(idHigh ^ SALT);
  }

  /** Whether values of the field are numbers that may be computed with. */
  static boolean isNumber(Field field) {
    if (isHidden(field)) {
      return false;
    }
    Type.Kind kind = field.type().kind();
    return kind == Type.Kind.LONG
        || kind == Type.Kind.DOUBLE
        || kind == Type.Kind.FLOAT
        || kind == Type.Kind.BOOL
        || kind == Type.Kind.TIMESTAMP
        || kind == Type.Kind.DATE;
  }

  /** Returns whether single values of {@code field} must not be shown. */
  static boolean isHidden(Field field) {
    return field.is(Role.SENSITIVE) || field.is(Role.IDENTIFIER) || field.is(Role.SUBJECT);
  }

  private void values(Field field, Column column, int[] rows, int count, int slot) {
    if (column instanceof DictionaryColumn words) {
      coded(words, rows, count, slot);
      return;
    }
    boolean number = isNumber(field);
    Codes codes = column.codes();
    if (number && codes != null) {
      codedNumbers(field, codes, rows, count, slot);
      return;
    }
    Type.Kind kind = field.type().kind();
    CanonicalForm form = new CanonicalForm();
    Hash128 hash = new Hash128();
    Slice slice = new Slice();
    int at = size * width + slot;
    for (int i = 0; i < count; i++, at += width) {
      int row = rows[i];
      if (column.isNull(row)) {
        cells[at] = Values.MISSING;
      } else if (number) {
        cells[at] = Values.bits(column, row, kind);
      } else if (kind == Type.Kind.TEXT || kind == Type.Kind.BYTES) {
        column.sliceAt(row, slice);
        cells[at] = hash.hash(slice.bytes, slice.start, slice.end, 0).high();
      } else {
        form.reset().put(column, row);
        cells[at] = hash.hash(form.bytes(), 0, form.length(), 0).high();
      }
    }
  }

  private void coded(DictionaryColumn words, int[] rows, int count, int slot) {
    long[] hashes = CodedHashes.of(words.dictionary());
    int at = size * width + slot;
    for (int i = 0; i < count; i++, at += width) {
      // A null has code -1, and what is missing is before all entries.
      cells[at] = hashes[words.code(rows[i]) + 1];
    }
  }

  private void codedNumbers(Field field, Codes codes, int[] rows, int count, int slot) {
    Type.Kind kind = field.type().kind();
    int at = size * width + slot;
    for (int i = 0; i < count; i++, at += width) {
      int code = codes.codes()[rows[i]];
      cells[at] = code < 0 ? Values.MISSING : Values.bits(codes.entries(), code, kind);
    }
  }

  private void room(int more) {
    int needed = Math.multiplyExact(size + more, width);
    if (needed > cells.length) {
      cells = Arrays.copyOf(cells, Math.max(needed, cells.length + (cells.length >> 1)));
    }
  }

  void merge(DrawnSamples other) {
    trim();
    other.trim();
    complete &= other.complete && size + other.size <= capacity;
    int kept = Math.min(size + other.size, capacity);
    long[] merged = new long[kept * width];
    int mine = 0;
    int theirs = 0;
    for (int i = 0; i < kept; i++) {
      boolean takeMine =
          theirs == other.size
              || mine < size && compare(cells, mine * width, other.cells, theirs * width) <= 0;
      long[] from = takeMine ? cells : other.cells;
      int at = takeMine ? mine++ : theirs++;
      System.arraycopy(from, at * width, merged, i * width, width);
    }
    cells = merged;
    size = kept;
    sorted = true;
    bound();
  }

  /** Brings the samples into their order and keeps the smallest. */
  private void trim() {
    if (sorted) {
      return;
    }
    int[] order = order();
    int kept = Math.min(size, capacity);
    complete &= size <= capacity;
    long[] smallest = new long[kept * width];
    for (int i = 0; i < kept; i++) {
      System.arraycopy(cells, order[i] * width, smallest, i * width, width);
    }
    cells = smallest;
    size = kept;
    sorted = true;
    bound();
  }

  private void bound() {
    if (!complete && size > 0) {
      threshold = cells[(size - 1) * width];
    }
  }

  /** Returns the positions of the samples in their order. */
  private int[] order() {
    long[] hashes = new long[size];
    long[] positions = new long[size];
    for (int i = 0; i < size; i++) {
      hashes[i] = cells[i * width];
      positions[i] = i;
    }
    HashSort.sort(hashes, positions, size);
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int here = (int) positions[i];
      int at = i;
      while (at > 0
          && hashes[at - 1] == hashes[i]
          && compare(cells, order[at - 1] * width, cells, here * width) > 0) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = here;
    }
    return order;
  }

  /**
   * Samples of one id are ordered by their values, so that equal ones alone are interchangeable.
   */
  private int compare(long[] some, int at, long[] others, int otherAt) {
    return Arrays.compare(some, at, at + width, others, otherAt, otherAt + width);
  }

  /** Returns the number of samples here. */
  int size() {
    trim();
    return size;
  }

  /** Returns whether all samples are here. */
  boolean isComplete() {
    trim();
    return complete;
  }

  /** Returns the values of a field, in the order of the samples. */
  long[] column(int field) {
    long[] column = new long[size()];
    for (int i = 0; i < column.length; i++) {
      column[i] = cells[i * width + 2 + field];
    }
    return column;
  }

  void write(DataOutput out) throws IOException {
    trim();
    out.writeInt(size);
    out.writeBoolean(complete);
    byte[] bytes = new byte[8 * width];
    java.nio.LongBuffer longs = java.nio.ByteBuffer.wrap(bytes).asLongBuffer();
    for (int i = 0; i < size; i++) {
      longs.put(0, cells, i * width, width);
      out.write(bytes);
    }
  }

  static DrawnSamples read(DataInput in, Schema schema) throws IOException {
    DrawnSamples samples = new DrawnSamples(schema);
    int size = in.readInt();
    samples.complete = in.readBoolean();
    byte[] bytes = new byte[8 * samples.width];
    samples.room(size);
    for (int i = 0; i < size; i++) {
      in.readFully(bytes);
      java.nio.ByteBuffer.wrap(bytes)
          .asLongBuffer()
          .get(0, samples.cells, i * samples.width, samples.width);
    }
    samples.size = size;
    samples.bound();
    return samples;
  }
}
