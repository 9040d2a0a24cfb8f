package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Task;
import java.util.Optional;

/**
 * A step as it runs before a model.
 *
 * @param task the step's task
 * @param input fields before the step
 * @param output fields after the step
 * @param place where it runs
 * @param fit what it learnt, for fitters
 */
public record ServingStep(
    Task task, Schema input, Schema output, Serving place, Optional<Fit> fit) {}
