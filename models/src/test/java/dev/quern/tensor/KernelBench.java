package dev.quern.tensor;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;

/**
 * Rates of the matrix product and of training, per CPU-second of one thread; run by hand: {@code
 * java --add-modules jdk.incubator.vector … dev.quern.tensor.KernelBench}.
 */
public final class KernelBench {

  private static final int[][] SIZES = {
    {256, 784, 256}, {256, 256, 128}, {512, 512, 512}, {32, 784, 256}, {32, 104, 128}, {32, 128, 1}
  };

  private KernelBench() {}

  /** Prints a table. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    for (Kernels kernels : new Kernels[] {Kernels.best(), Kernels.scalar()}) {
      for (int[] size : SIZES) {
        product(out, kernels, size[0], size[1], size[2]);
      }
    }
    for (Kernels kernels : new Kernels[] {Kernels.best(), Kernels.scalar()}) {
      training(out, kernels, 256);
      training(out, kernels, 32);
    }
  }

  private static void product(PrintStream out, Kernels kernels, int m, int k, int n) {
    float[] a = Drawn.floats(1, m * k);
    float[] b = Drawn.floats(2, k * n);
    float[] c = new float[m * n];
    Scratch scratch = new Scratch();
    Matrix plainA = Matrix.of(a, m, k);
    Matrix plainB = Matrix.of(b, k, n);
    Matrix storedA = Matrix.of(a, k, m).transposed();
    Matrix storedB = Matrix.of(b, n, k).transposed();
    out.printf(
        Locale.ROOT,
        "%s %d x %d x %d GFLOP/CPU-s: AB %.1f  AtB %.1f  ABt %.1f%n",
        kernels.name(),
        m,
        k,
        n,
        gflop(m, k, n, i -> once(kernels, plainA, plainB, c, scratch)),
        gflop(m, k, n, i -> once(kernels, storedA, plainB, c, scratch)),
        gflop(m, k, n, i -> once(kernels, plainA, storedB, c, scratch)));
  }

  private static double once(Kernels kernels, Matrix a, Matrix b, float[] c, Scratch scratch) {
    kernels.multiply(a, b, c, scratch);
    return c[0];
  }

  private static double gflop(int m, int k, int n, IntToDoubleFunction product) {
    double flop = 2.0 * m * k * n;
    double best = 0;
    int repeats = (int) Math.max(10, 3e8 / flop);
    for (int round = 0; round < 12; round++) {
      long start = cpuNanos();
      double sum = 0;
      for (int i = 0; i < repeats; i++) {
        sum += product.applyAsDouble(i);
      }
      double rate = Double.isNaN(sum) ? 0 : flop * repeats / (cpuNanos() - start);
      best = Math.max(best, rate);
    }
    return best;
  }

  private static void training(PrintStream out, Kernels kernels, int batch) {
    Mlp mlp = new Mlp(784, java.util.List.of(), java.util.List.of(256, 128), Activation.RELU, 10);
    int samples = kernels.name().equals("vector") ? 16384 : 2048;
    float[] targets = new float[samples];
    long[] keys = new long[samples];
    for (int i = 0; i < samples; i++) {
      keys[i] = i;
      targets[i] = i % 10;
    }
    TrainingData data =
        new TrainingData(keys, Drawn.floats(3, samples * 784), java.util.List.of(), targets);
    Parameters parameters = mlp.start(1);
    BatchGradient gradient =
        new BatchGradient(
            mlp, Loss.CATEGORICAL_CROSS_ENTROPY, parameters, kernels, Workers.caller());
    Stepper stepper = new Stepper(Optimizer.Adam.of(1e-4), parameters);
    int[] order = data.byKey();
    for (int epoch = 1; epoch <= 5; epoch++) {
      long start = cpuNanos();
      double sum = 0;
      for (int from = 0; from < samples; from += batch) {
        sum += gradient.run(data, order, from, Math.min(samples, from + batch));
        stepper.step(gradient.sum(), batch);
      }
      out.printf(
          Locale.ROOT,
          "%s MLP 784-256-128-10 Adam batch %d epoch %d: %.0f samples/CPU-s, loss %.3f%n",
          kernels.name(),
          batch,
          epoch,
          samples * 1e9 / (cpuNanos() - start),
          sum / samples);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
