package dev.quern.tensor;

/**
 * What training makes small. The output of the network is turned into a prediction by {@link
 * #prediction}; the loss itself is computed from the output, which is more exact. Sums are doubles.
 */
public enum Loss {
  /** Mean over the outputs of (y − t)². */
  SQUARED_ERROR,
  /**
   * Mean over the outputs of −t·log σ(y) − (1−t)·log(1−σ(y)), t in [0, 1], computed as max(y,0) −
   * y·t + log(1 + e^−|y|).
   */
  BINARY_CROSS_ENTROPY,
  /** log Σ e^y − y[t]; the target is one number per sample, the class from 0 on. */
  CATEGORICAL_CROSS_ENTROPY;

  /** The prediction that belongs to the output: a number, a probability, or probabilities. */
  public <T> T prediction(Ops<T> ops, T output) {
    return switch (this) {
      case SQUARED_ERROR -> output;
      case BINARY_CROSS_ENTROPY -> ops.sigmoid(output);
      case CATEGORICAL_CROSS_ENTROPY -> ops.softmax(output);
    };
  }

  /** Targets per sample (floats) for a network of this output width. */
  public int targetWidth(int outputWidth) {
    return switch (this) {
      case SQUARED_ERROR, BINARY_CROSS_ENTROPY -> outputWidth;
      case CATEGORICAL_CROSS_ENTROPY -> 1;
    };
  }

  /**
   * The loss summed over samples.
   *
   * @param output [N, width]
   * @param targets [N, targetWidth(width)]
   * @param delta receives the derivative by output, [N, width]
   */
  double sum(float[] output, int width, float[] targets, float[] delta) {
    return switch (this) {
      case SQUARED_ERROR -> squared(output, width, targets, delta);
      case BINARY_CROSS_ENTROPY -> binary(output, width, targets, delta);
      case CATEGORICAL_CROSS_ENTROPY -> categorical(output, width, targets, delta);
    };
  }

  private static double squared(float[] output, int width, float[] targets, float[] delta) {
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      double difference = (double) output[i] - targets[i];
      sum += difference * difference;
      delta[i] = (float) (2 * difference / width);
    }
    return sum / width;
  }

  private static double binary(float[] output, int width, float[] targets, float[] delta) {
    double sum = 0;
    for (int i = 0; i < output.length; i++) {
      double y = output[i];
      double small = Exponential.exp(-Math.abs(y));
      sum += Math.max(y, 0) - y * targets[i] + StrictMath.log1p(small);
      double probability = y >= 0 ? 1 / (1 + small) : small / (1 + small);
      delta[i] = (float) ((probability - targets[i]) / width);
    }
    return sum / width;
  }

  private static double categorical(float[] output, int width, float[] targets, float[] delta) {
    double sum = 0;
    double[] row = new double[width];
    for (int i = 0; i < targets.length; i++) {
      int target = (int) targets[i];
      if (target != targets[i] || target < 0 || target >= width) {
        throw new IllegalArgumentException(
            "target must be a whole number in [0, " + width + ") (class); found another value");
      }
      TensorOps.softmaxRow(output, i * width, row);
      sum -= logProbability(output, i * width, width, target);
      for (int j = 0; j < width; j++) {
        delta[i * width + j] = (float) (row[j] - (j == target ? 1 : 0));
      }
    }
    return sum;
  }

  private static double logProbability(float[] output, int from, int width, int target) {
    double max = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < width; j++) {
      max = Math.max(max, output[from + j]);
    }
    double sum = 0;
    for (int j = 0; j < width; j++) {
      sum += Exponential.exp(output[from + j] - max);
    }
    return output[from + target] - max - StrictMath.log(sum);
  }
}
