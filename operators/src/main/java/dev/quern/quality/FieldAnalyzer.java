package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.StepRun;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/** An analyzer that collects one state of the values of one field. */
interface FieldAnalyzer extends Analyzer<ColumnStates> {

  /**
   * Returns the position of the field, one number.
   *
   * @throws dev.quern.operator.BindException if there is no such field, or it holds other values
   */
  int[] position(Schema input);

  /** Returns a state that has seen no value. */
  ColumnState state(Schema input);

  /** Returns the state that was written. */
  ColumnState readState(DataInput in, Schema input) throws IOException;

  @Override
  default void check(Schema input) {
    position(input);
  }

  @Override
  default ColumnStates zero(Schema input, StepRun run) {
    return new ColumnStates(position(input), List.of(state(input)));
  }

  @Override
  default ColumnStates read(DataInput in, Schema input, StepRun run) throws IOException {
    return ColumnStates.read(in, position(input), (i, from) -> readState(from, input));
  }
}
