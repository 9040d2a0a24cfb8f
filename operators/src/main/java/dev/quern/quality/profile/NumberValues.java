package dev.quern.quality.profile;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Codes;
import dev.quern.data.Column;
import dev.quern.data.DoubleColumn;
import dev.quern.data.Hash128;
import dev.quern.data.LongColumn;
import dev.quern.data.Type;
import dev.quern.statistics.DistinctCount;
import dev.quern.statistics.LongCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The values of a field of numbers, times or bools. */
final class NumberValues extends Values {
  final Type.Kind kind;
  private final int exact;

  /** Exact counts by the bits of the value; null where there are too many. */
  @Nullable LongCounts few;

  private final CodedCounts coded = new CodedCounts();

  /** Of all values where they are not counted exactly. */
  Summary summary = new Summary();

  NumberValues(Type.Kind kind, int exact) {
    this.kind = kind;
    this.exact = exact;
    this.few = exact == 0 ? null : new LongCounts();
  }

  @Override
  long add(Batch batch, Column column, long[] contents, Scratch scratch) {
    if (kind == Type.Kind.DECIMAL) {
      return addDecimals(batch, column, contents);
    }
    Codes codes = column.codes();
    if (codes != null) {
      return addCoded(batch, codes, contents);
    }
    long missing = 0;
    for (int from = 0; from < contents.length; from += Scratch.SIZE) {
      int to = Math.min(contents.length, from + Scratch.SIZE);
      int size = gather(batch, column, contents, from, to, scratch);
      missing += to - from - size;
      add(scratch, size);
    }
    return missing;
  }

  private long addCoded(Batch batch, Codes codes, long[] contents) {
    if (!coded.isOf(codes)) {
      settle();
      Column entries = codes.entries();
      coded.begin(codes, CodedHashes.of(entries.size(), code -> hash(bits(entries, code, kind))));
    }
    return coded.add(batch, codes.codes(), contents);
  }

  @Override
  void settle() {
    coded.take(this::add);
  }

  private void add(Column entries, int[] codes, long[] times, long[] hashes, int size) {
    int at = 0;
    for (LongCounts counts = few; counts != null && at < size; counts = few, at++) {
      counts.add(bits(entries, codes[at], kind), times[at]);
      leaveIfMany();
    }
    int from = at;
    distinct.add(hashes, from, size);
    for (; at < size; at++) {
      smallest.add(hashes[at], times[at]);
      summary.add(number(bits(entries, codes[at], kind), kind), times[at]);
    }
  }

  private void add(Scratch scratch, int size) {
    int at = 0;
    LongCounts counts = few;
    if (counts != null) {
      while (at < size && counts.distinct() <= exact) {
        counts.addMixed(scratch.bits[at], scratch.hashes[at] ^ MISSING);
        at++;
      }
      leaveIfMany();
    }
    if (at < size) {
      stream(scratch.bits, scratch.hashes, at, size, scratch.numbers);
    }
  }

  /** Gathers what is not missing, mixes contents, and returns how many there are. */
  private int gather(
      Batch batch, Column column, long[] contents, int from, int to, Scratch scratch) {
    if (column instanceof LongColumn longs) {
      return gather(batch, longs, contents, from, to, scratch);
    }
    if (column instanceof DoubleColumn doubles) {
      return gather(batch, doubles, contents, from, to, scratch);
    }
    int size = 0;
    for (int i = from; i < to; i++) {
      int row = batch.row(i);
      long hash = MISSING;
      if (!column.isNull(row)) {
        long value = bits(column, row, kind);
        hash = hash(value);
        scratch.hashes[size] = hash;
        scratch.bits[size++] = value;
      }
      contents[i] = content(contents[i], hash);
    }
    return size;
  }

  private static int gather(
      Batch batch, LongColumn column, long[] contents, int from, int to, Scratch scratch) {
    boolean gaps = column.nulls().any();
    long[] values = column.values();
    int size = 0;
    for (int i = from; i < to; i++) {
      int row = batch.row(i);
      long hash = MISSING;
      if (!gaps || !column.isNull(row)) {
        long value = values[row];
        hash = hash(value);
        scratch.hashes[size] = hash;
        scratch.bits[size++] = value;
      }
      contents[i] = content(contents[i], hash);
    }
    return size;
  }

