package dev.quern.recipe;

import java.util.List;

/**
 * The model a recipe trains.
 *
 * @param name of the model in the workspace
 * @param target the field to predict
 * @param trainer the trainer and its parameters
 * @param then what is done with the trained model, in order
 * @param written the model as written, for places: {@code written().place("target")}
 */
public record ModelSpec(
    String name,
    String target,
    OperatorUse trainer,
    List<StepSpec> then,
    Located.Mapping written) {}
