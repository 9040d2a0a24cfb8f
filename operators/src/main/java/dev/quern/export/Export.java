package dev.quern.export;

import dev.quern.operator.OperatorSpec;
import java.util.List;

/** The writers. */
public final class Export {
  /** All of them, in the order of the documentation. */
  public static final List<OperatorSpec> OPERATORS =
      List.of(Parquet.SPEC, Jsonl.SPEC, Csv.SPEC, LabelStudio.SPEC);

  private Export() {}
}
