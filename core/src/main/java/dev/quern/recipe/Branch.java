package dev.quern.recipe;

import java.util.List;

/**
 * One of several inputs of a recipe that is a graph.
 *
 * @param name of the input
 * @param read its sources, united by field name
 * @param steps what is done with them before inputs are combined
 * @param place where the name stands
 */
public record Branch(String name, List<SourceSpec> read, List<StepSpec> steps, Position place) {
  public Branch {
    read = List.copyOf(read);
    steps = List.copyOf(steps);
  }
}
