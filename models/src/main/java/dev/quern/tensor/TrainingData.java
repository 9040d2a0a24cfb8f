package dev.quern.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples as a network takes them, in memory, all arrays row-major and not copied.
 *
 * @param keys one number per sample that stays with it wherever it is stored, such as half of its
 *     id; the order of training follows from keys alone
 * @param dense the dense part, samples · denseWidth floats, empty for none
 * @param bags the sparse parts in the order of the network's bags
 * @param targets samples · target width floats, empty where only predictions are wanted
 */
@SuppressWarnings("ArrayRecordComponent") // large arrays passed on, never compared
public record TrainingData(long[] keys, float[] dense, List<Bags> bags, float[] targets) {

  /**
   * One sparse part: the ids of sample i are those at offsets[i] (included) to offsets[i + 1].
   *
   * @param offsets one more than samples
   * @param ids rows of the table
   * @param weights of the ids
   */
  @SuppressWarnings("ArrayRecordComponent") // as above
  public record Bags(int[] offsets, int[] ids, float[] weights) {
    public Bags {
      if (offsets.length == 0
          || offsets[0] != 0
          || offsets[offsets.length - 1] != ids.length
          || ids.length != weights.length) {
        throw new IllegalArgumentException(
            "offsets must run from 0 to the number of ids and weights (elements); found: "
                + ids.length
                + " ids and "
                + weights.length
                + " weights");
      }
    }
  }

  public TrainingData {
    bags = List.copyOf(bags);
    for (Bags part : bags) {
      if (part.offsets().length != keys.length + 1) {
        throw new IllegalArgumentException(
            "offsets must be one more than samples, "
                + (keys.length + 1)
                + " (elements); found: "
                + part.offsets().length);
      }
    }
    requireMultiple("dense", dense.length, keys.length);
    requireMultiple("targets", targets.length, keys.length);
  }

  /** Number of samples. */
  public int samples() {
    return keys.length;
  }

  /** Throws unless the parts are those that the network and the loss want. */
  void requireFor(Network network, Loss loss) {
    int dense = 0;
    int sparse = 0;
    for (NetworkInput input : network.inputs()) {
      switch (input.kind()) {
        case DENSE -> dense += input.width();
        case IDS -> sparse++;
        case WEIGHTS -> {}
      }
    }
    requireWidth("dense", this.dense.length, dense);
    if (bags.size() != sparse) {
      throw new IllegalArgumentException(
          "data must have " + sparse + " bags (parts); found: " + bags.size());
    }
    requireWidth("targets", targets.length, loss.targetWidth(ShapeOps.of(network).outputWidth()));
  }

  /** The inputs of the samples order[from, to) as tensors. */
  List<Tensor> inputs(Network network, int[] order, int from, int to) {
    List<Tensor> inputs = new ArrayList<>();
    int part = 0;
    for (NetworkInput input : network.inputs()) {
      switch (input.kind()) {
        case DENSE -> {
          float[] rows = gather(dense, input.width(), order, from, to);
          inputs.add(Tensor.of(rows, to - from, input.width()));
        }
        case IDS -> inputs.addAll(padded(bags.get(part++), order, from, to));
        case WEIGHTS -> {} // made with the ids
      }
    }
    return inputs;
  }

  /** The targets of the samples order[from, to). */
  float[] targets(int[] order, int from, int to) {
    return gather(targets, targets.length / Math.max(1, samples()), order, from, to);
  }

  /** Samples in rising order of keys, equal keys as stored. */
  int[] byKey() {
    long[] sorted = keys.clone();
    Arrays.sort(sorted);
    int[] used = new int[sorted.length];
    int[] order = new int[sorted.length];
    for (int sample = 0; sample < keys.length; sample++) {
      int first = firstIndex(sorted, keys[sample]);
      order[first + used[first]++] = sample;
    }
    return order;
  }

  private static int firstIndex(long[] sorted, long key) {
    int low = 0;
    int high = sorted.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Ids and weights as [N, L] with L the longest bag, at least 1; -1 pads. */
  private static List<Tensor> padded(Bags part, int[] order, int from, int to) {
    int length = 1;
    for (int i = from; i < to; i++) {
      length = Math.max(length, part.offsets()[order[i] + 1] - part.offsets()[order[i]]);
    }
    int[] ids = new int[(to - from) * length];
    float[] weights = new float[ids.length];
    Arrays.fill(ids, -1);
    for (int i = from; i < to; i++) {
      int start = part.offsets()[order[i]];
      int count = part.offsets()[order[i] + 1] - start;
      System.arraycopy(part.ids(), start, ids, (i - from) * length, count);
      System.arraycopy(part.weights(), start, weights, (i - from) * length, count);
    }
    return List.of(Tensor.ids(ids, to - from, length), Tensor.of(weights, to - from, length));
  }

  private static float[] gather(float[] rows, int width, int[] order, int from, int to) {
    float[] into = new float[(to - from) * width];
    for (int i = from; i < to; i++) {
      System.arraycopy(rows, order[i] * width, into, (i - from) * width, width);
    }
    return into;
  }

  private static void requireMultiple(String part, int length, int samples) {
    if (samples == 0 ? length != 0 : length % samples != 0) {
      throw new IllegalArgumentException(
          part
              + " must hold the same number of floats for each of "
              + samples
              + " samples (floats); found: "
              + length);
    }
  }

  private void requireWidth(String part, int length, int width) {
    if (length != Math.multiplyExact(samples(), width)) {
      throw new IllegalArgumentException(
          part
              + " must have "
              + width
              + " floats per sample, "
              + samples()
              + " samples (floats); found: "
              + length);
    }
  }
}
