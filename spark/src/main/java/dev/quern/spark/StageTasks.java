package dev.quern.spark;

import dev.quern.engine.ClearFiles;
import dev.quern.engine.Folding;
import dev.quern.engine.ProcessUse;
import dev.quern.engine.TaskResolver;
import dev.quern.engine.pass.FrameSpool;
import dev.quern.engine.pass.PassFolder;
import dev.quern.engine.pass.Portable;
import dev.quern.engine.pass.Readings;
import dev.quern.engine.pass.RunFrames;
import dev.quern.engine.pass.Stage;
import dev.quern.engine.pass.StageWorker;
import dev.quern.engine.pass.TaskLine;
import dev.quern.engine.pass.Workbench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;

/** The tasks of one stage in one worker process. Safe for several threads. */
final class StageTasks {
  /** Stages of which a process keeps the code; a pass has few, and they follow each other. */
  private static final int KNOWN = 8;

  private static final Map<Long, StageTasks> RECENT = new LinkedHashMap<>();

  private final StageShipment shipment;
  private final TaskResolver resolver;
  private final Readings readings;
  private final List<Folding> foldings = new ArrayList<>();

  private StageTasks(StageShipment shipment, ClassLoader loader) {
    this.shipment = shipment;
    this.resolver = shipment.tasks().unpack(loader);
    this.readings =
        new Readings(
            shipment.reads(),
            resolver,
            shipment.run(),
            shipment.tasks()::version,
            ClearFiles.CLEAR);
    for (StageShipment.Folded fold : shipment.folds()) {
      foldings.add(resolver.folding(fold.task(), fold.input(), shipment.run()));
    }
  }

  /** Returns the tasks of the stage in {@code parcel}, which {@code seal} opens. */
  static StageTasks of(Broadcast<byte[]> parcel, byte[] seal) throws IOException {
    synchronized (RECENT) {
      StageTasks known = RECENT.get(parcel.id());
      if (known == null) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        byte[] opened = Parcel.open(parcel.value(), seal);
        known = new StageTasks(Portable.read(opened, StageShipment.class, loader), loader);
        RECENT.put(parcel.id(), known);
        if (RECENT.size() > KNOWN) {
          RECENT.remove(RECENT.keySet().iterator().next());
        }
      }
      return known;
    }
  }

  Stage stage() {
    return shipment.stage();
  }

  /**
   * Does a task whose files go into {@code scratch}.
   *
   * @throws IOException if files cannot be read or written: another worker may be able to
   */
  TaskResult run(Input input, PassFolder scratch) throws IOException {
    long began = ProcessUse.threadNanos();
    TaskLine.Key key = input.ticket().key();
    try (FrameSpool spool = FrameSpool.open(scratch, key.fileName() + ".frames")) {
      while (input.frames().hasNext()) {
        spool.add(input.frames().next());
      }
      Stage staged = shipment.storage().staged(stage(), scratch);
      shipment.storage().prepare(staged, key.feed(), input.ticket().piece());
      TaskLine line =
          worker(staged, scratch, spool).run(key, input.ticket().piece(), this::isStopped);
      byte[] drawn = drawn(line, scratch);
      shipment.storage().put(line, stage(), scratch);
      return new TaskResult(key, line, drawn, ProcessUse.threadNanos() - began, null);
    } catch (CancellationException | UncheckedIOException e) {
      throw e;
    } catch (RuntimeException e) {
      long nanos = ProcessUse.threadNanos() - began;
      return new TaskResult(key, null, new byte[0], nanos, Failures.sendable(e));
    }
  }

  private StageWorker worker(Stage staged, PassFolder scratch, FrameSpool spool) {
    Workbench bench =
        new Workbench(
            resolver,
            shipment.run(),
            scratch,
            new ArrivedFiles(shipment, spool, scratch),
            readings,
            shipment.settled(),
            shipment.keeps(),
            foldings,
            WorkerMemory.bytes());
    return new StageWorker(staged, bench);
  }

  private byte[] drawn(TaskLine line, PassFolder scratch) throws IOException {
    if (!stage().ending().isShuffle() || line.file() == null) {
      return new byte[0];
    }
    try (RunFrames frames =
        RunFrames.open(line.key(), scratch.file(line.file().name()), stage().ending())) {
      return frames.drawn();
    }
  }

  private boolean isStopped() {
    return TaskContext.get().isInterrupted();
  }

  /** Returns a new folder of this worker, which is deleted when the task of Spark ends. */
  static PassFolder scratch() throws IOException {
    TaskContext context = TaskContext.get();
    Path root = Path.of(SparkFiles.getRootDirectory());
    PassFolder folder = PassFolder.open(root.resolve("quern-task-" + context.taskAttemptId()));
    context.addTaskCompletionListener((TaskCompletionListener) ended -> Failures.clear(folder));
    return folder;
  }
}
