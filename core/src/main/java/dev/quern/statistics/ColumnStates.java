package dev.quern.statistics;

import dev.quern.data.Batch;
import dev.quern.engine.Accumulator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One state for each of some fields, collected together. */
public final class ColumnStates implements Accumulator<ColumnStates> {
  private static final int VERSION = 1;

  private final int[] positions;
  private final List<ColumnState> states;
  private long samples;

  /** Makes an accumulator that collects field {@code positions[i]} in {@code states.get(i)}. */
  public ColumnStates(int[] positions, List<? extends ColumnState> states) {
    this.positions = positions.clone();
    this.states = List.copyOf(states);
  }

  /** Reads the state of one field. */
  public interface StateReader {
    /** Returns the state of field {@code number} (as given to the constructor). */
    ColumnState read(int number, DataInput in) throws IOException;
  }

  /** Returns the states that were written. */
  public static ColumnStates read(DataInput in, int[] positions, StateReader reader)
      throws IOException {
    State.expect(in, "column states", VERSION);
    long samples = in.readLong();
    List<ColumnState> states = new ArrayList<>();
    for (int i = 0; i < positions.length; i++) {
      states.add(reader.read(i, in));
    }
    ColumnStates all = new ColumnStates(positions, states);
    all.samples = samples;
    return all;
  }

  /** Returns the state of field {@code number}. */
  public <S extends ColumnState> S state(Class<S> kind, int number) {
    return kind.cast(states.get(number));
  }

  /** Returns the number of samples seen. */
  public long samples() {
    return samples;
  }

  @Override
  public void add(Batch batch) {
    samples += batch.count();
    for (int i = 0; i < positions.length; i++) {
      states.get(i).add(batch, batch.column(positions[i]));
    }
  }

  @Override
  public void merge(ColumnStates other) {
    samples += other.samples;
    for (int i = 0; i < positions.length; i++) {
      states.get(i).merge(other.states.get(i));
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    State.begin(out, VERSION);
    out.writeLong(samples);
    for (ColumnState state : states) {
      state.write(out);
    }
  }
}
