package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.trial.Tried;
import org.junit.jupiter.api.Test;

class StandardizeTest {

  @Test
  void zscoreUsesThePopulationDeviation() {
    // mean 5, deviation 2: 2, 4, 4, 4, 5, 5, 7, 9.
    Batch batch = Tried.column("x", Type.LONG, 2L, 4L, 4L, 4L, 5L, 5L, 7L, 9L);
    assertThat(Tried.fit(standardize("zscore"), batch).values())
        .containsExactly(-1.5, -0.5, -0.5, -0.5, 0.0, 0.0, 1.0, 2.0);
  }

  @Test
  void minmaxAndRobustUseOrderStatistics() {
    Batch batch = Tried.column("x", Type.DOUBLE, 0.0, 1.0, 2.0, 3.0, 100.0);
    assertThat(Tried.fit(standardize("minmax"), batch).values())
        .containsExactly(0.0, 0.01, 0.02, 0.03, 1.0);
    assertThat(Tried.fit(standardize("robust"), batch).values())
        .containsExactly(-1.0, -0.5, 0.0, 0.5, 49.0);
  }

  @Test
  void aConstantBecomesZeroAndMissingStays() {
    for (String with : new String[] {"zscore", "minmax", "robust"}) {
      Batch batch = Tried.column("x", Type.DOUBLE, 0.1, null, 0.1);
      assertThat(Tried.fit(standardize(with), batch).values()).containsExactly(0.0, null, 0.0);
    }
  }

  @Test
  void aFieldWithoutValuesIsLeftAsItIs() {
    Tried tried = Tried.fit(standardize("zscore"), Tried.column("x", Type.LONG, null, null));
    assertThat(tried.learnt).isEmpty();
    assertThat(tried.values()).containsExactly(null, null);
  }

  @Test
  void rolesThatAreNoMeasurementsAreLeftAlone() {
    Schema schema =
        Schema.of(
            Field.of("y", Type.LONG).with(Role.LABEL),
            Field.of("id", Type.LONG).with(Role.IDENTIFIER),
            Field.of("x", Type.LONG));
    Tried tried =
        Tried.fit(
            standardize("zscore"),
            Tried.batch(schema, new Object[] {1L, 7L, 1L}, new Object[] {0L, 8L, 3L}));
    assertThat(tried.rows.get(0)).containsExactly(1L, 7L, -1.0);
    assertThat(tried.schema.field(0).type()).isEqualTo(Type.LONG);
  }

  private static Standardize standardize(String with) {
    return Tried.operator(Standardize.class, Standardize.SPEC, "with", with);
  }
}
