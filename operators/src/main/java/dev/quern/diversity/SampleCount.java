package dev.quern.diversity;

import dev.quern.data.Batch;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Mapping;
import dev.quern.engine.RunContext;
import dev.quern.operator.FilterMapping;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.StepRun;
import dev.quern.operator.Verdict;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form of {@code diversity.sample} that keeps exactly {@code count} samples (all, if there are
 * fewer): those with the smallest draws on their ids. 8 bytes of memory per sample to keep.
 *
 * @param count samples to keep
 */
record SampleCount(int count) implements Fitter<SampleCount.Smallest> {
  private static final String LAST = "last";

  @Override
  public boolean dropsSamples() {
    return true;
  }

  @Override
  public Schema output(Schema input) {
    return input;
  }

  @Override
  public Smallest zero(Schema input, StepRun run) {
    return new Smallest(count, run.run().stepSeed(run.label()));
  }

  @Override
  public Smallest read(DataInput in, Schema input, StepRun run) throws IOException {
    Smallest smallest = zero(input, run);
    smallest.readState(in);
    return smallest;
  }

  @Override
  public Fit fit(Smallest state, Schema input) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put(LAST, state.last());
    return new Fit(values);
  }

  @Override
  public Mapping bind(Schema input, Schema output, Fit fit, StepRun run) {
    long seed = run.run().stepSeed(run.label());
    @Nullable Object last = fit.values().get(LAST);
    return new FilterMapping(
        sample -> {
          Keys keys = sample.batch().keys();
          int row = sample.row();
          long draw = RunContext.draw(seed, keys.idHigh(row), keys.idLow(row));
          return count > 0 && (!(last instanceof Long limit) || draw <= limit)
              ? Verdict.KEEP
              : Verdict.drop("not_sampled", RunContext.unit(draw));
        });
  }

  /** The smallest draws, at most {@code count}. */
  static final class Smallest implements Accumulator<Smallest> {
    private static final int VERSION = 1;

    private final int count;
    private final long seed;
    private long[] draws = new long[16];
    private int size;
    private boolean cut;

    Smallest(int count, long seed) {
      this.count = count;
      this.seed = seed;
    }

    /** Returns the largest draw that is kept; null where all are. */
    @Nullable Long last() {
      settle();
      return cut && size > 0 ? draws[size - 1] : null;
    }

    @Override
    public void add(Batch batch) {
      Keys keys = batch.keys();
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        put(RunContext.draw(seed, keys.idHigh(row), keys.idLow(row)));
      }
    }

    @Override
    public void merge(Smallest other) {
      for (int i = 0; i < other.size; i++) {
        put(other.draws[i]);
      }
      cut |= other.cut;
    }

    @Override
    public void write(DataOutput out) throws IOException {
      settle();
      out.writeByte(VERSION);
      out.writeBoolean(cut);
      out.writeInt(size);
      for (int i = 0; i < size; i++) {
        out.writeLong(draws[i]);
      }
    }

    private void readState(DataInput in) throws IOException {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("draws: version of the state must be 1; found: " + version);
      }
      cut = in.readBoolean();
      size = in.readInt();
      draws = new long[Math.max(16, size)];
      for (int i = 0; i < size; i++) {
        draws[i] = in.readLong();
      }
    }

    private void put(long draw) {
      if (size == draws.length) {
        // Twice what is kept is collected before it is sorted again: amortised O(log n) each.
        if (size >= 2L * count) {
          settle();
        }
        if (size == draws.length) {
          draws = Arrays.copyOf(draws, 2 * draws.length);
        }
      }
      draws[size++] = draw;
    }

    private void settle() {
      Arrays.sort(draws, 0, size);
      if (size > count) {
        size = count;
        cut = true;
      }
    }
  }
}
