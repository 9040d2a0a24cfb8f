package dev.quern.tensor;

/**
 * The rule of a step. Weight decay is decoupled from the gradient (AdamW: Loshchilov and Hutter
 * 2019, arXiv:1711.05101; for {@link Sgd} the same as an L2 penalty of decay / 2): {@code w ← w −
 * rate · decay · w} before the step, for matrices and tables but not for biases. Of a table only
 * the rows that the batch read are moved.
 */
public sealed interface Optimizer {

  /** Step size. */
  double learningRate();

  /** Share of a weight taken away per unit of step size; 0 for none. */
  double weightDecay();

  /** w ← w − rate · g. */
  record Sgd(double learningRate, double weightDecay) implements Optimizer {
    public Sgd {
      check(learningRate, weightDecay);
    }
  }

  /** v ← momentum · v + g; w ← w − rate · v. */
  record Momentum(double learningRate, double momentum, double weightDecay) implements Optimizer {
    public Momentum {
      check(learningRate, weightDecay);
      checkShare("momentum", momentum);
    }
  }

  /**
   * m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; w ← w − rate · m̂ / (√v̂ + ε) with m̂ = m / (1−β₁ᵗ), v̂
   * = v / (1−β₂ᵗ) at step t (Kingma and Ba 2015, arXiv:1412.6980).
   */
  record Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
      implements Optimizer {
    public Adam {
      check(learningRate, weightDecay);
      checkShare("beta1", beta1);
      checkShare("beta2", beta2);
      if (!(epsilon > 0)) {
        throw new IllegalArgumentException("epsilon must be > 0; found: " + epsilon);
      }
    }

    /** β₁ 0.9, β₂ 0.999, ε 1e-8, no decay: the paper's values. */
    public static Adam of(double learningRate) {
      return new Adam(learningRate, 0.9, 0.999, 1e-8, 0);
    }
  }

  private static void check(double learningRate, double weightDecay) {
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException("learning_rate must be > 0; found: " + learningRate);
    }
    if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
      throw new IllegalArgumentException("weight_decay must be >= 0; found: " + weightDecay);
    }
  }

  private static void checkShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1); found: " + value);
    }
  }
}
