package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.Metric;
import dev.quern.trial.Tried;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VendiScoreTest {

  private static VendiScore score(List<String> fields, long samples) {
    return Tried.operator(VendiScore.class, VendiScore.SPEC, "fields", fields, "samples", samples);
  }

  private static double of(Type type, @Nullable Object... values) {
    Batch batch = Tried.column("x", type, values);
    return Tried.measured(score(List.of("x"), 500), batch).get(0).value().orElseThrow();
  }

  /** Of values that are equal or not the score is Hill's number of order 1. */
  @Test
  void ofCategoriesItIsTheEffectiveNumberOfThem() {
    assertThat(of(Type.TEXT, "a", "a", "b", "b")).isCloseTo(2, within(1e-12));
    double entropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
    assertThat(of(Type.TEXT, "a", "b", "a", "a")).isCloseTo(Math.exp(entropy), within(1e-12));
    assertThat(of(Type.TEXT, "a", null, null)).isCloseTo(1.8898815748, within(1e-9));
    assertThat(of(Type.BOOL, true, true)).isCloseTo(1, within(1e-12));
  }

  /** Two numbers are two standard deviations apart: the matrix is 1, e⁻², e⁻², 1. */
  @Test
  void numbersThatAreNearAreAlike() {
    double alike = Math.exp(-2);
    double large = (1 + alike) / 2;
    double small = (1 - alike) / 2;
    double expected = Math.exp(-large * Math.log(large) - small * Math.log(small));
    assertThat(of(Type.DOUBLE, 10.0, 30.0)).isCloseTo(expected, within(1e-12));
    assertThat(of(Type.LONG, 1L, 3L)).isCloseTo(expected, within(1e-12));
    assertThat(of(Type.LONG, 5L, 5L, 5L)).isCloseTo(1, within(1e-12));
    assertThat(of(Type.DOUBLE, -Double.MAX_VALUE, Double.MAX_VALUE, 0.0)).isBetween(1.0, 3.0);
  }

  @Test
  void fieldsCountAlike() {
    Batch batch =
        Tried.batch(
            Tried.schema("a", Type.TEXT, "b", Type.TEXT),
            new Object[] {"x", "p"},
            new Object[] {"x", "q"});
    double entropy = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
    assertThat(Tried.measured(score(List.of("a", "b"), 500), batch).get(0).value().orElseThrow())
        .isCloseTo(Math.exp(entropy), within(1e-12));
  }

  @Test
  void ofManySamplesADrawIsCompared() {
    Object[] values = new Object[3000];
    for (int i = 0; i < values.length; i++) {
      values[i] = "v" + i % 3;
    }
    Batch batch = Tried.column("x", Type.TEXT, values);
    Metric drawn = Tried.measured(score(List.of("x"), 300), batch).get(0);
    assertThat(drawn.precision()).isEqualTo(Metric.Precision.ESTIMATED);
    assertThat(drawn.denominator()).isEqualTo(300);
    assertThat(drawn.value().orElseThrow()).isCloseTo(3, within(0.05));
    Metric all =
        Tried.measured(score(List.of("x"), 2000), Tried.column("x", Type.TEXT, "a", "b")).get(0);
    assertThat(all.precision()).isEqualTo(Metric.Precision.EXACT);
  }
}
