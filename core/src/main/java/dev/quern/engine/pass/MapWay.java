package dev.quern.engine.pass;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Keys;
import dev.quern.data.Split;
import dev.quern.engine.Mapping;
import dev.quern.engine.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * A map on the way. With scope TRAIN the other samples pass unchanged, and all stay in the order
 * they came in.
 */
final class MapWay implements Way {
  private final String label;
  private final Mapping mapping;
  private final Feed.Operation.Begins begins;
  private final Task.Scope scope;
  private final Way next;
  private final StepOutcome outcome;
  private final List<Batch> mapped = new ArrayList<>();

  MapWay(
      String label,
      Feed.Operation.Begins begins,
      Task.Scope scope,
      Mapping mapping,
      Work work,
      Way next) {
    this.label = label;
    this.mapping = mapping;
    this.begins = begins;
    this.scope = scope;
    this.next = next;
    Way after = scope == Task.Scope.ALL ? next : mapped::add;
    this.outcome = new StepOutcome(label, work, after);
  }

  @Override
  public void accept(Batch batch) {
    Tally tally = outcome.tally();
    if (begins == Feed.Operation.Begins.STEP) {
      tally.read += batch.count();
    } else {
      // What an earlier verb of the same step handed on has not left the step yet.
      tally.kept -= batch.count();
    }
    if (scope == Task.Scope.ALL) {
      map(batch);
      return;
    }
    Batch train = train(batch);
    mapped.clear();
    if (train.count() > 0) {
      map(train);
    }
    tally.kept += batch.count() - train.count();
    if (train.count() == batch.count()) {
      mapped.forEach(next::accept);
      return;
    }
    Batch merged = train.count() == 0 ? batch : merge(batch);
    if (merged.count() > 0) {
      next.accept(merged);
    }
  }

  private void map(Batch batch) {
    outcome.tally().begin();
    outcome.stay();
    try {
      mapping.map(batch, outcome);
    } catch (RuntimeException e) {
      throw outcome.isAway() ? e : StepFailure.of(label, e);
    }
    outcome.tally().end(batch.count());
  }

  /** Returns {@code batch} with only its train samples selected. */
  static Batch train(Batch batch) {
    byte train = Split.TRAIN.code();
    int[] rows = new int[batch.count()];
    int count = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (batch.keys().splitCode(row) == train) {
        rows[count++] = row;
      }
    }
    return count == batch.count() ? batch : batch.select(rows, count);
  }

  /** Puts what became of the train samples back between the others. */
  private Batch merge(Batch batch) {
    for (Batch part : mapped) {
      if (!part.schema().equals(batch.schema())) {
        throw new IllegalStateException(
            "a map of the train split must keep the fields, because other samples pass unchanged");
      }
    }
    return mapped.stream().allMatch(part -> isSelection(part, batch))
        ? select(batch)
        : interleave(batch);
  }

  private static boolean isSelection(Batch part, Batch of) {
    if (part.keys() != of.keys()) {
      return false;
    }
    for (int i = 0; i < of.schema().size(); i++) {
      if (part.column(i) != of.column(i)) {
        return false;
      }
    }
    return true;
  }

  private Batch select(Batch batch) {
    boolean[] stays = new boolean[batch.rows()];
    for (Batch part : mapped) {
      for (int i = 0; i < part.count(); i++) {
        stays[part.row(i)] = true;
      }
    }
    int[] rows = new int[batch.count()];
    int count = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (stays[row] || batch.keys().splitCode(row) != Split.TRAIN.code()) {
        rows[count++] = row;
      }
    }
    return batch.select(rows, count);
  }

  private Batch interleave(Batch batch) {
    BatchBuilder all = new BatchBuilder(batch.schema());
    Keys keys = batch.keys();
    int part = 0;
    int at = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      if (keys.splitCode(row) != Split.TRAIN.code()) {
        all.append(batch, row);
        continue;
      }
      while (part < mapped.size()) {
        Batch current = mapped.get(part);
        if (at == current.count()) {
          part++;
          at = 0;
        } else if (descends(current.keys(), current.row(at), keys, row)) {
          all.append(current, current.row(at++));
        } else {
          break;
        }
      }
    }
    // Samples made without a parent in the batch follow it.
    for (; part < mapped.size(); part++, at = 0) {
      for (; at < mapped.get(part).count(); at++) {
        all.append(mapped.get(part), mapped.get(part).row(at));
      }
    }
    return all.build();
  }

  /** Returns whether a rank is that of {@code parent} or of one of its children. */
  private static boolean descends(Keys keys, int row, Keys parents, int parent) {
    long path = keys.child(row);
    long above = parents.child(parent);
    return keys.origin(row) == parents.origin(parent)
        && keys.position(row) == parents.position(parent)
        && (path == above || path >>> 21 == above || path >>> 42 == above);
  }
}
