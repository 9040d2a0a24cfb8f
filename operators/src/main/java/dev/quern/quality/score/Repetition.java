package dev.quern.quality.score;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.statistics.HashCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Not a duplicate: 1 / number of samples that are equal in the fields, missing values included.
 *
 * @param positions the fields
 */
public record Repetition(int[] positions) implements Factor {
  private static final class Counted implements State {
    private final RowHashes hashes;
    private final HashCounts counts;

    Counted(int[] positions, HashCounts counts) {
      this.hashes = new RowHashes(positions);
      this.counts = counts;
    }

    @Override
    public void add(Batch batch) {
      for (int i = 0; i < batch.count(); i++) {
        hashes.of(batch, batch.row(i));
        counts.add(hashes.hash());
      }
    }

    @Override
    public void merge(State other) {
      counts.merge(((Counted) other).counts);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      counts.write(out);
    }
  }

  @Override
  public State zero(Schema input) {
    return new Counted(positions, new HashCounts());
  }

  @Override
  public State read(DataInput in, Schema input) throws IOException {
    return new Counted(positions, HashCounts.read(in));
  }

  @Override
  public Map<String, @Nullable Object> fit(State state, Schema input) {
    Map<String, @Nullable Object> repeated = new TreeMap<>();
    ((Counted) state).counts.forEachRepeated((high, low, n) -> repeated.put(key(high, low), n));
    return repeated;
  }

  private static String key(long high, long low) {
    return RowHashes.written(high) + RowHashes.written(low);
  }

  @Override
  public Judging bind(Schema input, Map<String, @Nullable Object> fit) {
    RowHashes hashes = new RowHashes(positions);
    return (batch, scores) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        hashes.of(batch, row);
        Object n = fit.get(key(hashes.hash().high(), hashes.hash().low()));
        scores[row] = n instanceof Number count ? 1 / count.doubleValue() : 1;
      }
    };
  }
}
