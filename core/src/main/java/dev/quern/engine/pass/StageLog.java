package dev.quern.engine.pass;

import dev.quern.engine.Morsel;
import dev.quern.engine.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the tasks of a stage: those that earlier executions finished, and those that
 * workers tell of now. Safe for several threads.
 */
public final class StageLog {
  private final Stage stage;
  private final PassSetting setting;
  private final boolean remembered;
  private final DiskForecast forecast;
  private final SourceAttempts attempts;
  private int resumed;

  /**
   * Makes the log of {@code stage}.
   *
   * @param remembered whether its tasks are in the journal
   */
  StageLog(Stage stage, PassSetting setting, boolean remembered) {
    this.stage = stage;
    this.setting = setting;
    this.remembered = remembered;
    this.attempts = new SourceAttempts(stage, setting.readings());
    this.forecast =
        new DiskForecast(
            stage.step().isEmpty() ? stage.verb().name().toLowerCase(Locale.ROOT) : stage.step(),
            setting.folder().path(),
            stage.feeds().stream().mapToLong(feed -> feed.origin().bytes()).sum());
  }

  /** Returns how many tasks were found finished. */
  synchronized int resumed() {
    return resumed;
  }

  /** Returns the tasks that are to be done, one after the other. */
  public TaskQueue queue() {
    return new TaskQueue(stage, setting.readings(), this, Reading::cutter);
  }

  /** Returns the tasks that are to be done, which name places and hold no bytes. */
  public TaskQueue places() {
    return new TaskQueue(stage, setting.readings(), this, Reading::places);
  }

  /** Adds a task that is done: it will not be done again by a later execution. */
  public void add(TaskLine line) throws IOException {
    if (remembered) {
      setting.journal().add(line);
    }
    TaskLine.Volume volume = line.read();
    setting.meter().read(volume.bytes(), volume.source());
    setting.meter().wrote(volume.written(), volume.spilled());
    boolean reads = line.morsel() != null;
    setting
        .meter()
        .advance(reads ? Math.max(volume.bytes(), size(line.morsel())) : 0, line.digest()[4]);
    if (remembered) {
      foretell(line);
      forecast.check();
    }
  }

  private void foretell(TaskLine line) {
    forecast.add(
        Math.max(line.read().bytes(), size(line.morsel())),
        line.file() == null ? 0 : line.file().bytes());
  }

  /** Counts CPU time of a worker. */
  public void worked(long nanos) {
    setting.meter().worked(nanos);
  }

  /** Counts CPU time that other processes took, that of their workers included. */
  public void workedElsewhere(long nanos) {
    setting.meter().elsewhere(nanos);
  }

  /** Notes that finding {@code morsel} of feed {@code feed} took {@code nanos}. */
  void cut(int feed, @Nullable Morsel morsel, long nanos) {
    attempts.cut(feed, morsel, nanos);
  }

  /** Tells of the files that were read by those of {@code lines} which are of this execution. */
  void attempted(List<TaskLine> lines) {
    attempts.of(lines).forEach(setting.meter()::attempted);
  }

  /** Counts what was read to cut the input into pieces. */
  void cut(long bytes, long sourceBytes) {
    setting.meter().read(bytes, sourceBytes);
  }

  /** Returns what the finished task left, if its files are still as they were, else null. */
  synchronized @Nullable TaskLine finished(TaskLine.Key key) throws IOException {
    TaskLine line = remembered ? setting.journal().line(key) : null;
    if (line == null || !isThere(line)) {
      return null;
    }
    resumed++;
    attempts.resumed(key);
    foretell(line);
    if (stage.feeds().get(key.feed()).origin() instanceof Origin.Reads) {
      setting.meter().advance(size(line.morsel()), line.digest()[4]);
    }
    return line;
  }

  /** Samples prove themselves when they are read: of these only the size is looked at. */
  private boolean isThere(TaskLine line) throws IOException {
    for (TaskLine.Beside beside : line.beside()) {
      if (!setting.folder().isWhole(beside, setting.meter().progress())) {
        return false;
      }
    }
    if (line.file() == null) {
      return true;
    }
    Path inFolder = setting.folder().file(line.file().name());
    Path file =
        stage.ending() instanceof Ending.Shards shards && !Files.exists(inFolder)
            ? Path.of(shards.shards()).resolve(line.file().name())
            : inFolder;
    return file.equals(inFolder)
        ? setting.folder().isThere(file, line.file().bytes(), setting.meter().progress())
        : Files.exists(file) && Files.size(file) == line.file().bytes();
  }

  /**
   * Returns what the tasks left if all are finished and their files are there, else none. So a
   * source is not even opened again, which matters where it can only be read in one go.
   */
  List<TaskLine> finished() throws IOException {
    List<TaskLine> all = new ArrayList<>();
    if (!remembered || !setting.journal().isFinished(stage.number())) {
      return all;
    }
    for (TaskLine.Key key : setting.journal().lines().keySet()) {
      if (key.stage() == stage.number()) {
        TaskLine line = finished(key);
        if (line == null) {
          return forgotten();
        }
        all.add(line);
      }
    }
    return all;
  }

  private synchronized List<TaskLine> forgotten() {
    resumed = 0;
    return List.of();
  }

  /** Notes that all tasks are done. */
  void finish() throws IOException {
    if (remembered) {
      setting.journal().finish(stage.number());
    }
  }

  /** Returns about how many bytes a morsel is, 0 where its ends lie in different files. */
  private static long size(@Nullable Morsel morsel) {
    return morsel == null
            || morsel.firstFile() != morsel.lastFile()
            || morsel.to() == Long.MAX_VALUE
        ? 0
        : Math.max(0, morsel.to() - morsel.from());
  }
}
