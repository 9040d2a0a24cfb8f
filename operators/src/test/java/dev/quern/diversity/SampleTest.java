package dev.quern.diversity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.Filter;
import dev.quern.operator.Fitter;
import dev.quern.trial.Tried;
import org.junit.jupiter.api.Test;

class SampleTest {

  @Test
  void keepsAFractionAndTellsTheDraw() {
    Tried tried = Tried.filter(Tried.operator(Filter.class, Sample.SPEC, "fraction", 0.3), many());
    // Four standard deviations of a binomial of 2,000 draws are 82.
    assertThat(tried.rows.size()).isBetween(518, 682);
    assertThat(tried.dropped)
        .allSatisfy(
            drop -> {
              assertThat(drop).contains(" not_sampled ");
              double draw = Double.parseDouble(drop.substring(drop.lastIndexOf(' ') + 1));
              assertThat(draw).isBetween(0.3, 1.0);
            });
  }

  @Test
  void keepsACountExactlyWhateverTheOrder() {
    for (int count : new int[] {0, 1, 17, 1_999}) {
      Fitter<?> sample = Tried.operator(Fitter.class, Sample.SPEC, "count", (long) count);
      assertThat(Tried.fit(sample, many()).rows).hasSize(count);
    }
  }

  @Test
  void keepsAllWhereThereAreFewer() {
    Fitter<?> sample = Tried.operator(Fitter.class, Sample.SPEC, "count", 5_000L);
    assertThat(Tried.fit(sample, many()).rows).hasSize(2_000);
  }

  @Test
  void needsOneOfFractionAndCount() {
    assertThatThrownBy(() -> Tried.operator(Filter.class, Sample.SPEC))
        .hasMessage("diversity.sample must have exactly one of fraction and count; found: neither");
  }

  private static Batch many() {
    Object[] values = new Object[2_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) i;
    }
    return Tried.column("x", Type.LONG, values);
  }
}
