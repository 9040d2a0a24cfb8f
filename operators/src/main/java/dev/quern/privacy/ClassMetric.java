package dev.quern.privacy;

import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.StepRun;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Combinations;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;

/**
 * A metric of the classes of samples that share the values of some fields. Missing is a value.
 * Suppressed samples, all of whose fields are {@code *}, are no class.
 */
interface ClassMetric extends Analyzer<Combinations> {
  /** Returns the quasi-identifiers. */
  List<String> fields();

  /** Returns the fields that are counted beside them. */
  default List<String> beside() {
    return List.of();
  }

  /** Returns the positions of what is counted: the quasi-identifiers, then what is beside them. */
  default int[] positions(Schema input) {
    return ClassSizes.positions(input, fields(), beside());
  }

  @Override
  default void check(Schema input) {
    positions(input);
  }

  @Override
  default Combinations zero(Schema input, StepRun run) {
    return new Combinations(positions(input));
  }

  @Override
  default Combinations read(DataInput in, Schema input, StepRun run) throws IOException {
    return Combinations.read(in, positions(input));
  }

  /** Returns the classes without what is counted beside them. */
  default CombinationTable classes(Combinations state) {
    return ClassSizes.classes(state.table(), fields().size());
  }
}
