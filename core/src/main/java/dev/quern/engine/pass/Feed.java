package dev.quern.engine.pass;

import dev.quern.data.Schema;
import dev.quern.engine.Task;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * One input of a stage: where its samples come from and what is done to them on the way.
 *
 * @param origin where they come from
 * @param operations what is done, in order
 * @param schema the fields behind the last operation
 */
public record Feed(Origin origin, List<Operation> operations, Schema schema)
    implements Serializable {

  /** One thing done on the way. */
  sealed interface Operation extends Serializable {
    /**
     * A map.
     *
     * @param label of the step's counts
     * @param begins whether its samples come from another step, or from an earlier verb of its own
     */
    record Map(Task task, String label, Begins begins, Schema input, Schema output)
        implements Operation {}

    /** What stands before a verb. */
    enum Begins {
      STEP,
      VERB
    }

    /**
     * A fold that looks on.
     *
     * @param position of the fold in the pass
     * @param step whose fold it is
     */
    record Fold(int position, String step, Task.Scope scope) implements Operation {}
  }

  /** Returns this feed with the same samples from another place. */
  public Feed from(Origin place) {
    return new Feed(place, operations, schema);
  }

  Feed plus(Operation operation, Schema newSchema) {
    List<Operation> more = new ArrayList<>(operations);
    more.add(operation);
    return new Feed(origin, List.copyOf(more), newSchema);
  }
}
