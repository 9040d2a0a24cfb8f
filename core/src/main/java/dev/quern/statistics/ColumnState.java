package dev.quern.statistics;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import java.io.DataOutput;
import java.io.IOException;

/** What is collected of one field; the same laws hold as for an accumulator. */
public interface ColumnState {

  /** Adds the values of the selected samples of {@code batch}, which stand in {@code column}. */
  void add(Batch batch, Column column);

  /** Adds what {@code other}, a state of the same class, has seen. */
  void merge(ColumnState other);

  /** Writes the state. */
  void write(DataOutput out) throws IOException;
}
