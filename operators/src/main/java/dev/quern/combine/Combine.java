package dev.quern.combine;

import dev.quern.operator.OperatorSpec;
import java.util.List;

/** The operators of the stage combine. */
public final class Combine {
  /** All of them, in the order of the documentation. */
  public static final List<OperatorSpec> OPERATORS = List.of(Union.SPEC, Lookup.SPEC, Review.SPEC);

  private Combine() {}
}
