package dev.quern.tensor;

import java.util.ArrayList;
import java.util.List;

/** Loss and gradient of a batch, summed over its samples in a fixed tree of micro-batches. */
final class BatchGradient {

  private final Network network;
  private final Loss loss;
  private final Parameters parameters;
  private final Kernels kernels;
  private final MicroBatches microBatches;
  private final List<Gradients> gradients = new ArrayList<>();

  BatchGradient(
      Network network, Loss loss, Parameters parameters, Kernels kernels, Workers workers) {
    this.network = network;
    this.loss = loss;
    this.parameters = parameters;
    this.kernels = kernels;
    this.microBatches = new MicroBatches(workers);
  }

  /** The gradient that {@link #run} left. */
  Gradients sum() {
    return gradients.get(0);
  }

  /** Computes the samples order[from, to); gives back their summed loss. */
  double run(TrainingData data, int[] order, int from, int to) {
    int count = MicroBatches.pieces(to - from);
    while (gradients.size() < count) {
      gradients.add(new Gradients(parameters));
    }
    double[] losses = new double[count];
    microBatches.run(
        from, to, (i, first, last) -> losses[i] = microBatch(i, data, order, first, last));
    for (int stride = 1; stride < count; stride *= 2) {
      for (int i = 0; i + stride < count; i += 2 * stride) {
        gradients.get(i).add(gradients.get(i + stride));
      }
    }
    double sum = 0;
    for (double one : losses) {
      sum += one;
    }
    return sum;
  }

  private double microBatch(int index, TrainingData data, int[] order, int from, int to) {
    Gradients mine = gradients.get(index);
    mine.clear();
    TensorOps ops = TensorOps.recording(kernels, parameters, microBatches.scratch(index), mine);
    Tensor output = network.apply(ops, data.inputs(network, order, from, to));
    float[] delta = new float[output.values().length];
    double sum = loss.sum(output.values(), output.width(), data.targets(order, from, to), delta);
    ops.backward(output, delta);
    return sum;
  }
}
