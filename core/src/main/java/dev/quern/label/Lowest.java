package dev.quern.label;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * The lowest values of some samples, at most a given number of them; of equal values those of the
 * lower sample ids, so that the choice depends on nothing but the samples.
 */
public final class Lowest {
  private static final Comparator<Ranked> ORDER =
      Comparator.comparingDouble(Ranked::value)
          .thenComparing(Ranked::high, Long::compareUnsigned)
          .thenComparing(Ranked::low, Long::compareUnsigned);

  private final long limit;
  private final PriorityQueue<Ranked> kept = new PriorityQueue<>(ORDER.reversed());

  /**
   * A value of a sample.
   *
   * @param value what is ranked by
   * @param high first half of the sample's id
   * @param low second half of the sample's id
   */
  public record Ranked(double value, long high, long low) {
    /** Returns whether this comes no later than {@code last}. */
    public boolean isWithin(Ranked last) {
      return ORDER.compare(this, last) <= 0;
    }
  }

  /** Makes a state that keeps {@code limit} values. */
  public Lowest(long limit) {
    this.limit = limit;
  }

  /** Adds a value of a sample. */
  public void add(double value, long high, long low) {
    if (kept.size() < limit) {
      kept.add(new Ranked(value, high, low));
      return;
    }
    Ranked last = kept.peek();
    if (last != null && value <= last.value()) {
      Ranked ranked = new Ranked(value, high, low);
      if (ranked.isWithin(last)) {
        kept.poll();
        kept.add(ranked);
      }
    }
  }

  /** Adds what {@code other} has seen. */
  public void merge(Lowest other) {
    other.kept.forEach(one -> add(one.value(), one.high(), one.low()));
  }

  /** Returns the last of the lowest values; one below all others where there is none. */
  public Ranked last() {
    Ranked last = kept.peek();
    return last == null ? new Ranked(Double.NEGATIVE_INFINITY, 0, 0) : last;
  }

  /** Writes the state, in ascending order. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(kept.size());
    for (Ranked one : kept.stream().sorted(ORDER).toList()) {
      out.writeDouble(one.value());
      out.writeLong(one.high());
      out.writeLong(one.low());
    }
  }

  /** Adds the values of a state that was written. */
  public void readState(DataInput in) throws IOException {
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      add(in.readDouble(), in.readLong(), in.readLong());
    }
  }
}
