package dev.quern.spark;

import dev.quern.engine.pass.Origin;
import dev.quern.engine.pass.Portable;
import dev.quern.engine.pass.RunFrame;
import dev.quern.engine.pass.SortRouting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** What stages before shuffles left with Spark, as the inputs of later stages. */
final class StageInputs {
  private final JavaSparkContext context;
  private final Map<Integer, JavaRDD<RunFrame>> sorted = new HashMap<>();
  private final Map<Integer, JavaPairRDD<Integer, RunFrame>> grouped = new HashMap<>();

  StageInputs(JavaSparkContext context) {
    this.context = context;
  }

  /** Takes the frames of a stage before a group, which Spark brings to their parts. */
  JavaPairRDD<Integer, RunFrame> toParts(int stage, JavaRDD<RunFrame> frames, int parts) {
    JavaPairRDD<Integer, RunFrame> shuffled =
        frames
            .mapToPair(frame -> new Tuple2<>(frame.part(), frame))
            .partitionBy(new PartPartitioner(parts));
    grouped.put(stage, shuffled);
    return shuffled;
  }

  /** Takes the frames of a stage before a sort, whose parts are not known yet: Spark keeps them. */
  JavaRDD<RunFrame> kept(int stage, JavaRDD<RunFrame> frames) {
    JavaRDD<RunFrame> kept = frames.persist(StorageLevel.DISK_ONLY());
    sorted.put(stage, kept);
    return kept;
  }

  /** Returns the inputs of tasks: one partition for each ticket, in their order. */
  JavaRDD<Input> of(Origin origin, List<Ticket> tickets) throws IOException {
    JavaRDD<Ticket> sent = context.parallelize(tickets, Math.max(1, tickets.size()));
    if (origin instanceof Origin.Groups groups) {
      return joined(sent, merged(groups.stages()));
    }
    if (origin instanceof Origin.Sorted merge) {
      return joined(sent, routed(merge));
    }
    return sent.map(Input::of);
  }

  private static JavaRDD<Input> joined(JavaRDD<Ticket> tickets, JavaRDD<RunFrame> frames) {
    return tickets.zipPartitions(
        frames,
        (ticket, frame) -> Collections.singleton(new Input(ticket.next(), frame)).iterator());
  }

  /** Returns the frames of several inputs, part by part. */
  private JavaRDD<RunFrame> merged(List<Integer> stages) {
    JavaRDD<RunFrame> all = values(stages.get(0));
    for (int stage : stages.subList(1, stages.size())) {
      all = all.zipPartitions(values(stage), Chained::new);
    }
    return all;
  }

  private JavaRDD<RunFrame> values(int stage) {
    JavaPairRDD<Integer, RunFrame> found = grouped.get(stage);
    if (found == null) {
      throw new IllegalStateException("stage must have been run in this process");
    }
    return found.values();
  }

  private JavaRDD<RunFrame> routed(Origin.Sorted merge) throws IOException {
    JavaRDD<RunFrame> found = sorted.get(merge.stage());
    if (found == null) {
      throw new IllegalStateException("stage must have been run in this process");
    }
    byte[] sent = Portable.write(merge);
    return found
        .mapPartitionsToPair(
            frames -> {
              ClassLoader loader = Thread.currentThread().getContextClassLoader();
              Origin.Sorted arrived = Portable.read(sent, Origin.Sorted.class, loader);
              return new Routed(frames, new SortRouting(arrived));
            })
        .partitionBy(new PartPartitioner(merge.parts()))
        .values();
  }

  /** One iterator behind the other. */
  private static final class Chained implements Iterator<RunFrame> {
    private final Iterator<RunFrame> first;
    private final Iterator<RunFrame> second;

    Chained(Iterator<RunFrame> first, Iterator<RunFrame> second) {
      this.first = first;
      this.second = second;
    }

    @Override
    public boolean hasNext() {
      return first.hasNext() || second.hasNext();
    }

    @Override
    public RunFrame next() {
      return first.hasNext() ? first.next() : second.next();
    }
  }

  /** Frames with each part that samples of theirs can lie in. */
  private static final class Routed implements Iterator<Tuple2<Integer, RunFrame>> {
    private final Iterator<RunFrame> frames;
    private final SortRouting routing;
    private final List<Tuple2<Integer, RunFrame>> waiting = new ArrayList<>();
    private int given;

    Routed(Iterator<RunFrame> frames, SortRouting routing) {
      this.frames = frames;
      this.routing = routing;
    }

    @Override
    public boolean hasNext() {
      return given < waiting.size() || frames.hasNext();
    }

    @Override
    public Tuple2<Integer, RunFrame> next() {
      if (given == waiting.size()) {
        waiting.clear();
        given = 0;
        RunFrame frame = frames.next();
        int[] parts = routing.parts(frame);
        for (int part = parts[0]; part <= parts[1]; part++) {
          waiting.add(new Tuple2<>(part, frame));
        }
      }
      return waiting.get(given++);
    }
  }

  /** Lets Spark forget what was kept. */
  void close() {
    sorted.values().forEach(frames -> frames.unpersist(false));
    sorted.clear();
    grouped.clear();
  }
}
