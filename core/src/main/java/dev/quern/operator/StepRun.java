package dev.quern.operator;

import dev.quern.engine.RunContext;

/**
 * A step in a run, as its operator may know it.
 *
 * @param label the step's label, which draws depend on
 * @param run the run
 * @param secrets resolves references to keys; values never enter tasks, plans or messages
 */
public record StepRun(String label, RunContext run, Secrets secrets) {}
