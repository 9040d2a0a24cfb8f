package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Keys;
import dev.quern.engine.Accumulator;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.SecondLook;
import dev.quern.statistics.HashCounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The first sample, by rank, of each value that occurs more than once; values by their hash. About
 * 150 bytes for each such value.
 */
final class FirstOccurrences implements Accumulator<FirstOccurrences> {
  private static final int VERSION = 1;
  private static final String FIRST = "first";

  private final Hashes hashes;
  private final HashCounts repeated;
  private final TreeMap<Pair, Rank> first = new TreeMap<>();

  private record Pair(long high, long low) implements Comparable<Pair> {
    @Override
    public int compareTo(Pair other) {
      int order = Long.compareUnsigned(high, other.high);
      return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }
  }

  private record Rank(long origin, long position, long child) implements Comparable<Rank> {
    static Rank of(Keys keys, int row) {
      return new Rank(keys.origin(row), keys.position(row), keys.child(row));
    }

    @Override
    public int compareTo(Rank other) {
      int order = Long.compare(origin, other.origin);
      if (order == 0) {
        order = Long.compare(position, other.position);
      }
      return order != 0 ? order : Long.compare(child, other.child);
    }
  }

  private FirstOccurrences(int[] positions, HashCounts repeated) {
    this.hashes = new Hashes(positions);
    this.repeated = repeated;
  }

  /** Returns the second look that finds the first samples of the values {@code repeated}. */
  static SecondLook<FirstOccurrences> look(int[] positions, HashCounts repeated) {
    return new SecondLook<>() {
      @Override
      public FirstOccurrences zero() {
        return new FirstOccurrences(positions, repeated);
      }

      @Override
      public FirstOccurrences read(DataInput in) throws IOException {
        FirstOccurrences found = zero();
        found.readState(in);
        return found;
      }

      @Override
      public Fit completed(FirstOccurrences state) {
        return state.fit();
      }
    };
  }

  /** Returns what tells of every sample but the first of each value of a completed fit. */
  static SampleJudge judge(int[] positions, Fit fit, Finding finding) {
    FirstOccurrences known = new FirstOccurrences(positions, new HashCounts());
    if (fit.values().get(FIRST) instanceof String written) {
      byte[] bytes = Base64.getDecoder().decode(written);
      try {
        known.readState(new DataInputStream(new ByteArrayInputStream(bytes)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (!known.hashes.isThere(batch, row)) {
          findings.notApplicable(row);
          continue;
        }
        Rank rank = known.first.get(known.value());
        if (rank != null && !rank.equals(Rank.of(batch.keys(), row))) {
          findings.fail(row, finding);
        }
      }
    };
  }

  private Pair value() {
    var hash = hashes.hash();
    return new Pair(hash.high(), hash.low());
  }

  @Override
  public void add(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (hashes.isThere(batch, row) && repeated.contains(hashes.hash())) {
        put(value(), Rank.of(batch.keys(), row));
      }
    }
  }

  private void put(Pair value, Rank rank) {
    first.merge(value, rank, (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }

  @Override
  public void merge(FirstOccurrences other) {
    other.first.forEach(this::put);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(first.size());
    for (Map.Entry<Pair, Rank> entry : first.entrySet()) {
      out.writeLong(entry.getKey().high());
      out.writeLong(entry.getKey().low());
      out.writeLong(entry.getValue().origin());
      out.writeLong(entry.getValue().position());
      out.writeLong(entry.getValue().child());
    }
  }

  private void readState(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("first samples: version of the state must be 1; found: " + version);
    }
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      Pair value = new Pair(in.readLong(), in.readLong());
      put(value, new Rank(in.readLong(), in.readLong(), in.readLong()));
    }
  }

  private Fit fit() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Fit(Map.of(FIRST, Base64.getEncoder().encodeToString(bytes.toByteArray())));
  }
}
