package dev.quern.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Data for tests, all from a seed. */
final class Drawn {

  private Drawn() {}

  /** Draws from N(0, 1). */
  static float[] floats(long seed, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) Draws.gaussian(seed, i);
    }
    return values;
  }

  /** Whole numbers in [0, bound). */
  static int[] ints(long seed, int size, int bound) {
    return IntStream.range(0, size)
        .map(i -> (int) Long.remainderUnsigned(Draws.bits(seed, i), bound))
        .toArray();
  }

  /** Samples for the network with targets that suit the loss; bags hold 0 to 6 ids. */
  static TrainingData data(Network network, Loss loss, int outputs, int samples, long seed) {
    float[] dense = new float[0];
    List<TrainingData.Bags> bags = new ArrayList<>();
    for (NetworkInput input : network.inputs()) {
      if (input.kind() == NetworkInput.Kind.DENSE) {
        dense = floats(seed + 1, samples * input.width());
      } else if (input.kind() == NetworkInput.Kind.IDS) {
        int[] counts = ints(seed + 2 + bags.size(), samples, 7);
        int[] offsets = new int[samples + 1];
        for (int i = 0; i < samples; i++) {
          offsets[i + 1] = offsets[i] + counts[i];
        }
        bags.add(
            new TrainingData.Bags(
                offsets,
                ints(seed + 20 + bags.size(), offsets[samples], input.width()),
                floats(seed + 40 + bags.size(), offsets[samples])));
      }
    }
    float[] targets = new float[samples * loss.targetWidth(outputs)];
    float[] numbers = floats(seed + 60, targets.length);
    int[] classes = ints(seed + 61, targets.length, outputs);
    for (int i = 0; i < targets.length; i++) {
      targets[i] =
          switch (loss) {
            case SQUARED_ERROR -> numbers[i];
            case BINARY_CROSS_ENTROPY -> numbers[i] > 0 ? 1 : 0;
            case CATEGORICAL_CROSS_ENTROPY -> classes[i];
          };
    }
    long[] keys = IntStream.range(0, samples).mapToLong(i -> Draws.bits(seed, i)).toArray();
    return new TrainingData(keys, dense, bags, targets);
  }
}
