package dev.quern.tensor;

/** How the values of a parameter start. */
public sealed interface Start {

  /** Every value is the same: 0 for biases, 1 for gains. */
  record Constant(float value) implements Start {}

  /** Independent draws from N(0, variance). */
  record Normal(double variance) implements Start {}

  /** Start of biases. */
  Start ZERO = new Constant(0);

  /**
   * Start of embedding tables, σ = 0.02: rows that training never reads should say almost nothing.
   */
  Start TABLE = new Normal(0.0004);

  /** N(0, 1 / fan-in), for a layer before tanh, sigmoid or the output. */
  static Start fanIn(int inputs) {
    return new Normal(1.0 / inputs);
  }

  /** N(0, 2 / fan-in), for a layer before relu (He et al. 2015, arXiv:1502.01852). */
  static Start fanInRelu(int inputs) {
    return new Normal(2.0 / inputs);
  }
}
