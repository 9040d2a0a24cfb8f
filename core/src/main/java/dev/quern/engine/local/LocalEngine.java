package dev.quern.engine.local;

import dev.quern.data.Digest;
import dev.quern.engine.Engine;
import dev.quern.engine.Folding;
import dev.quern.engine.FullDisk;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.Stored;
import dev.quern.engine.Task;
import dev.quern.engine.TaskResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Executes passes on this machine with a fixed pool of threads.
 *
 * <p>A pass that was killed continues from its folder: what is journaled is not done again. One
 * folder serves one execution at a time: others, of this or another process, wait and then find the
 * pass finished.
 */
public final class LocalEngine implements Engine {
  /** Raised when files in a pass's folder change their form: older ones are done anew. */
  private static final int FORM = 2;

  private final LocalOptions options;
  private final TaskResolver resolver;
  private final RunContext run;
  private final Function<Stored, Reading> parquet;
  private final ExecutorService pool;

  /**
   * Makes an engine.
   *
   * @param parquet reads points stored as Parquet
   */
  public LocalEngine(
      LocalOptions options,
      TaskResolver resolver,
      RunContext run,
      Function<Stored, Reading> parquet) {
    this.options = options;
    this.resolver = resolver;
    this.run = run;
    this.parquet = parquet;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        Executors.newFixedThreadPool(
            options.threads(),
            work -> {
              Thread thread = new Thread(work, "quern-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public PassResult execute(Pass pass, Progress progress) throws IOException {
    try {
      return executed(pass, progress);
    } catch (IOException e) {
      throw FullDisk.explained(e, pass.folder());
    }
  }

  private PassResult executed(Pass pass, Progress progress) throws IOException {
    try (FolderLock lock = FolderLock.take(pass.folder())) {
      return locked(pass, lock, progress);
    }
  }

  private PassResult locked(Pass pass, FolderLock lock, Progress progress) throws IOException {
    PassFolder folder = PassFolder.open(lock.folder());
    String identity = identity(pass);
    Optional<PassResult> finished = new ResultFile(folder, identity).load(pass);
    if (finished.isPresent()) {
      // A kill between the result and the sweep may have left spilled samples.
      folder.sweep(kept(pass, finished.get()));
      return finished.get();
    }
    try (Journal journal = Journal.open(folder, identity)) {
      folder.sweep(journal.files());
      Readings readings = new Readings(pass.samples(), resolver, run, parquet);
      List<Folding> foldings = new ArrayList<>();
      for (Pass.Fold fold : pass.folds()) {
        foldings.add(resolver.folding(fold.task(), fold.at().schema(), run));
      }
      StageRun.Setting setting =
          new StageRun.Setting(
              options,
              resolver,
              run,
              pool,
              folder,
              journal,
              new Meter(progress),
              readings,
              pass.settled(),
              pass.dropped(),
              foldings,
              key -> line(journal, key, folder, pass));
      PassResult result = new PassRun(pass, setting, readings).execute();
      finish(pass, folder, identity, result, journal);
      return result;
    }
  }

  private static void finish(
      Pass pass, PassFolder folder, String identity, PassResult result, Journal journal)
      throws IOException {
    if (pass.output() instanceof Pass.Output.Written written) {
      // Who publishes the version relies on its shards having their names for good.
      PassFolder.force(written.shards());
    }
    if (!(pass.output() instanceof Pass.Output.Handed)) {
      PassFolder.force(folder.path());
      new ResultFile(folder, identity).save(result);
    }
    journal.close();
    folder.sweep(kept(pass, result));
  }

  /** Returns the names of the files that outlive the pass. */
  private static Set<String> kept(Pass pass, PassResult result) {
    Set<String> keep = new TreeSet<>();
    if (!(pass.output() instanceof Pass.Output.Handed)) {
      keep.addAll(ResultFile.names(result));
    }
    result.dropped().forEach(file -> keep.add(ResultFile.name(file)));
    result.quarantined().forEach(file -> keep.add(ResultFile.name(file)));
    if (pass.output() instanceof Pass.Output.Blocks) {
      result.stored().shards().forEach(shard -> keep.add(ResultFile.name(Path.of(shard.path()))));
    }
    return keep;
  }

  /**
   * Returns what a finished task left, if its files are still as they were. Samples prove
   * themselves when they are read: of these only the size is looked at.
   */
  private static @Nullable TaskLine line(
      Journal journal, TaskLine.Key key, PassFolder folder, Pass pass) throws IOException {
    TaskLine line = journal.line(key);
    if (line == null) {
      return null;
    }
    for (TaskLine.Beside beside : line.beside()) {
      if (!folder.isWhole(beside)) {
        return null;
      }
    }
    if (line.file() == null) {
      return line;
    }
    Path inFolder = folder.file(line.file().name());
    Path file =
        pass.output() instanceof Pass.Output.Written written && !Files.exists(inFolder)
            ? written.shards().resolve(line.file().name())
            : inFolder;
    return Files.exists(file) && Files.size(file) == line.file().bytes() ? line : null;
  }

  /**
   * Returns what decides the pass's result and files: other work must not continue in its folder.
   */
  private String identity(Pass pass) {
    StringBuilder text = new StringBuilder();
    text.append(FORM).append('\n').append(run.seed()).append('\n');
    text.append(options.morselBytes()).append('\n');
    describe(pass.samples(), text);
    text.append(pass.output().getClass().getSimpleName()).append('\n');
    pass.writer().ifPresent(task -> describe(task, text));
    for (Pass.Fold fold : pass.folds()) {
      describe(fold.task(), text);
      text.append(fold.at().key()).append('\n');
    }
    text.append(new TreeSet<>(pass.settled()));
    text.append(pass.dropped());
    return Digest.ofText(text.toString());
  }

  /** The key of samples does not hold the labels of steps, by which draws and counts are kept. */
  private static void describe(Samples samples, StringBuilder text) {
    text.append(samples.key()).append('\n');
    Set<String> labels = new LinkedHashSet<>();
    labels(samples, labels);
    text.append(labels).append('\n');
  }

  private static void labels(Samples samples, Set<String> labels) {
    samples.inputs().forEach(input -> labels(input, labels));
    if (samples instanceof Samples.Read read) {
      labels.add(read.reader().step());
    } else if (samples instanceof Samples.Mapped mapped) {
      labels.add(mapped.task().step());
    } else if (samples instanceof Samples.Grouped grouped) {
      labels.add(grouped.task().step());
    } else if (samples instanceof Samples.Connected connected) {
      labels.add(connected.task().step());
    }
  }

  private static void describe(Task task, StringBuilder text) {
    text.append(task.step()).append('\n').append(task.identity()).append('\n');
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
