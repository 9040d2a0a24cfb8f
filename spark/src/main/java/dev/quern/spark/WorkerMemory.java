package dev.quern.spark;

import org.apache.spark.SparkEnv;

/** What a task may hold in buffers: a share of the half that Spark does not manage itself. */
final class WorkerMemory {
  private WorkerMemory() {}

  /** Returns the bytes one task may hold in a buffer. */
  static long bytes() {
    int processors = Runtime.getRuntime().availableProcessors();
    int tasks = SparkEnv.get().conf().getInt("spark.executor.cores", processors);
    return Math.max(1 << 20, Runtime.getRuntime().maxMemory() / (8L * Math.max(1, tasks)));
  }
}
