package dev.quern.privacy;

import dev.quern.operator.OperatorSpec;
import java.util.List;

/** The operators of the stage privacy. */
public final class Privacy {
  /** All of them, in the order of the documentation. */
  public static final List<OperatorSpec> OPERATORS =
      List.of(RedactPattern.SPEC, HashKeyed.SPEC, Anonymize.SPEC);

  private Privacy() {}
}
