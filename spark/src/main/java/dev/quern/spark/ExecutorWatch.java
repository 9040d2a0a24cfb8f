package dev.quern.spark;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Looks on at the processes that work for this one. Safe for several threads. */
final class ExecutorWatch extends SparkListener {
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> lost = ConcurrentHashMap.newKeySet();
  private final AtomicLong cpuNanos = new AtomicLong();
  private final AtomicLong failedTasks = new AtomicLong();

  @Override
  public void onExecutorAdded(SparkListenerExecutorAdded added) {
    seen.add(added.executorId());
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    lost.add(removed.executorId());
  }

  /** Failed tasks have taken time as well. */
  @Override
  public void onTaskEnd(SparkListenerTaskEnd ended) {
    TaskMetrics metrics = ended.taskMetrics();
    if (metrics != null) {
      cpuNanos.addAndGet(metrics.executorCpuTime() + metrics.executorDeserializeCpuTime());
      cpuNanos.addAndGet(metrics.jvmGCTime() * 1_000_000L);
    }
    if (ended.taskInfo().failed()) {
      failedTasks.incrementAndGet();
    }
  }

  /** Returns the CPU time of tasks, garbage collection included, since this was asked last. */
  long takeCpuNanos() {
    return cpuNanos.getAndSet(0);
  }

  /** Returns how many processes have worked, and how many of them were lost. */
  String told() {
    String text = seen.size() + (seen.size() == 1 ? " executor" : " executors");
    String gone = lost.isEmpty() ? "" : ", " + lost.size() + " lost";
    String again = failedTasks.get() == 0 ? "" : ", " + failedTasks.get() + " tasks done again";
    return text + gone + again;
  }
}
