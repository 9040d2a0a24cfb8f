package dev.quern.spark;

import dev.quern.data.Batch;
import dev.quern.engine.pass.Ending;
import dev.quern.engine.pass.FolderStages;
import dev.quern.engine.pass.RunFrames;
import dev.quern.engine.pass.Stage;
import dev.quern.engine.pass.StageLog;
import dev.quern.engine.pass.TaskLine;
import dev.quern.engine.pass.TaskQueue;
import dev.quern.engine.pass.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The workers of Spark during one pass. */
final class SparkWorkers implements Workers {
  private final Shipping shipping;
  private final FolderStages stages;
  private final StageInputs inputs;
  private final ExecutorWatch watch;
  private final Map<Integer, List<Batch>> drawn = new HashMap<>();

  SparkWorkers(Shipping shipping, FolderStages stages, ExecutorWatch watch) {
    this.watch = watch;
    this.shipping = shipping;
    this.stages = stages;
    this.inputs = new StageInputs(shipping.context());
  }

  /** Samples in Spark's shuffles live as long as this process. */
  @Override
  public boolean outlives(Stage stage) {
    return !(stage.ending() instanceof Ending.Handed) && !stage.ending().isShuffle();
  }

  @Override
  public List<TaskLine> execute(Stage stage, StageLog log) throws IOException {
    if (stage.ending() instanceof Ending.Handed handed) {
      Ending blocks = new Ending.Blocks(handed.schema(), true);
      Stage stored =
          new Stage(
              stage.number(),
              stage.verb(),
              stage.step(),
              stage.feeds(),
              blocks,
              stage.morselBytes());
      List<TaskLine> lines = done(stored, log);
      stages.hand(lines, handed.schema(), handed.receiver());
      return lines;
    }
    List<TaskLine> lines = done(stage, log);
    found(stage, lines);
    return lines;
  }

  @Override
  public void found(Stage stage, List<TaskLine> lines) throws IOException {
    if (stage.ending() instanceof Ending.ForConnect) {
      stages.add(stage, lines);
    }
  }

  private List<TaskLine> done(Stage stage, StageLog log) throws IOException {
    try (TaskQueue queue = log.places()) {
      StageJob job = new StageJob(stage, queue, log, shipping, inputs);
      List<TaskLine> lines = job.run();
      long elsewhere = watch.takeCpuNanos();
      if (!shipping.context().isLocal()) {
        log.workedElsewhere(elsewhere);
      }
      if (stage.ending() instanceof Ending.ForSort sort) {
        List<Batch> views = new ArrayList<>();
        for (byte[] encoded : job.drawn()) {
          views.add(RunFrames.drawn(encoded, sort));
        }
        drawn.put(stage.number(), views);
      }
      return lines;
    }
  }

  @Override
  public List<Batch> drawn(Stage stage) {
    return drawn.getOrDefault(stage.number(), List.of());
  }

  @Override
  public void connect(Stage stage, int links) throws IOException {
    stages.connect(stage.number(), links);
    shipping.linked(stage.number(), stages.write(stage.number()));
  }

  /** Gives back what Spark holds for the pass. */
  @Override
  public void close() throws IOException {
    inputs.close();
    shipping.storage().clear();
  }
}
