package dev.quern.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParametersTest {

  private static final Mlp MLP =
      new Mlp(4, List.of(new Mlp.Bag("text", 100, 8)), List.of(16), Activation.RELU, 3);

  @Test
  void startFollowsFromTheSeed() {
    assertThat(MLP.start(1)).isEqualTo(MLP.start(1)).isNotEqualTo(MLP.start(2));
  }

  @Test
  void startHasTheVarianceThatIsAskedFor() {
    Mlp wide = new Mlp(200, List.of(), List.of(500), Activation.RELU, 1);
    float[] w = wide.start(7).values("layer1.w");
    double sum = 0;
    double squares = 0;
    for (float value : w) {
      sum += value;
      squares += (double) value * value;
    }
    // 100,000 draws: the mean has deviation 0.1 / 316, the variance a relative one of 0.0045.
    assertThat(sum / w.length).isCloseTo(0, offset(5 * 0.1 / 316));
    assertThat(squares / w.length * 200 / 2).isCloseTo(1, offset(5 * 0.0045));
    assertThat(wide.start(7).values("layer1.b")).containsOnly(0f);
  }

  @Test
  void bytesAreReadBackBitByBit() {
    Parameters parameters = MLP.start(3);
    parameters.values("output.b")[0] = Float.NaN;
    parameters.values("output.b")[1] = -0f;
    Parameters read = Parameters.fromBytes(parameters.toBytes());
    assertThat(read).isEqualTo(parameters);
    assertThat(read.names())
        .containsExactly("text.table", "layer1.w", "layer1.b", "output.w", "output.b");
    assertThat(read.shape("layer1.w")).containsExactly(12, 16);
  }

  @Test
  void refusesOtherBytes() {
    assertThatThrownBy(() -> Parameters.fromBytes(new byte[20]))
        .hasMessage("parameters must begin with QPRM and version 1; found: other bytes");
  }

  @Test
  void shapesCountWhatANetworkCosts() {
    ShapeOps shapes = ShapeOps.of(MLP);
    assertThat(shapes.parameterCount()).isEqualTo(800 + 12 * 16 + 16 + 16 * 3 + 3);
    assertThat(shapes.parameterBytes()).isEqualTo(4 * shapes.parameterCount());
    assertThat(shapes.flopPerSample()).isEqualTo(2 * 8 + 2 * 12 * 16 + 16 + 2 * 16 * 3);
    assertThat(shapes.outputWidth()).isEqualTo(3);
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    Network wrong =
        new Network() {
          @Override
          public List<NetworkInput> inputs() {
            return List.of(new NetworkInput("dense", NetworkInput.Kind.DENSE, 4));
          }

          @Override
          public <T> T apply(Ops<T> ops, List<T> inputs) {
            T w = ops.param("w", Start.ZERO, 5, 2);
            return ops.linear(inputs.get(0), w, ops.param("b", Start.ZERO, 2));
          }
        };
    assertThatThrownBy(() -> ShapeOps.of(wrong))
        .hasMessage("linear weights must fit shape [4] (floats); found: [5, 2]");
  }

  @Test
  void exponentialAgreesWithTheLibrary() {
    for (double x = -700; x < 700; x += 0.37) {
      assertThat(Exponential.exp(x) / StrictMath.exp(x)).isCloseTo(1, offset(1e-15));
    }
    assertThat(Exponential.exp(0)).isEqualTo(1);
    assertThat(Exponential.exp(-1000)).isZero();
    assertThat(Exponential.exp(1000)).isInfinite();
    assertThat(Exponential.exp(Double.NaN)).isNaN();
    for (float x = -20; x < 20; x += 0.013f) {
      assertThat(Exponential.tanh(x)).isCloseTo((float) StrictMath.tanh(x), offset(1e-7f));
      assertThat((double) Exponential.sigmoid(x))
          .isCloseTo(1 / (1 + StrictMath.exp(-x)), offset(1e-7));
    }
    assertThat(Exponential.tanh(3e-6f)).isEqualTo((float) StrictMath.tanh(3e-6));
    assertThat(Exponential.tanh(1000)).isEqualTo(1);
    assertThat(Exponential.tanh(-1000)).isEqualTo(-1);
  }
}
