package dev.quern.diversity;

import dev.quern.operator.OperatorSpec;
import java.util.List;

/** The operators of the stage diversity. */
public final class Diversity {
  /** All of them, in the order of the documentation. */
  public static final List<OperatorSpec> OPERATORS = List.of(Split.SPEC, Sample.SPEC);

  private Diversity() {}
}
