package dev.quern.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.spark.util.AccumulatorV2;
import org.jspecify.annotations.Nullable;

/**
 * Brings the results of tasks whose samples go into a shuffle, and which therefore return nothing,
 * to the driver. Spark may do such a task again; its result is the same then. It has no name in
 * Spark, so that nothing of it gets into event logs.
 */
final class Results extends AccumulatorV2<TaskResult, List<TaskResult>> {
  private static final long serialVersionUID = 1L;

  private final List<TaskResult> held = new ArrayList<>();

  /** In the driver alone. */
  private transient @Nullable BlockingQueue<TaskResult> arrived;

  /** Makes the driver's end. */
  static Results arriving() {
    Results results = new Results();
    results.arrived = new LinkedBlockingQueue<>();
    return results;
  }

  /** Returns the results as they arrive. */
  BlockingQueue<TaskResult> arrived() {
    if (arrived == null) {
      throw new IllegalStateException("results arrive at the driver");
    }
    return arrived;
  }

  @Override
  public boolean isZero() {
    return held.isEmpty();
  }

  @Override
  public Results copy() {
    Results copy = new Results();
    copy.held.addAll(held);
    return copy;
  }

  @Override
  public void reset() {
    held.clear();
  }

  @Override
  public void add(TaskResult result) {
    held.add(result);
  }

  @Override
  public void merge(AccumulatorV2<TaskResult, List<TaskResult>> other) {
    if (arrived == null) {
      held.addAll(other.value());
    } else {
      arrived.addAll(other.value());
    }
  }

  @Override
  public List<TaskResult> value() {
    return held;
  }
}
