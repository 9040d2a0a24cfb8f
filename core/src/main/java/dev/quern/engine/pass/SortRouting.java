package dev.quern.engine.pass;

import dev.quern.data.Batch;

/** Tells which parts of a sort the samples of frames belong to. Not safe for several threads. */
public final class SortRouting {
  private final Borders borders;
  private final FieldOrder order;
  private final Batch views;

  /** Makes the routing of what {@code sorted} merges. */
  public SortRouting(Origin.Sorted sorted) {
    this.borders = sorted.borders();
    this.order = new FieldOrder(sorted.schema(), sorted.keys());
    this.views = borders.views(order.keySchema());
  }

  /** Returns the first and the last part that samples of {@code frame} can lie in. */
  public int[] parts(RunFrame frame) {
    return borders.parts(frame, order, views);
  }
}
