package dev.quern.statistics;

import dev.quern.data.Hash128;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The number of distinct values, known by their 64-bit hashes: exact up to 4,096 of them, beyond a
 * HyperLogLog estimate with 2^14 registers, relative standard error 0.81 %.
 *
 * <p>Registers after Flajolet et al. 2007; estimator of Ertl 2017 (arXiv:1702.01284, algorithm 6),
 * which needs no correction tables over the whole range. The state depends on the set of values
 * alone.
 */
public final class DistinctCount {
  private static final int VERSION = 1;
  private static final int PRECISION = 14;
  private static final int REGISTERS = 1 << PRECISION;
  private static final int RANKS = 64 - PRECISION;

  /** Distinct values that are counted exactly at most. */
  public static final int EXACT = 4096;

  private LongCounts few = new LongCounts();
  private byte[] registers = {};

  /**
   * Returns a count to which more than {@link #EXACT} distinct values are about to be added: the
   * same as a fresh one then, and faster.
   */
  public static DistinctCount ofMany() {
    DistinctCount count = new DistinctCount();
    count.registers = new byte[REGISTERS];
    return count;
  }

  /** Adds the values that {@code hashes[from, to)} were computed of. */
  public void add(long[] hashes, int from, int to) {
    int at = from;
    while (at < to && registers.length == 0) {
      add(hashes[at++]);
    }
    byte[] into = registers;
    for (; at < to; at++) {
      long hash = hashes[at];
      int index = (int) (hash >>> RANKS);
      int rank = Math.min(RANKS, Long.numberOfLeadingZeros(hash << PRECISION)) + 1;
      if (rank > into[index]) {
        into[index] = (byte) rank;
      }
    }
  }

  /** Adds the value that {@code hash} was computed of. */
  public void add(Hash128 hash) {
    add(hash.high());
  }

  /** Adds the value whose {@link Hash128} begins with {@code hash}. */
  public void add(long hash) {
    if (registers.length > 0) {
      register(hash);
    } else if (few.addNew(hash)) {
      thicken();
    }
  }

  /** Adds what {@code other} has seen. */
  public void merge(DistinctCount other) {
    if (other.registers.length == 0) {
      other.few.forEachUnsorted((hash, n) -> add(hash));
      return;
    }
    if (registers.length == 0) {
      LongCounts mine = few;
      few = new LongCounts();
      registers = new byte[REGISTERS];
      mine.forEachUnsorted((hash, n) -> register(hash));
    }
    for (int i = 0; i < REGISTERS; i++) {
      registers[i] = (byte) Math.max(registers[i], other.registers[i]);
    }
  }

  /** Returns whether {@link #value} is exact. */
  public boolean isExact() {
    return registers.length == 0;
  }

  /** Returns the number of distinct values, exact or estimated. */
  public double value() {
    return isExact() ? few.distinct() : estimate();
  }

  /** Writes the state. */
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeBoolean(isExact());
    if (isExact()) {
      few.write(out);
    } else {
      out.write(registers);
    }
  }

  /** Returns the count whose state was written. */
  public static DistinctCount read(DataInput in) throws IOException {
    State.expect(in, "distinct count", VERSION);
    DistinctCount count = new DistinctCount();
    if (in.readBoolean()) {
      count.few = LongCounts.read(in);
    } else {
      count.registers = new byte[REGISTERS];
      in.readFully(count.registers);
    }
    return count;
  }

  private void thicken() {
    if (few.distinct() > EXACT) {
      LongCounts all = few;
      few = new LongCounts();
      registers = new byte[REGISTERS];
      all.forEachUnsorted((hash, n) -> register(hash));
    }
  }

  private void register(long hash) {
    int index = (int) (hash >>> RANKS);
    int rank = Math.min(RANKS, Long.numberOfLeadingZeros(hash << PRECISION)) + 1;
    if (rank > registers[index]) {
      registers[index] = (byte) rank;
    }
  }

  private double estimate() {
    int[] multiplicity = new int[RANKS + 2];
    for (byte register : registers) {
      multiplicity[register]++;
    }
    double m = REGISTERS;
    double z = m * tau(1 - multiplicity[RANKS + 1] / m);
    for (int k = RANKS; k >= 1; k--) {
      z = 0.5 * (z + multiplicity[k]);
    }
    z += m * sigma(multiplicity[0] / m);
    return m * m / (2 * Math.log(2) * z);
  }

  private static double sigma(double share) {
    if (share == 1) {
      return Double.POSITIVE_INFINITY;
    }
    double x = share;
    double y = 1;
    double z = share;
    double last;
    do {
      x *= x;
      last = z;
      z += x * y;
      y += y;
    } while (z != last);
    return z;
  }

  private static double tau(double share) {
    if (share == 0 || share == 1) {
      return 0;
    }
    double x = share;
    double y = 1;
    double z = 1 - share;
    double last;
    do {
      x = Math.sqrt(x);
      last = z;
      y *= 0.5;
      z -= (1 - x) * (1 - x) * y;
    } while (z != last);
    return z / 3;
  }
}
