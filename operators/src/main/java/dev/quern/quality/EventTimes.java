package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Type;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.CoarseCounts;
import dev.quern.statistics.ExactSum;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * When the samples of a field of times happened, in µs since 1970: times, not ages, so that ages as
 * of any later moment follow from it.
 */
public final class EventTimes implements Accumulator<EventTimes> {
  private static final int VERSION = 1;
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  private final int position;
  private CoarseCounts counts = new CoarseCounts();
  private ExactSum sum = new ExactSum();
  private long newest = Long.MIN_VALUE;

  EventTimes(int position) {
    this.position = position;
  }

  static EventTimes read(DataInput in, int position) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("event times: version of the state must be 1; found: " + version);
    }
    EventTimes times = new EventTimes(position);
    times.newest = in.readLong();
    times.sum = ExactSum.read(in);
    times.counts = CoarseCounts.read(in);
    return times;
  }

  CoarseCounts counts() {
    return counts;
  }

  /** Returns the latest time in µs; there must be one. */
  long newest() {
    return newest;
  }

  /** Returns the exact sum of all times in µs, rounded once. */
  double sum() {
    return sum.value();
  }

  @Override
  public void add(Batch batch) {
    Column column = batch.column(position);
    long unit = unit(column.type());
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (!column.isNull(row)) {
        long micros = micros(column.longAt(row), unit);
        counts.add(micros);
        sum.add(micros);
        newest = Math.max(newest, micros);
      }
    }
  }

  /** Returns how many µs one of a field of times of {@code type} is. */
  static long unit(Type type) {
    return switch (type.kind()) {
      case DATE -> DAY;
      case LONG -> SECOND;
      case TIMESTAMP -> 1;
      case TEXT, DOUBLE, FLOAT, DECIMAL, BOOL, BYTES, LIST, STRUCT ->
          throw new IllegalStateException("field must hold times; found: " + type);
    };
  }

  /** A time beyond what µs can tell is as old or as new as can be. */
  static long micros(long value, long unit) {
    if (Math.abs(value) <= Long.MAX_VALUE / unit) {
      return value * unit;
    }
    return value < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  @Override
  public void merge(EventTimes other) {
    counts.merge(other.counts);
    sum.merge(other.sum);
    newest = Math.max(newest, other.newest);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(newest);
    sum.write(out);
    counts.write(out);
  }
}
