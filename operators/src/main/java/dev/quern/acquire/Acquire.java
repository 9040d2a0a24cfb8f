package dev.quern.acquire;

import java.util.List;

/** The readers. */
public final class Acquire {
  /** All of them, in the order of the documentation. */
  public static final List<Class<?>> OPERATORS =
      List.of(
          Csv.class,
          Jsonl.class,
          Parquet.class,
          Text.class,
          Files.class,
          LabelStudio.class,
          Synthetic.class);

  private Acquire() {}
}
