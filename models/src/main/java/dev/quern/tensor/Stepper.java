package dev.quern.tensor;

import java.util.HashMap;
import java.util.Map;

/** Moves parameters against their gradient and keeps what the optimiser remembers. */
final class Stepper {

  private static final float[] NONE = new float[0];

  private final Optimizer optimizer;
  private final Parameters parameters;
  private final Map<String, float[]> first = new HashMap<>();
  private final Map<String, float[]> second = new HashMap<>();
  private long steps;

  // Adam's bias corrections at this step: rate / (1−β₁ᵗ) and 1 / √(1−β₂ᵗ).
  private float correctedRate;
  private float correctedRoot;

  Stepper(Optimizer optimizer, Parameters parameters) {
    this.optimizer = optimizer;
    this.parameters = parameters;
    for (String name : parameters.names()) {
      int size = parameters.values(name).length;
      first.put(name, optimizer instanceof Optimizer.Sgd ? NONE : new float[size]);
      second.put(name, optimizer instanceof Optimizer.Adam ? new float[size] : NONE);
    }
  }

  /** One step along the summed gradient divided by {@code samples}. */
  void step(Gradients gradients, int samples) {
    steps++;
    if (optimizer instanceof Optimizer.Adam adam) {
      double t = steps;
      correctedRate = (float) (adam.learningRate() / (1 - StrictMath.pow(adam.beta1(), t)));
      correctedRoot = (float) (1 / Math.sqrt(1 - StrictMath.pow(adam.beta2(), t)));
    }
    float inverse = (float) (1.0 / samples);
    gradients
        .dense()
        .forEach(
            (name, gradient) -> {
              float[] g = gradient.values();
              move(name, 0, g, 0, g.length, inverse);
            });
    gradients
        .tables()
        .forEach(
            (name, gradient) -> {
              int width = gradient.width();
              int[] rows = gradient.rows();
              for (int r = 0; r < rows.length; r++) {
                move(name, rows[r] * width, gradient.values(), r * width, width, inverse);
              }
            });
  }

  private void move(String name, int wi, float[] g, int gi, int n, float inverse) {
    float[] w = parameters.values(name);
    if (optimizer.weightDecay() > 0 && parameters.shape(name).size() > 1) {
      decay(w, wi, n, (float) (1 - optimizer.learningRate() * optimizer.weightDecay()));
    }
    float[] m = first.getOrDefault(name, NONE);
    float[] v = second.getOrDefault(name, NONE);
    if (optimizer instanceof Optimizer.Sgd sgd) {
      sgd(w, wi, g, gi, n, inverse, (float) sgd.learningRate());
    } else if (optimizer instanceof Optimizer.Momentum momentum) {
      float rate = (float) momentum.learningRate();
      momentum(w, m, wi, g, gi, n, inverse, rate, (float) momentum.momentum());
    } else if (optimizer instanceof Optimizer.Adam adam) {
      adam(w, m, v, wi, g, gi, n, inverse, adam);
    }
  }

  private static void decay(float[] w, int wi, int n, float keep) {
    for (int i = 0; i < n; i++) {
      w[wi + i] *= keep;
    }
  }

  private static void sgd(float[] w, int wi, float[] g, int gi, int n, float inverse, float rate) {
    for (int i = 0; i < n; i++) {
      w[wi + i] -= rate * (g[gi + i] * inverse);
    }
  }

  private static void momentum(
      float[] w,
      float[] m,
      int wi,
      float[] g,
      int gi,
      int n,
      float inverse,
      float rate,
      float momentum) {
    for (int i = 0; i < n; i++) {
      float velocity = momentum * m[wi + i] + g[gi + i] * inverse;
      m[wi + i] = velocity;
      w[wi + i] -= rate * velocity;
    }
  }

  private void adam(
      float[] w,
      float[] m,
      float[] v,
      int wi,
      float[] g,
      int gi,
      int n,
      float inverse,
      Optimizer.Adam adam) {
    float rate = correctedRate;
    float root = correctedRoot;
    float epsilon = (float) adam.epsilon();
    // A loop with one store each, since the JIT makes vectors of no others.
    mean(m, wi, g, gi, n, inverse, (float) adam.beta1());
    meanSquare(v, wi, g, gi, n, inverse, (float) adam.beta2());
    for (int i = 0; i < n; i++) {
      w[wi + i] -= rate * m[wi + i] / ((float) Math.sqrt(v[wi + i]) * root + epsilon);
    }
  }

  private static void mean(float[] m, int mi, float[] g, int gi, int n, float inverse, float beta) {
    float rest = 1 - beta;
    for (int i = 0; i < n; i++) {
      m[mi + i] = beta * m[mi + i] + rest * (g[gi + i] * inverse);
    }
  }

  private static void meanSquare(
      float[] v, int vi, float[] g, int gi, int n, float inverse, float beta) {
    float rest = (1 - beta) * inverse * inverse;
    for (int i = 0; i < n; i++) {
      v[vi + i] = beta * v[vi + i] + rest * (g[gi + i] * g[gi + i]);
    }
  }
}
