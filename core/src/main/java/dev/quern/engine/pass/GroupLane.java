package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Schema;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Reading;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The second half of a group: merges the runs of a part and hands over group after group. */
final class GroupLane implements Lane {
  private final Origin.Groups origin;
  private final int stage;
  private final Workbench bench;
  private final Gathering gathering;
  private final StepOutcome outcome;

  GroupLane(Origin.Groups origin, int stage, Workbench bench, Work work, Way next) {
    this.origin = origin;
    this.stage = stage;
    this.bench = bench;
    this.gathering = new Gathering(origin.grouped().output(), next);
    this.outcome = new StepOutcome(origin.label(), work, gathering);
  }

  @Override
  public Done run(Piece piece) throws IOException {
    int part = piece.ordinal();
    List<SortedRun> runs = new ArrayList<>();
    for (int input : origin.stages()) {
      runs.addAll(bench.files().runs(input, part));
    }
    gathering.reset();
    Ending.Grouped grouped = origin.grouped();
    Grouping grouping = grouping(grouped, bench);
    GroupOrder inOrder = new GroupOrder(grouping, grouped.inputs(), grouped.order());
    String task = "s" + stage + "-merge-" + part;
    try (Merging merging =
        new Merging(bench.folder(), task, grouped.inputs(), inOrder, bench.workerBytes())) {
      Merge merge = merging.open(runs, null, null);
      Stream stream = new Stream(merge, inOrder, grouping);
      Tally tally = outcome.tally();
      while (merge.isOpen()) {
        stream.begin();
        tally.begin();
        guarded(() -> grouping.group(stream, outcome));
        long samples = stream.end();
        tally.read += samples;
        tally.end((int) Math.min(Integer.MAX_VALUE, samples));
      }
      guarded(() -> grouping.end(outcome));
      gathering.flush();
      long bytes = merge.bytesRead() + merging.bytesRead();
      return new Done(new Reading.Read(bytes, 0, 0), merging.spilled());
    }
  }

  /** Returns the code of {@code grouped} for one thread. */
  static Grouping grouping(Ending.Grouped grouped, Workbench bench) {
    return bench
        .resolver()
        .grouping(grouped.task(), grouped.inputs(), grouped.output(), bench.run());
  }

  private void guarded(Runnable work) {
    outcome.stay();
    try {
      work.run();
    } catch (RuntimeException e) {
      throw outcome.isAway() ? e : StepFailure.of(origin.label(), e);
    }
  }

  /** The group the merge is in. */
  private static final class Stream implements Group {
    private final Merge merge;
    private final GroupOrder order;
    private final Grouping grouping;
    private final CanonicalForm key = new CanonicalForm();
    private long prefix;
    private int sameness;
    private long samples;
    private int input;
    private Batch batch;
    private int row;

    Stream(Merge merge, GroupOrder order, Grouping grouping) {
      this.merge = merge;
      this.order = order;
      this.grouping = grouping;
      this.batch = new BatchBuilder(new Schema(List.of())).build();
    }

    void begin() {
      prefix = merge.prefix();
      sameness = merge.sameness();
      grouping.key(merge.input(), merge.batch(), merge.row(), key.reset());
      samples = 0;
    }

    @Override
    public boolean next() {
      if (!merge.isOpen()
          || merge.prefix() != prefix
          || (samples > 0
              && (sameness < 0 || merge.sameness() != sameness)
              && order.compareKey(key, merge.input(), merge.batch(), merge.row()) != 0)) {
        return false;
      }
      input = merge.input();
      batch = merge.batch();
      row = merge.row();
      samples++;
      try {
        merge.advance();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return true;
    }

    /** Passes over what the code left unread and returns the samples of the group. */
    long end() {
      boolean more = next();
      while (more) {
        // Unread samples are missing in the step's accounting, which names the step.
        more = next();
      }
      return samples;
    }

    @Override
    public int input() {
      return input;
    }

    @Override
    public Batch batch() {
      return batch;
    }

    @Override
    public int row() {
      return row;
    }
  }
}
