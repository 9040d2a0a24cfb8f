package dev.quern.engine.pass;

import dev.quern.data.Digest;
import dev.quern.engine.DataException;
import dev.quern.engine.Folding;
import dev.quern.engine.FullDisk;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.SampleFiles;
import dev.quern.engine.Samples;
import dev.quern.engine.Stored;
import dev.quern.engine.Task;
import dev.quern.engine.TaskResolver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Executes passes on any engine: finds what is finished, runs the stages that are not with the
 * workers it is given, and keeps the result.
 *
 * <p>A pass that was killed continues from its folder: what is journaled is not done again. One
 * folder serves one execution at a time: others, of this or another process, wait and then find the
 * pass finished.
 *
 * @param resolver the code of operators
 * @param run the seed
 * @param versions reads points stored as Parquet
 * @param files how what passes keep is written and read
 */
public record PassExecution(
    Allowance allowance,
    TaskResolver resolver,
    RunContext run,
    Function<Stored, Reading> versions,
    SampleFiles files) {
  /** Raised when files in a pass's folder change their form: older ones are done anew. */
  private static final int FORM = 4;

  /** Makes the workers of one pass. */
  public interface Staff {
    /**
     * Returns those who do the tasks of {@code pass}.
     *
     * @param bench for workers in this process
     * @param stages what they leave in the folder of the pass for later stages
     */
    Workers workers(Pass pass, Workbench bench, FolderStages stages) throws IOException;
  }

  /**
   * Executes {@code pass} with the workers of {@code staff}.
   *
   * @throws dev.quern.engine.DataException if the data are at fault, or the disk is full
   */
  public PassResult execute(Pass pass, Progress progress, Staff staff) throws IOException {
    try (FolderLock lock = FolderLock.take(pass.folder())) {
      return locked(pass, PassFolder.open(lock.folder(), files), progress, staff);
    } catch (IOException e) {
      throw FullDisk.explained(e, pass.folder());
    }
  }

  private PassResult locked(Pass pass, PassFolder folder, Progress progress, Staff staff)
      throws IOException {
    String identity = identity(pass);
    Optional<PassResult> finished = new ResultFile(folder, identity).load(pass, progress);
    if (finished.isPresent()) {
      // A kill between the result and the sweep may have left spilled samples.
      folder.sweep(kept(pass, finished.get()));
      return finished.get();
    }
    try (Journal journal = Journal.open(folder, identity, progress)) {
      folder.sweep(journal.files());
      PassResult result;
      try {
        result = computed(pass, folder, journal, progress, staff);
      } catch (DataException e) {
        if (e.code().equals(DataException.FILE_CHANGED)) {
          // What was read of the file is not what the pass's key says, and the key may come again.
          journal.forgetAll();
        }
        throw e;
      }
      finish(pass, folder, identity, result, journal);
      return result;
    }
  }

  private PassResult computed(
      Pass pass, PassFolder folder, Journal journal, Progress progress, Staff staff)
      throws IOException {
    Readings readings =
        new Readings(Readings.find(pass.samples(), resolver), resolver, run, versions, files);
    List<Folding> foldings = new ArrayList<>();
    for (Pass.Fold fold : pass.folds()) {
      foldings.add(resolver.folding(fold.task(), fold.at().schema(), run));
    }
    FolderStages stages = new FolderStages(folder, Math.max(1, allowance.memoryBytes() / 2));
    Workbench bench =
        new Workbench(
            resolver,
            run,
            folder,
            stages,
            readings,
            pass.settled(),
            pass.traces(),
            foldings,
            allowance.workerBytes());
    try (Workers workers = staff.workers(pass, bench, stages)) {
      PassSetting setting =
          new PassSetting(
              allowance,
              resolver,
              run,
              folder,
              journal,
              new Meter(progress),
              readings,
              foldings,
              workers);
      return new PassRun(pass, setting).execute();
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
    result.changed().forEach(file -> keep.add(ResultFile.name(file)));
    result.quarantined().forEach(file -> keep.add(ResultFile.name(file)));
    if (pass.output() instanceof Pass.Output.Blocks) {
      result.stored().shards().forEach(shard -> keep.add(ResultFile.name(Path.of(shard.path()))));
    }
    return keep;
  }

  /**
   * Returns what decides the pass's result and files: other work must not continue in its folder.
   */
  private String identity(Pass pass) {
    StringBuilder text = new StringBuilder();
    text.append(FORM).append('\n').append(run.seed()).append('\n');
    text.append(allowance.morselBytes()).append('\n');
    describe(pass.samples(), text);
    text.append(pass.output().getClass().getSimpleName()).append('\n');
    pass.writer().ifPresent(task -> describe(task, text));
    for (Pass.Fold fold : pass.folds()) {
      describe(fold.task(), text);
      text.append(fold.at().key()).append('\n');
    }
    text.append(new TreeSet<>(pass.settled()));
    text.append(pass.traces());
    // Nothing at all where nothing is encrypted: those passes stay what they were.
    text.append(files.encryption());
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
}
