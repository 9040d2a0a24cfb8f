package dev.quern.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Steps computed by hand: w = [1, −2] (a matrix), b = 0.5, gradients of a batch of two samples. */
class OptimizerTest {

  private final Parameters parameters =
      Parameters.start(
          List.of(
              new ParameterSpec("w", ParameterSpec.Kind.DENSE, Start.ZERO, List.of(2, 1)),
              new ParameterSpec("b", ParameterSpec.Kind.DENSE, Start.ZERO, List.of(1)),
              new ParameterSpec(
                  "t", ParameterSpec.Kind.TABLE, new Start.Constant(1), List.of(3, 1))),
          0);
  private final float[] w = parameters.values("w");
  private final float[] b = parameters.values("b");
  private final float[] t = parameters.values("t");

  OptimizerTest() {
    w[0] = 1;
    w[1] = -2;
    b[0] = 0.5f;
  }

  /** Means over the two samples: w [0.2, −0.4], b 1, row 1 of t 0.5. */
  private void step(Stepper stepper) {
    Gradients gradients = new Gradients(parameters);
    gradients
        .dense()
        .get("w")
        .add(into -> System.arraycopy(new float[] {0.4f, -0.8f}, 0, into, 0, 2));
    gradients.dense().get("b").add(into -> into[0] = 2);
    gradients
        .tables()
        .get("t")
        .addBag(new int[] {1, -1}, new float[] {2, 9}, 2, new float[] {0.5f});
    stepper.step(gradients, 2);
  }

  @Test
  void gradientDescentMovesByRateTimesMeanGradient() {
    Stepper stepper = new Stepper(new Optimizer.Sgd(0.1, 0), parameters);
    step(stepper);
    near(w[0], 0.98);
    near(w[1], -1.96);
    near(b[0], 0.4);
    assertThat(t[0]).isEqualTo(1);
    near(t[1], 0.95);
    assertThat(t[2]).isEqualTo(1);
  }

  @Test
  void decayShrinksMatricesAndTouchedRowsButNotBiases() {
    Stepper stepper = new Stepper(new Optimizer.Sgd(0.1, 0.5), parameters);
    step(stepper);
    near(w[0], 1 * 0.95 - 0.02);
    near(w[1], -2 * 0.95 + 0.04);
    near(b[0], 0.4);
    assertThat(t[0]).isEqualTo(1);
    near(t[1], 0.95 - 0.05);
  }

  @Test
  void momentumAddsUp() {
    Stepper stepper = new Stepper(new Optimizer.Momentum(0.1, 0.9, 0), parameters);
    step(stepper);
    near(b[0], 0.4);
    step(stepper); // velocity 0.9 · 1 + 1
    near(b[0], 0.4 - 0.19);
    step(stepper); // velocity 0.9 · 1.9 + 1
    near(b[0], 0.21 - 0.271);
    near(w[0], 1 - 0.1 * 0.2 * (1 + 1.9 + 2.71));
  }

  @Test
  void adamFollowsThePaperWithBiasCorrection() {
    Stepper stepper = new Stepper(new Optimizer.Adam(0.01, 0.9, 0.99, 1e-8, 0), parameters);
    step(stepper);
    // The first step is the rate in the direction of the sign, whatever the gradient.
    near(w[0], 0.99);
    near(w[1], -1.99);
    near(b[0], 0.49);
    near(t[1], 0.99);
    Gradients still = new Gradients(parameters);
    stepper.step(still, 2);
    // m = 0.9 · 0.1, v = 0.99 · 0.01, corrected by 1 − 0.81 and 1 − 0.9801.
    double mean = 0.09 / 0.19;
    double square = 0.0099 / 0.0199;
    near(b[0], 0.49 - 0.01 * mean / Math.sqrt(square));
    near(t[1], 0.99); // not read: not moved
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThatThrownBy(() -> new Optimizer.Sgd(0, 0))
        .hasMessage("learning_rate must be > 0; found: 0.0");
    assertThatThrownBy(() -> new Optimizer.Sgd(0.1, Double.NaN))
        .hasMessage("weight_decay must be >= 0; found: NaN");
    assertThatThrownBy(() -> new Optimizer.Momentum(0.1, 1, 0))
        .hasMessage("momentum must be in [0, 1); found: 1.0");
  }

  private static void near(float found, double expected) {
    assertThat((double) found).isCloseTo(expected, offset(2e-6));
  }
}
