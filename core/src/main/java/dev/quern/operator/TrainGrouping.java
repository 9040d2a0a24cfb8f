package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Split;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.Outcome;

/**
 * Groups samples of the train split alone; every other sample is a group of itself and stays. The
 * key of such a sample is its id behind a byte that no other key begins with.
 */
final class TrainGrouping implements Grouping {
  private final Grouping grouping;

  TrainGrouping(Grouping grouping) {
    this.grouping = grouping;
  }

  @Override
  public void key(int input, Batch batch, int row, CanonicalForm key) {
    if (input == 0 && batch.keys().splitCode(row) != Split.TRAIN.code()) {
      key.putLong(-1).putLong(batch.keys().idHigh(row)).putLong(batch.keys().idLow(row));
    } else {
      key.putLong(0);
      grouping.key(input, batch, row, key);
    }
  }

  @Override
  public void group(Group group, Outcome out) {
    First first = new First(group);
    if (!first.begin()) {
      return;
    }
    if (group.input() == 0 && group.batch().keys().splitCode(group.row()) != Split.TRAIN.code()) {
      while (first.next()) {
        out.keep(group.batch().select(new int[] {group.row()}, 1));
      }
    } else {
      grouping.group(first, out);
    }
  }

  @Override
  public void end(Outcome out) {
    grouping.end(out);
  }

  /** A group whose first sample has been looked at already. */
  private static final class First implements Group {
    private final Group group;
    private boolean waiting;

    First(Group group) {
      this.group = group;
    }

    boolean begin() {
      waiting = group.next();
      return waiting;
    }

    @Override
    public boolean next() {
      if (waiting) {
        waiting = false;
        return true;
      }
      return group.next();
    }

    @Override
    public int input() {
      return group.input();
    }

    @Override
    public Batch batch() {
      return group.batch();
    }

    @Override
    public int row() {
      return group.row();
    }
  }
}
