package dev.quern.train;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.data.Slice;
import dev.quern.engine.DataException;
import dev.quern.feature.HashedNgrams;
import dev.quern.tensor.TrainingData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The samples of one part as a network takes them. */
final class PartData {
  /** Samples kept as they are for the check of the model file, about. */
  private static final int CHECKED = 200;

  /** Bounded, so that a check stays small whatever is drawn. */
  private static final int MOST_CHECKED = 256;

  private final Inputs inputs;
  private final Target target;
  private final int width;
  private final long expected;
  private final long[] keys;
  private final float[] dense;
  private final float[] targets;
  private final List<HashedNgrams> hashers = new ArrayList<>();
  private final List<HashedNgrams.Rows> ngrams = new ArrayList<>();
  private final BatchBuilder checked;
  private final List<Integer> checkedRows = new ArrayList<>();
  private final Slice scratch = new Slice();
  private int size;
  private long unknown;

  PartData(Schema schema, Inputs inputs, Target target, long samples) {
    this.inputs = inputs;
    this.target = target;
    this.width = inputs.denseWidth();
    this.expected = samples;
    if (samples * Math.max(1, width) > Integer.MAX_VALUE - 8) {
      throw new DataException(
          "too_many_samples",
          "model must have samples · inputs below 2^31 (floats) in each split; found: "
              + samples
              + " · "
              + width
              + "; lower max_categories, exclude fields or give fewer samples");
    }
    this.keys = new long[(int) samples];
    this.dense = new float[(int) samples * width];
    this.targets = new float[(int) samples];
    for (Inputs.TextInput text : inputs.texts()) {
      hashers.add(text.hasher());
      ngrams.add(new HashedNgrams.Rows());
    }
    this.checked = new BatchBuilder(schema);
  }

  /** Adds a sample that has a target. */
  void add(Batch batch, int row, Column targets) {
    float trained = target.trained(targets, row);
    if (Float.isNaN(trained)) {
      unknown++;
      return;
    }
    this.targets[size] = trained;
    keys[size] = batch.keys().idLow(row) ^ batch.keys().idHigh(row);
    inputs.fill(batch, row, dense, size * width, scratch);
    for (int i = 0; i < hashers.size(); i++) {
      int position = inputs.texts().get(i).position();
      hashers.get(i).append(batch.column(position), row, ngrams.get(i));
    }
    // Drawn by key, so that the choice does not depend on storage.
    double draw = (Hash128.mix(keys[size]) >>> 11) * 0x1p-53;
    if ((expected <= CHECKED || draw < (double) CHECKED / expected)
        && checked.count() < MOST_CHECKED) {
      checked.append(batch, row);
      checkedRows.add(size);
    }
    size++;
  }

  int size() {
    return size;
  }

  /** Samples whose class train does not have. */
  long unknown() {
    return unknown;
  }

  float[] targets() {
    return Arrays.copyOf(targets, size);
  }

  Batch checkedSamples() {
    return checked.build();
  }

  List<Integer> checkedRows() {
    return checkedRows;
  }

  TrainingData data() {
    List<TrainingData.Bags> bags = new ArrayList<>();
    for (HashedNgrams.Rows rows : ngrams) {
      bags.add(new TrainingData.Bags(rows.offsets(), rows.ids(), rows.weights()));
    }
    boolean full = size == keys.length;
    return new TrainingData(
        full ? keys : Arrays.copyOf(keys, size),
        full ? dense : Arrays.copyOf(dense, size * width),
        bags,
        targets());
  }
}
