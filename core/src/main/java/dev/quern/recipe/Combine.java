package dev.quern.recipe;

/** How the inputs of a recipe become one. */
public sealed interface Combine {

  /** Returns where it stands. */
  Position place();

  /**
   * By field name, one input after the other in written order.
   *
   * @param place where it stands
   */
  record Union(Position place) implements Combine {}

  /**
   * By an operator of several inputs, in written order.
   *
   * @param step the operator and its parameters
   */
  record By(StepSpec step) implements Combine {
    @Override
    public Position place() {
      return step.place();
    }
  }
}
