package dev.quern.run;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Split;
import dev.quern.engine.Pass;
import dev.quern.operator.PartOfTraining;
import dev.quern.operator.Training;
import java.io.IOException;

/**
 * Training on the samples of train whose score reaches a threshold; those of other splits stay, so
 * that every threshold is measured on the same ones.
 */
final class KeptTraining extends PartOfTraining {
  private final int score;
  private final double threshold;
  private final long kept;

  /** Makes the training; reads the samples once to count them. */
  KeptTraining(Training whole, int score, double threshold) throws IOException {
    super(whole);
    this.score = score;
    this.threshold = threshold;
    long[] count = {0};
    whole.read(batch -> count[0] += train(kept(batch)));
    this.kept = count[0];
  }

  private static long train(Batch batch) {
    long count = 0;
    for (int i = 0; i < batch.count(); i++) {
      count += batch.keys().split(batch.row(i)) == Split.TRAIN ? 1 : 0;
    }
    return count;
  }

  private Batch kept(Batch batch) {
    Column scores = batch.column(score);
    int[] rows = new int[batch.count()];
    int count = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      boolean train = batch.keys().split(row) == Split.TRAIN;
      if (!train || (!scores.isNull(row) && scores.doubleAt(row) >= threshold)) {
        rows[count++] = row;
      }
    }
    return batch.select(rows, count);
  }

  @Override
  public long samples(Split split) {
    return split == Split.TRAIN ? kept : whole.samples(split);
  }

  @Override
  public void read(Pass.BatchReceiver receiver) throws IOException {
    whole.read(batch -> receiver.receive(kept(batch)));
  }
}
