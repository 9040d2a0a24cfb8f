package dev.quern.spark;

import dev.quern.data.Schema;
import dev.quern.engine.RunContext;
import dev.quern.engine.Task;
import dev.quern.engine.TaskShipment;
import dev.quern.engine.Traces;
import dev.quern.engine.pass.FolderStages;
import dev.quern.engine.pass.Readings;
import dev.quern.engine.pass.Stage;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything a worker must know of a stage.
 *
 * @param reads the reads of the pass with their files
 * @param run the seed
 * @param settled steps whose changes, dropped and quarantined samples are recorded already
 * @param keeps what is kept of what steps do
 * @param folds of the pass, in its order
 * @param tasks the code of operators
 * @param storage where files of the pass lie
 * @param links files of stages before a connect
 */
record StageShipment(
    Stage stage,
    List<Readings.Files> reads,
    RunContext run,
    Set<String> settled,
    Traces keeps,
    List<Folded> folds,
    TaskShipment tasks,
    Storage storage,
    Map<Integer, List<FolderStages.NamedLinks>> links)
    implements Serializable {

  /** A fold over samples with {@code input}. */
  record Folded(Task task, Schema input) implements Serializable {}
}
