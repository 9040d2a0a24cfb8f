package dev.quern.quality.date;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Slice;
import dev.quern.statistics.ColumnState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * How many texts of a field can be dates by which sets of orders: {@code 25/3/2024} by day first
 * alone, {@code 5/3/2024} by both.
 */
public final class DateEvidence implements ColumnState {
  private static final int VERSION = 1;

  /** Part of the decisive texts that may speak against the order that is chosen. */
  private static final double TOLERATED = 0.05;

  private final DateText text;
  private final long[] counts = new long[8];
  private final Slice slice = new Slice();

  /** Makes evidence that has seen nothing. */
  public DateEvidence(DateRules rules) {
    text = new DateText(rules);
  }

  /** Returns the evidence that was written. */
  public static DateEvidence read(DataInput in, DateRules rules) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("date evidence: version must be 1; found: " + version);
    }
    DateEvidence evidence = new DateEvidence(rules);
    for (int i = 0; i < evidence.counts.length; i++) {
      evidence.counts[i] = in.readLong();
    }
    return evidence;
  }

  @Override
  public void add(Batch batch, Column column) {
    int[] known =
        column instanceof DictionaryColumn coded ? new int[coded.dictionary().size()] : new int[0];
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!column.isNull(row)) {
        counts[orders(column, row, known)]++;
      }
    }
  }

  private int orders(Column column, int row, int[] known) {
    if (!(column instanceof DictionaryColumn coded)) {
      return text.orders(column.sliceAt(row, slice));
    }
    int code = coded.code(row);
    if (known[code] == 0) {
      known[code] = 1 + text.orders(column.sliceAt(row, slice));
    }
    return known[code] - 1;
  }

  @Override
  public void merge(ColumnState other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += ((DateEvidence) other).counts[i];
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    for (long count : counts) {
      out.writeLong(count);
    }
  }

  /**
   * Returns the order that most texts can be read by, if it reads more than each other order and at
   * most one text in twenty of those that it or the next best alone reads speaks against it.
   */
  public Optional<DateOrder> order() {
    DateOrder best = DateOrder.DMY;
    for (DateOrder order : DateOrder.values()) {
      if (readable(order) > readable(best)) {
        best = order;
      }
    }
    for (DateOrder other : DateOrder.values()) {
      if (other != best) {
        long with = without(best, other);
        long against = without(other, best);
        if (with == 0 || against > TOLERATED * (with + against)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(best);
  }

  private long readable(DateOrder order) {
    long sum = 0;
    for (int set = 1; set < counts.length; set++) {
      sum += (set & order.bit()) != 0 ? counts[set] : 0;
    }
    return sum;
  }

  /** Texts that {@code order} reads and {@code other} does not. */
  private long without(DateOrder order, DateOrder other) {
    long sum = 0;
    for (int set = 1; set < counts.length; set++) {
      sum += (set & order.bit()) != 0 && (set & other.bit()) == 0 ? counts[set] : 0;
    }
    return sum;
  }
}
