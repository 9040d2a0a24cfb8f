package dev.quern.tensor;

/** The function between two layers. */
public enum Activation {
  RELU,
  SIGMOID,
  TANH;

  <T> T apply(Ops<T> ops, T x) {
    return switch (this) {
      case RELU -> ops.relu(x);
      case SIGMOID -> ops.sigmoid(x);
      case TANH -> ops.tanh(x);
    };
  }

  Start start(int inputs) {
    return switch (this) {
      case RELU -> Start.fanInRelu(inputs);
      case SIGMOID, TANH -> Start.fanIn(inputs);
    };
  }
}
