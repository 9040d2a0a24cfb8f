package dev.quern.engine;

import java.io.DataInput;
import java.io.IOException;

/** The code of a fold: makes accumulators for one input schema. */
public interface Folding {

  /** Returns an accumulator that has seen nothing. */
  Accumulator<?> zero();

  /** Returns the accumulator whose state {@link Accumulator#write} wrote. */
  Accumulator<?> read(DataInput in) throws IOException;
}
