package dev.quern.engine.local;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Schema;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Reading;
import dev.quern.engine.SortKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The second half of a group: merges the runs of a part and hands over group after group.
 *
 * @param schemas of the inputs
 * @param order of the samples of a group, before rank
 * @param output fields of what comes out
 * @param memory bytes a worker may hold
 * @param label of the step's counts
 * @param code makes the code of the step
 */
record GroupParts(
    PassFolder folder,
    int stage,
    List<SortedRun> runs,
    List<Schema> schemas,
    List<SortKey> order,
    Schema output,
    long memory,
    String label,
    Supplier<Grouping> code)
    implements PartOrigin.Code {

  @Override
  public Origin.Lane lane(Work work, Way next) {
    Gathering gathering = new Gathering(output, next);
    StepOutcome outcome = new StepOutcome(label, work, gathering);
    return piece -> run(piece.ordinal(), outcome, gathering);
  }

  private Origin.Done run(int part, StepOutcome outcome, Gathering gathering) throws IOException {
    List<SortedRun> own = new ArrayList<>();
    for (SortedRun run : runs) {
      SortedRun found = run.part(part);
      if (found != null) {
        own.add(found);
      }
    }
    gathering.reset();
    Grouping grouping = code.get();
    GroupOrder inOrder = new GroupOrder(grouping, schemas, order);
    String task = "s" + stage + "-merge-" + part;
    try (Merging merging = new Merging(folder, task, schemas, inOrder, memory)) {
      Merge merge = merging.open(own, null, null);
      Stream stream = new Stream(merge, inOrder, grouping);
      Tally tally = outcome.tally();
      while (merge.isOpen()) {
        stream.begin();
        tally.begin();
        guarded(() -> grouping.group(stream, outcome), outcome);
        long samples = stream.end();
        tally.read += samples;
        tally.end((int) Math.min(Integer.MAX_VALUE, samples));
      }
      guarded(() -> grouping.end(outcome), outcome);
      gathering.flush();
      long bytes = merge.bytesRead() + merging.bytesRead();
      return new Origin.Done(new Reading.Read(bytes, 0, 0), merging.spilled());
    }
  }

  private void guarded(Runnable work, StepOutcome outcome) {
    outcome.stay();
    try {
      work.run();
    } catch (RuntimeException e) {
      throw outcome.isAway() ? e : StepFailure.of(label, e);
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
