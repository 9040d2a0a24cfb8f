package dev.quern.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tape against central differences of the same network in double precision. */
class GradientTest {

  private static final int WIDTH = 5;

  /** One op between two linear layers, so that its gradient has somewhere to go. */
  private interface Body {
    <T> T apply(Ops<T> ops, T x, T y);
  }

  private record Between(Body body) implements Network {
    @Override
    public List<NetworkInput> inputs() {
      return List.of(new NetworkInput("dense", NetworkInput.Kind.DENSE, 4));
    }

    @Override
    public <T> T apply(Ops<T> ops, List<T> inputs) {
      T x = layer(ops, inputs.get(0), "x", 4, WIDTH);
      T y = layer(ops, inputs.get(0), "y", 4, WIDTH);
      return body.apply(ops, x, y);
    }
  }

  private static <T> T layer(Ops<T> ops, T x, String name, int p, int q) {
    return ops.linear(
        x, ops.param(name + ".w", Start.fanIn(p), p, q), ops.param(name + ".b", Start.fanIn(1), q));
  }

  // Bodies are anonymous classes: Java has no generic lambdas.
  static Stream<Arguments> ops() {
    return Stream.of(
        Arguments.of("relu", unary((o, x) -> o.relu(x))),
        Arguments.of("sigmoid", unary((o, x) -> o.sigmoid(x))),
        Arguments.of("tanh", unary((o, x) -> o.tanh(x))),
        Arguments.of("softmax", unary((o, x) -> o.softmax(x))),
        Arguments.of("scale", unary((o, x) -> o.scale(x, -1.5f))),
        Arguments.of("linear", unary((o, x) -> layer(o, x, "z", WIDTH, WIDTH))),
        Arguments.of("add", binary((o, p) -> o.add(p.get(0), p.get(1)))),
        Arguments.of("add to itself", unary((o, x) -> o.add(x, o.tanh(x)))),
        Arguments.of("concat", binary((o, p) -> layer(o, o.concat(p), "z", 2 * WIDTH, WIDTH))),
        Arguments.of("shared weights", new Between(new Shared())));
  }

  /** A parameter read by two ops. */
  private record Shared() implements Body {
    @Override
    public <T> T apply(Ops<T> ops, T x, T y) {
      T w = ops.param("w", Start.fanIn(WIDTH), WIDTH, WIDTH);
      T b = ops.param("b", Start.fanIn(WIDTH), WIDTH);
      return ops.linear(ops.tanh(ops.linear(ops.add(x, y), w, b)), w, b);
    }
  }

  private static Network unary(BiFunction<Ops<Object>, Object, Object> f) {
    return binary((ops, parts) -> ops.add(f.apply(ops, parts.get(0)), parts.get(1)));
  }

  private static Network binary(BiFunction<Ops<Object>, List<Object>, Object> f) {
    return new Between(
        new Body() {
          @Override
          @SuppressWarnings("unchecked") // f only passes values from op to op
          public <T> T apply(Ops<T> ops, T x, T y) {
            return (T) f.apply((Ops<Object>) ops, List.of(x, y));
          }
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("ops")
  void everyOpAgreesWithCentralDifferences(String name, Network network) {
    check(network, Loss.SQUARED_ERROR, WIDTH, Kernels.best());
    check(network, Loss.SQUARED_ERROR, WIDTH, Kernels.scalar());
  }

  static Stream<Arguments> networks() {
    List<Mlp.Bag> bags = List.of(new Mlp.Bag("title", 11, 3), new Mlp.Bag("body", 40, 4));
    return Stream.of(
        Arguments.of(Loss.SQUARED_ERROR, Mlp.linear(7, 1)),
        Arguments.of(Loss.BINARY_CROSS_ENTROPY, Mlp.linear(7, 2)),
        Arguments.of(
            Loss.CATEGORICAL_CROSS_ENTROPY, new Mlp(6, bags, List.of(9, 5), Activation.TANH, 3)),
        Arguments.of(
            Loss.BINARY_CROSS_ENTROPY, new Mlp(6, bags, List.of(9), Activation.SIGMOID, 1)),
        Arguments.of(
            Loss.CATEGORICAL_CROSS_ENTROPY, new Mlp(0, bags, List.of(), Activation.RELU, 4)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("networks")
  void everyLossAgreesWithCentralDifferences(Loss loss, Mlp network) {
    check(network, loss, network.outputs(), Kernels.best());
    check(network, loss, network.outputs(), Kernels.scalar());
  }

  private static void check(Network network, Loss loss, int outputs, Kernels kernels) {
    int samples = 7;
    TrainingData data = Drawn.data(network, loss, outputs, samples, 5);
    Parameters parameters = network.start(3);
    BatchGradient gradient =
        new BatchGradient(network, loss, parameters, kernels, Workers.caller());
    int[] order = data.byKey();
    double sum = gradient.run(data, order, 0, samples);

    ReferenceOps reference = new ReferenceOps(parameters);
    List<ReferenceOps.Rows> inputs =
        data.inputs(network, order, 0, samples).stream().map(ReferenceOps::of).toList();
    float[] targets = data.targets(order, 0, samples);
    assertThat(sum).isCloseTo(loss(network, loss, reference, inputs, targets), within(1e-4));

    for (String name : parameters.names()) {
      double[] values = reference.values(name);
      double[] expected = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        double kept = values[i];
        double step = 1e-5;
        values[i] = kept + step;
        double up = loss(network, loss, reference, inputs, targets);
        values[i] = kept - step;
        double down = loss(network, loss, reference, inputs, targets);
        values[i] = kept;
        expected[i] = (up - down) / (2 * step);
      }
      assertClose(name, gradientOf(gradient.sum(), name, values.length), expected);
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }

  private static double loss(
      Network network,
      Loss loss,
      ReferenceOps ops,
      List<ReferenceOps.Rows> inputs,
      float[] targets) {
    return ReferenceOps.loss(loss, network.apply(ops, inputs).values(), targets);
  }

  private static float[] gradientOf(Gradients gradients, String name, int size) {
    Gradients.Dense dense = gradients.dense().get(name);
    if (dense != null) {
      return dense.values();
    }
    float[] flat = new float[size];
    Gradients.Rows rows = gradients.tables().get(name);
    for (int r = 0; r < rows.rows().length; r++) {
      System.arraycopy(
          rows.values(), r * rows.width(), flat, rows.rows()[r] * rows.width(), rows.width());
    }
    return flat;
  }

  /** Relative to the element, or to a hundredth of the largest one where that is more. */
  private static void assertClose(String name, float[] found, double[] expected) {
    double largest = 0;
    for (double value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(largest).as("gradient of " + name + " is not all zero").isPositive();
    for (int i = 0; i < expected.length; i++) {
      double scale = Math.max(Math.abs(expected[i]), largest / 100);
      assertThat(Math.abs(found[i] - expected[i]) / scale)
          .as(name + "[" + i + "]: found " + found[i] + ", expected " + expected[i])
          .isLessThan(1e-3);
    }
  }
}
