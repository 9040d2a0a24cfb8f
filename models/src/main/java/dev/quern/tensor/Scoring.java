package dev.quern.tensor;

import java.util.stream.IntStream;

/**
 * Runs a trained network over samples, without gradients.
 *
 * @param network the architecture
 * @param loss says how outputs become predictions
 * @param parameters the trained values
 * @param kernels computes
 * @param workers share the work
 */
public record Scoring(
    Network network, Loss loss, Parameters parameters, Kernels kernels, Workers workers) {

  /** Samples in memory at a time; a multiple of it goes to every worker. */
  private static final int BLOCK = 4096;

  /** Predictions in the order of the data: [samples, outputs], after sigmoid or softmax. */
  public float[] predictions(TrainingData data) {
    int width = ShapeOps.of(network).outputWidth();
    float[] all = new float[Math.multiplyExact(data.samples(), width)];
    MicroBatches microBatches = new MicroBatches(workers);
    int[] order = IntStream.range(0, data.samples()).toArray();
    for (int block = 0; block < order.length; block += BLOCK) {
      microBatches.run(
          block,
          Math.min(order.length, block + BLOCK),
          (i, from, to) -> {
            TensorOps ops = TensorOps.forward(kernels, parameters, microBatches.scratch(i));
            Tensor output = network.apply(ops, data.inputs(network, order, from, to));
            float[] values = loss.prediction(ops, output).values();
            System.arraycopy(values, 0, all, from * width, values.length);
          });
    }
    return all;
  }

  /** Mean loss per sample, the same however the data are stored; NaN without samples. */
  public double meanLoss(TrainingData data) {
    data.requireFor(network, loss);
    MicroBatches microBatches = new MicroBatches(workers);
    int[] order = data.byKey();
    double sum = 0;
    for (int block = 0; block < order.length; block += BLOCK) {
      int end = Math.min(order.length, block + BLOCK);
      double[] losses = new double[MicroBatches.pieces(end - block)];
      microBatches.run(
          block,
          end,
          (i, from, to) -> {
            TensorOps ops = TensorOps.forward(kernels, parameters, microBatches.scratch(i));
            Tensor output = network.apply(ops, data.inputs(network, order, from, to));
            float[] unused = new float[output.values().length];
            losses[i] =
                loss.sum(output.values(), output.width(), data.targets(order, from, to), unused);
          });
      for (double one : losses) {
        sum += one;
      }
    }
    return sum / data.samples();
  }
}
