package dev.quern.recipe;

/**
 * What a recipe writes.
 *
 * @param dataset name of the dataset that gets a version
 * @param place where the name stands
 */
public record WriteSpec(String dataset, Position place) {}
