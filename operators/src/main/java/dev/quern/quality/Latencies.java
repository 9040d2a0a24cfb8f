package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.CoarseCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How long samples took to arrive, in µs, and how many were in time. */
public final class Latencies implements Accumulator<Latencies> {
  /** What {@link #of} returns where one of the two times is missing. */
  static final long MISSING = Long.MIN_VALUE;

  private static final int VERSION = 1;

  private final int event;
  private final int arrival;
  private final long limit;
  private CoarseCounts counts = new CoarseCounts();
  private long within;
  private long ahead;

  Latencies(int event, int arrival, long limit) {
    this.event = event;
    this.arrival = arrival;
    this.limit = limit;
  }

  static Latencies read(DataInput in, int event, int arrival, long limit) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("latencies: version of the state must be 1; found: " + version);
    }
    Latencies read = new Latencies(event, arrival, limit);
    read.within = in.readLong();
    read.ahead = in.readLong();
    read.counts = CoarseCounts.read(in);
    return read;
  }

  CoarseCounts counts() {
    return counts;
  }

  /** Returns the number of samples that arrived no later than the limit after they happened. */
  long within() {
    return within;
  }

  /** Returns the number of samples that arrived before they happened. */
  long ahead() {
    return ahead;
  }

  /** Returns the latency of {@code row} in µs, or {@link #MISSING}. */
  long of(Batch batch, int row) {
    Column happened = batch.column(event);
    Column arrived = batch.column(arrival);
    if (happened.isNull(row) || arrived.isNull(row)) {
      return MISSING;
    }
    long from = EventTimes.micros(happened.longAt(row), EventTimes.unit(happened.type()));
    long to = EventTimes.micros(arrived.longAt(row), EventTimes.unit(arrived.type()));
    long latency = to - from;
    boolean overflows = ((to ^ from) & (to ^ latency)) < 0;
    return overflows
        ? (to < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE)
        : Math.max(latency, -Long.MAX_VALUE);
  }

  @Override
  public void add(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      long latency = of(batch, batch.row(i));
      if (latency != MISSING) {
        counts.add(latency);
        within += latency <= limit ? 1 : 0;
        ahead += latency < 0 ? 1 : 0;
      }
    }
  }

  @Override
  public void merge(Latencies other) {
    counts.merge(other.counts);
    within += other.within;
    ahead += other.ahead;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(within);
    out.writeLong(ahead);
    counts.write(out);
  }
}
