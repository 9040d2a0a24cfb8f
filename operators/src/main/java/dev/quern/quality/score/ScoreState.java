package dev.quern.quality.score;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the factors of a score learn from, collected together. */
public final class ScoreState implements Accumulator<ScoreState> {
  private static final int VERSION = 1;

  private final List<Factor.State> states;

  private ScoreState(List<Factor.State> states) {
    this.states = states;
  }

  /** Returns a state that has seen nothing. */
  public static ScoreState zero(List<Factor> factors, Schema input) {
    return new ScoreState(
        new ArrayList<>(factors.stream().map(factor -> factor.zero(input)).toList()));
  }

  /** Returns the state that was written. */
  public static ScoreState read(List<Factor> factors, DataInput in, Schema input)
      throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("score: version of the state must be 1; found: " + version);
    }
    List<Factor.State> states = new ArrayList<>();
    for (Factor factor : factors) {
      states.add(factor.read(in, input));
    }
    return new ScoreState(states);
  }

  /** Returns the state of factor {@code number}. */
  public Factor.State state(int number) {
    return states.get(number);
  }

  @Override
  public void add(Batch batch) {
    states.forEach(state -> state.add(batch));
  }

  @Override
  public void merge(ScoreState other) {
    for (int i = 0; i < states.size(); i++) {
      states.get(i).merge(other.states.get(i));
    }
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    for (Factor.State state : states) {
      state.write(out);
    }
  }
}
