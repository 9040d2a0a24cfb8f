package dev.quern.spark;

import dev.quern.engine.pass.Ending;
import dev.quern.engine.pass.Origin;
import dev.quern.engine.pass.RunFrame;
import dev.quern.engine.pass.Stage;
import dev.quern.engine.pass.StageLog;
import dev.quern.engine.pass.TaskLine;
import dev.quern.engine.pass.TaskQueue;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The tasks of one stage as a job of Spark. */
final class StageJob {
  private static final long POLL_MILLIS = 200;

  private final Stage stage;
  private final TaskQueue queue;
  private final StageLog log;
  private final Shipping shipping;
  private final StageInputs inputs;

  /** Tickets of tasks to do, by feed. */
  private final Map<Integer, List<TaskQueue.Taken>> taken = new TreeMap<>();

  private final Map<TaskLine.Key, Long> waiting = new HashMap<>();
  private final Map<TaskLine.Key, byte[]> drawn = new TreeMap<>();
  private long failed = Long.MAX_VALUE;

  StageJob(Stage stage, TaskQueue queue, StageLog log, Shipping shipping, StageInputs inputs) {
    this.stage = stage;
    this.queue = queue;
    this.log = log;
    this.shipping = shipping;
    this.inputs = inputs;
  }

  /** Returns what tasks drew before a sort, in their order. */
  List<byte[]> drawn() {
    return List.copyOf(drawn.values());
  }

  /** Does what is left to do and returns what all tasks left. */
  List<TaskLine> run() throws IOException {
    for (TaskQueue.Taken task = queue.take(); task != null; task = queue.take()) {
      taken.computeIfAbsent(task.key().feed(), feed -> new ArrayList<>()).add(task);
      waiting.put(task.key(), task.sequence());
    }
    if (!waiting.isEmpty()) {
      byte[] seal = Parcel.seal();
      Broadcast<byte[]> parcel = shipping.parcel(stage, seal);
      try {
        submit(parcel, seal);
      } finally {
        parcel.unpersist(false);
      }
    }
    return queue.result();
  }

  private void submit(Broadcast<byte[]> parcel, byte[] seal) throws IOException {
    JavaSparkContext context = shipping.context();
    Set<Integer> chosen = new HashSet<>();
    JavaRDD<Input> all = inputs(context, seal, chosen);
    if (stage.ending().isShuffle()) {
      Results results = Results.arriving();
      context.sc().register(results);
      JavaRDD<RunFrame> frames = all.mapPartitions(new Emission(parcel, results));
      SparkJob job =
          stage.ending() instanceof Ending.ForGroup group
              ? SparkJob.shuffling(
                  context, inputs.toParts(stage.number(), frames, group.parts()).values())
              : SparkJob.keeping(context, inputs.kept(stage.number(), frames));
      follow(job, results.arrived());
      return;
    }
    BlockingQueue<TaskResult> arrived = new LinkedBlockingQueue<>();
    follow(SparkJob.doing(context, all, parcel, chosen, arrived), arrived);
  }

  /** Puts the inputs of all feeds behind each other; {@code chosen} gets those to be done. */
  private JavaRDD<Input> inputs(JavaSparkContext context, byte[] seal, Set<Integer> chosen)
      throws IOException {
    List<JavaRDD<Input>> feeds = new ArrayList<>();
    int before = 0;
    for (Map.Entry<Integer, List<TaskQueue.Taken>> entry : taken.entrySet()) {
      Origin origin = stage.feeds().get(entry.getKey()).origin();
      List<Ticket> tickets = new ArrayList<>();
      if (origin instanceof Origin.Groups || origin instanceof Origin.Sorted) {
        // Parts stand beside what Spark has for them, so those that are done have tickets as well.
        int parts = ((Origin.Parts) origin).parts();
        for (int part = 0; part < parts; part++) {
          TaskLine.Key key = new TaskLine.Key(stage.number(), entry.getKey(), part);
          tickets.add(new Ticket(key, new dev.quern.engine.pass.Piece(part, null), seal));
        }
        for (TaskQueue.Taken task : entry.getValue()) {
          chosen.add(before + task.piece().ordinal());
        }
      } else {
        for (TaskQueue.Taken task : entry.getValue()) {
          chosen.add(before + tickets.size());
          tickets.add(new Ticket(task.key(), task.piece(), seal));
        }
      }
      before += tickets.size();
      feeds.add(inputs.of(origin, tickets));
    }
    JavaRDD<Input> all = feeds.get(0);
    for (JavaRDD<Input> feed : feeds.subList(1, feeds.size())) {
      all = all.union(feed);
    }
    return all;
  }

  /** Takes results as they come until all are there, or all before the first that failed. */
  private void follow(SparkJob job, BlockingQueue<TaskResult> arrived) throws IOException {
    try {
      while (true) {
        boolean ended = job.isEnded();
        TaskResult result = arrived.poll(ended ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (result != null) {
          take(result);
        } else if (ended) {
          job.orThrow();
          return;
        }
        if (failed < Long.MAX_VALUE && isFirst(failed)) {
          job.cancel();
          return;
        }
      }
    } catch (InterruptedException e) {
      job.cancel();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("pass was interrupted; run again to continue");
    }
  }

  private boolean isFirst(long sequence) {
    return waiting.values().stream().noneMatch(before -> before < sequence);
  }

  private void take(TaskResult result) throws IOException {
    Long sequence = waiting.remove(result.key());
    if (sequence == null) {
      return; // Done again because a worker was lost.
    }
    log.worked(result.cpuNanos());
    if (result.failure() != null || result.line() == null) {
      failed = Math.min(failed, sequence);
      queue.fail(
          sequence,
          result.failure() == null
              ? new IllegalStateException("task must leave a line")
              : result.failure());
      return;
    }
    if (result.drawn().length > 0) {
      drawn.put(result.key(), result.drawn());
    }
    shipping.storage().take(result.line(), stage);
    queue.done(result.line());
  }
}
