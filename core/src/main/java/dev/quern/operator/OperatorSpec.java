package dev.quern.operator;

import java.util.List;
import java.util.function.Function;

/**
 * The description of an operator: what recipes, documentation, JSON schema and tests read.
 *
 * @param name stage and snake_case name, for example {@code quality.impute}: the path of its class
 *     below {@code dev.quern}
 * @param summary what it does, one sentence
 * @param source the paper or standard of the formula, or {@code definition} where there is none
 * @param revision raised whenever equal input gives other output
 * @param serving where it runs when a model is served
 * @param params its parameters in the order of the documentation
 * @param examples at least one; they hold
 * @param create makes the operator from checked parameters; throws {@link IllegalArgumentException}
 *     where parameters contradict each other
 */
public record OperatorSpec(
    String name,
    Localized summary,
    String source,
    int revision,
    Serving serving,
    List<Param<?>> params,
    List<Example> examples,
    Function<Params, Operator> create) {
  public OperatorSpec {
    params = List.copyOf(params);
    examples = List.copyOf(examples);
    if (!name.matches("[a-z_]+\\.[a-z0-9_]+")) {
      throw new IllegalArgumentException("operator name must be stage.name; found: " + name);
    }
  }

  /** Returns the stage: the name up to the dot. */
  public String stage() {
    return name.substring(0, name.indexOf('.'));
  }
}
