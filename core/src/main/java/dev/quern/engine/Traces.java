package dev.quern.engine;

import java.io.Serializable;

/**
 * What a pass keeps of what its steps do.
 *
 * @param dropped of samples left out
 * @param changed of cells changed
 */
public record Traces(DroppedSamples dropped, ChangedCells changed) implements Serializable {
  /** Ids, reasons, rules and measured values, and nothing samples hold. */
  public static final Traces IDS = new Traces(DroppedSamples.IDS, ChangedCells.IDS);

  /** Part of the identity of passes; what records have of their own is made at run time. */
  @Override
  public String toString() {
    return "Traces[dropped=" + dropped + ", changed=" + changed + "]";
  }
}
