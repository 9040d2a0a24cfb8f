package dev.quern.quality.cell;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.engine.Outcome;

/** Tells an outcome of changed cells. */
public final class Changes {
  private Changes() {}

  /**
   * Tells that the value of {@code field} in {@code row} of {@code batch} became the one in {@code
   * valueRow} of {@code values}.
   *
   * @param rule snake_case name of what changed it
   * @param confidence how certain the change is, in (0, 1]
   */
  public static void tell(
      Outcome out,
      Batch batch,
      int row,
      String field,
      String rule,
      double confidence,
      Column values,
      int valueRow) {}
}
