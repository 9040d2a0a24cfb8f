package dev.quern.recipe;

import dev.quern.operator.BindException;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;

/**
 * An operator with the parameters a recipe gives it.
 *
 * @param spec the operator's description
 * @param params its parameters, checked
 * @param operator the operator, made from the parameters
 * @param place where its name stands
 * @param written its parameters as written
 */
public record OperatorUse(
    OperatorSpec spec, Params params, Operator operator, Position place, Located written) {

  /** Returns the operator's name. */
  public String name() {
    return spec.name();
  }

  /** Returns where the value of {@code param} stands, or the operator's name if it is not given. */
  public Position place(String param) {
    return written instanceof Located.Mapping mapping && mapping.find(param).isPresent()
        ? mapping.place(param)
        : place;
  }

  /** Returns the problem of a parameter that does not fit the data's schema. */
  public Problem problem(BindException e) {
    String what = e.param().isEmpty() ? name() : name() + "." + e.param();
    return new Problem(place(e.param()), "does_not_fit", what + " " + e.getMessage());
  }
}
