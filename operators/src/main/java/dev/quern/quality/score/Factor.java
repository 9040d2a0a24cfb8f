package dev.quern.quality.score;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One factor s of a record's score, in [0, 1]; 1 where there is nothing to judge. */
public interface Factor {

  /** Returns what it learns from, having seen nothing; factors by rule learn nothing. */
  default State zero(Schema input) {
    return State.NONE;
  }

  /** Returns the state that was written. */
  default State read(DataInput in, Schema input) throws IOException {
    return State.NONE;
  }

  /** Returns what was learnt, plain values. */
  default Map<String, @Nullable Object> fit(State state, Schema input) {
    return Map.of();
  }

  /** Returns the code that judges samples of {@code input}, for one thread. */
  Judging bind(Schema input, Map<String, @Nullable Object> fit);

  /** What a factor collects; the laws of an accumulator hold. */
  interface State {
    /** Nothing. */
    State NONE =
        new State() {
          @Override
          public void add(Batch batch) {}

          @Override
          public void merge(State other) {}

          @Override
          public void write(DataOutput out) {}
        };

    /** Adds the selected samples of {@code batch}. */
    void add(Batch batch);

    /** Adds what {@code other}, a state of the same factor, has seen. */
    void merge(State other);

    /** Writes the state. */
    void write(DataOutput out) throws IOException;
  }

  /** Judges samples. */
  interface Judging {
    /** Sets {@code scores[row]} of each selected row of {@code batch}. */
    void judge(Batch batch, double[] scores);
  }
}
