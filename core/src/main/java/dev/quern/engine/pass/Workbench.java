package dev.quern.engine.pass;

import dev.quern.engine.Folding;
import dev.quern.engine.RunContext;
import dev.quern.engine.TaskResolver;
import dev.quern.engine.Traces;
import java.util.List;
import java.util.Set;

/**
 * What the workers of one process share for the stages of a pass. Safe for several threads.
 *
 * @param resolver the code of operators
 * @param run seed of the run
 * @param folder where tasks write
 * @param files what earlier stages left
 * @param readings the readings of the pass
 * @param settled steps whose changes, dropped and quarantined samples are recorded already
 * @param keeps what is kept of what steps do
 * @param foldings the code of the pass's folds, in its order
 * @param workerBytes bytes one worker may hold in a buffer
 */
public record Workbench(
    TaskResolver resolver,
    RunContext run,
    PassFolder folder,
    StageFiles files,
    Readings readings,
    Set<String> settled,
    Traces keeps,
    List<Folding> foldings,
    long workerBytes) {}
