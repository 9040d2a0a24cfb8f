package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.Digest;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Fault;
import dev.quern.engine.Folding;
import dev.quern.engine.Place;
import dev.quern.engine.StepCounts;
import dev.quern.engine.Traces;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one worker gathers about the task in its hands: counts, fold states, digest and the samples
 * set aside. Not safe for several threads.
 */
final class Work {
  /** Begins the label of a step whose counts another place of the pass already reports. */
  static final String AGAIN = "\u0000";

  /** States above this go into files of their own so that the journal stays small (bytes). */
  private static final int STATE_IN_JOURNAL = 1 << 14;

  private final PassFolder folder;
  private final SideFiles.Names names;
  private final Set<String> settled;
  private final Traces keeps;
  private final List<Folding> foldings;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final List<Accumulator<?>> accumulators = new ArrayList<>();
  private Digest digest = new Digest();
  private long samples;
  private long[] splits = new long[4];
  private @Nullable SideFiles side;
  private BooleanSupplier cancelled = () -> false;

  /** Makes the memory of a worker of a stage that fills {@code foldings}. */
  Work(
      PassFolder folder,
      SideFiles.Names names,
      Set<String> settled,
      Traces keeps,
      List<Folding> foldings) {
    this.folder = folder;
    this.names = names;
    this.settled = settled;
    this.keeps = keeps;
    this.foldings = foldings;
  }

  /** Begins a task that stops where {@code stop} says so. */
  void begin(TaskLine.Key key, BooleanSupplier stop) {
    cancelled = stop;
    side = new SideFiles(folder, names, key, keeps);
    digest = new Digest();
    samples = 0;
    splits = new long[4];
    tallies.values().forEach(Tally::reset);
    accumulators.clear();
    foldings.forEach(folding -> accumulators.add(folding.zero()));
  }

  /** Ends the task early where another has failed. */
  void proceed() {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("task must stop: another has failed");
    }
  }

  Tally tally(String step) {
    return tallies.computeIfAbsent(step, label -> new Tally());
  }

  void fold(int position, Batch batch) {
    accumulators.get(position).add(batch);
  }

  /** Counts samples that leave the pass. */
  void output(Batch batch) {
    samples += batch.count();
    if (batch.count() == batch.rows()) {
      batch.keys().countSplits(splits);
      return;
    }
    for (int i = 0; i < batch.count(); i++) {
      splits[batch.keys().splitCode(batch.row(i))]++;
    }
  }

  /** Adds samples that leave the pass to its digest. */
  void digest(Batch batch) {
    digest.add(batch);
  }

  void drop(String step, Batch batch, int row, String reason, double measured) {
    tally(step).drop(reason);
    if (isRecorded(step)) {
      set(files -> files.drop(step, batch, row, reason, measured));
    }
  }

  void change(
      String step,
      Batch before,
      int row,
      String field,
      String rule,
      double confidence,
      @Nullable Object after) {
    tally(step).change(rule, field, 1);
    if (isRecorded(step)) {
      set(files -> files.change(step, before, row, field, rule, confidence, after));
    }
  }

  void quarantine(String step, Batch batch, int row, String field, Fault fault) {
    tally(step).quarantine(fault.rule());
    if (isRecorded(step)) {
      set(files -> files.quarantine(step, batch, row, field, fault));
    }
  }

  void quarantine(String step, Place place, String field, Fault fault, byte[] raw) {
    tally(step).quarantine(fault.rule());
    if (isRecorded(step)) {
      set(files -> files.quarantine(step, place, field, fault, raw));
    }
  }

  private boolean isRecorded(String step) {
    return !settled.contains(step) && !step.startsWith(AGAIN);
  }

  private interface Aside {
    void write(SideFiles files) throws IOException;
  }

  private void set(Aside aside) {
    try {
      aside.write(side());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SideFiles side() {
    if (side == null) {
      throw new IllegalStateException("a task must have begun");
    }
    return side;
  }

  /** Ends the task and returns its counts by step. */
  Map<String, StepCounts> counts() {
    Map<String, StepCounts> counts = new LinkedHashMap<>();
    tallies.forEach(
        (step, tally) -> {
          StepCounts taken = tally.take(step);
          if (!step.startsWith(AGAIN)) {
            counts.put(step, taken);
          }
        });
    return counts;
  }

  /** Returns the states of the folds; large ones are in files then. */
  List<TaskLine.State> states(TaskLine.Key key) throws IOException {
    List<TaskLine.State> states = new ArrayList<>();
    for (int i = 0; i < accumulators.size(); i++) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      accumulators.get(i).write(new DataOutputStream(bytes));
      // The journal is in clear.
      if (bytes.size() <= STATE_IN_JOURNAL && folder.files().encryption().isEmpty()) {
        states.add(new TaskLine.State(bytes.toByteArray(), null));
      } else {
        String name = key.fileName() + ".state" + i;
        folder.write(name, bytes.toByteArray());
        TaskLine.Beside file = new TaskLine.Beside(name, PassFolder.checksum(bytes.toByteArray()));
        states.add(new TaskLine.State(null, file));
      }
    }
    return states;
  }

  /** Returns the sum of the digest, zero where none is wanted, and the number of samples. */
  long[] digest() {
    long[] sum = digest.sum();
    return new long[] {sum[0], sum[1], sum[2], sum[3], samples};
  }

  long[] splits() {
    return splits;
  }

  TaskLine.@Nullable Beside dropped() throws IOException {
    return side().finishDropped();
  }

  TaskLine.@Nullable Beside changed() throws IOException {
    return side().finishChanged();
  }

  TaskLine.@Nullable Beside quarantined() throws IOException {
    return side().finishQuarantined();
  }

  void abandon() throws IOException {
    if (side != null) {
      side.abandon();
    }
  }
}
