package dev.quern.export;

import java.util.List;

/** The writers. */
public final class Export {
  /** All of them, in the order of the documentation. */
  public static final List<Class<?>> OPERATORS =
      List.of(Parquet.class, Jsonl.class, Csv.class, LabelStudio.class);

  private Export() {}
}
