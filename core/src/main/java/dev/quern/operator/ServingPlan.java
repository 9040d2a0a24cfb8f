package dev.quern.operator;

import dev.quern.data.Schema;
import java.util.List;

/**
 * The way of a raw sample to a model: what training did to its data, so that serving does the same.
 *
 * @param raw the fields as the readers give them, the target among them
 * @param target the field the model predicts; missing at serving
 * @param steps the steps of the recipe in order, TRAINING_ONLY ones included (they do nothing)
 * @param prepared the fields the trainer saw
 */
public record ServingPlan(Schema raw, String target, List<ServingStep> steps, Schema prepared) {}