  private static int gather(
      Batch batch, DoubleColumn column, long[] contents, int from, int to, Scratch scratch) {
    boolean gaps = column.nulls().any();
    double[] values = column.values();
    int size = 0;
    for (int i = from; i < to; i++) {
      int row = batch.row(i);
      long hash = MISSING;
      if (!gaps || !column.isNull(row)) {
        long value = Double.doubleToLongBits(values[row] + 0.0);
        hash = hash(value);
        scratch.hashes[size] = hash;
        scratch.bits[size++] = value;
      }
      contents[i] = content(contents[i], hash);
    }
    return size;
  }

  private void stream(long[] bits, long[] hashes, int from, int to, double[] numbers) {
    boolean floating = kind == Type.Kind.DOUBLE || kind == Type.Kind.FLOAT;
    for (int i = from; i < to; i++) {
      numbers[i - from] = floating ? Double.longBitsToDouble(bits[i]) : bits[i];
    }
    distinct.add(hashes, from, to);
    smallest.add(hashes, from, to);
    summary.add(numbers, to - from);
  }

  private long addDecimals(Batch batch, Column column, long[] contents) {
    CanonicalForm form = new CanonicalForm();
    Hash128 hash = new Hash128();
    long missing = 0;
    for (int i = 0; i < contents.length; i++) {
      int row = batch.row(i);
      if (column.isNull(row)) {
        contents[i] = content(contents[i], MISSING);
        missing++;
        continue;
      }
      form.reset().put(column, row);
      long hashed = hash.hash(form.bytes(), 0, form.length(), 0).high();
      contents[i] = content(contents[i], hashed);
      add(hashed, 1);
      summary.add(column.doubleAt(row), 1);
    }
    return missing;
  }

  /** Depends on the set of values alone, so it is the same for any order and parts. */
  private void leaveIfMany() {
    LongCounts counts = few;
    if (counts != null && counts.distinct() > exact) {
      few = null;
      distinct = exact >= DistinctCount.EXACT ? DistinctCount.ofMany() : distinct;
      replay(counts);
    }
  }

  @Override
  void merge(Values values) {
    NumberValues other = (NumberValues) values;
    LongCounts mine = few;
    LongCounts theirs = other.few;
    if (mine != null && theirs != null) {
      mine.merge(theirs);
      leaveIfMany();
      return;
    }
    if (mine != null) {
      few = null;
      replay(mine);
    }
    if (theirs != null) {
      replay(theirs);
    }
    mergeDistinct(other);
    summary.merge(other.summary);
  }

  /** Adds what was counted one by one; most values of what has many occur once. */
  private void replay(LongCounts counts) {
    long[] bits = new long[counts.distinct()];
    long[] hashes = new long[bits.length];
    int[] size = {0};
    counts.forEachUnsorted(
        (value, times) -> {
          if (times == 1) {
            hashes[size[0]] = hash(value);
            bits[size[0]++] = value;
          } else {
            add(hash(value), times);
            summary.add(number(value, kind), times);
          }
        });
    stream(bits, hashes, 0, size[0], new double[size[0]]);
  }

  /** Returns a summary of all values. */
  Summary summarized() {
    LongCounts counts = few;
    if (counts == null) {
      return summary;
    }
    Summary all = new Summary();
    counts.forEachUnsorted((bits, times) -> all.add(number(bits, kind), times));
    return all;
  }

  @Override
  void write(DataOutput out) throws IOException {
    LongCounts counts = few;
    out.writeBoolean(counts != null);
    if (counts != null) {
      counts.write(out);
    } else {
      writeDistinct(out);
      summary.write(out);
    }
  }

  static NumberValues read(DataInput in, Type.Kind kind, int exact) throws IOException {
    NumberValues values = new NumberValues(kind, exact);
    if (in.readBoolean()) {
      values.few = LongCounts.read(in);
    } else {
      values.few = null;
      values.readDistinct(in);
      values.summary = Summary.read(in);
    }
    return values;
  }
}
