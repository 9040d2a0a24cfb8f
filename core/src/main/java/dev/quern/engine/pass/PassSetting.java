package dev.quern.engine.pass;

import dev.quern.engine.Folding;
import dev.quern.engine.RunContext;
import dev.quern.engine.TaskResolver;
import java.util.List;

/**
 * What the execution of a pass works with.
 *
 * @param foldings the code of the pass's folds, in its order
 */
record PassSetting(
    Allowance allowance,
    TaskResolver resolver,
    RunContext run,
    PassFolder folder,
    Journal journal,
    Meter meter,
    Readings readings,
    List<Folding> foldings,
    Workers workers) {}
