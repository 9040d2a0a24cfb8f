package dev.quern.acquire;

import dev.quern.operator.OperatorSpec;
import java.util.List;

/** The readers. */
public final class Acquire {
  /** All of them, in the order of the documentation. */
  public static final List<OperatorSpec> OPERATORS =
      List.of(
          Csv.SPEC,
          Jsonl.SPEC,
          Parquet.SPEC,
          Text.SPEC,
          Files.SPEC,
          LabelStudio.SPEC,
          Synthetic.SPEC);

  private Acquire() {}
}
