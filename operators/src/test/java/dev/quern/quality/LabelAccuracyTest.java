package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Metric;
import dev.quern.statistics.Interval;
import dev.quern.trial.Tried;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LabelAccuracyTest {
  private static final Object[] FIELDS = {"y", Type.TEXT, "no", Type.DOUBLE, "yes", Type.DOUBLE};

  private static LabelAccuracy accuracy(long samples) {
    return Tried.operator(
        LabelAccuracy.class,
        LabelAccuracy.SPEC,
        "label",
        "y",
        "probabilities",
        List.of("no", "yes"),
        "classes",
        List.of("n", "y"),
        "probabilities_are",
        "out_of_sample",
        "samples",
        samples);
  }

  private static @Nullable Object[] row(@Nullable String label, double yes) {
    return new @Nullable Object[] {label, 1 - yes, yes};
  }

  @Test
  void labelsThatAModelIsSureAreOthersCountAsNoise() {
    @Nullable Object[][] rows = new @Nullable Object[100][];
    for (int i = 0; i < 100; i++) {
      boolean wrong = i % 10 == 0;
      boolean yes = i % 2 == 0;
      rows[i] = row(yes ? "y" : "n", yes != wrong ? 0.9 : 0.1);
    }
    Metric metric = Tried.measured(accuracy(1000), Tried.batch(Tried.schema(FIELDS), rows)).get(0);
    assertThat(metric.written()).isEqualTo("label_accuracy(y)");
    assertThat(metric.value().orElseThrow()).isCloseTo(0.9, within(1e-12));
    assertThat(metric.basis()).isEqualTo(Metric.Basis.MODEL);
    assertThat(metric.interval()).contains(Interval.wilson(metric.numerator(), 100));
  }

  @Test
  void samplesThatTellNothingAreLeftOut() {
    Batch batch =
        Tried.batch(
            Tried.schema(FIELDS),
            row("y", 0.9),
            row("n", 0.1),
            row(null, 0.5),
            row("other", 0.5),
            row("y", Double.NaN));
    Metric metric = Tried.measured(accuracy(1000), batch).get(0);
    assertThat(metric.denominator()).isEqualTo(2);
    assertThat(metric.value()).contains(1.0);
  }

  @Test
  void ofManyADrawIsJudged() {
    @Nullable Object[][] rows = new @Nullable Object[500][];
    for (int i = 0; i < 500; i++) {
      rows[i] = row(i % 2 == 0 ? "y" : "n", i % 2 == 0 ? 0.8 : 0.2);
    }
    Metric metric = Tried.measured(accuracy(50), Tried.batch(Tried.schema(FIELDS), rows)).get(0);
    assertThat(metric.denominator()).isEqualTo(50);
  }

  @Test
  void probabilitiesMustNotBeThoseOfTheModelsOwnSamples() {
    LabelAccuracy undeclared =
        Tried.operator(
            LabelAccuracy.class,
            LabelAccuracy.SPEC,
            "label",
            "y",
            "probabilities",
            List.of("no", "yes"),
            "classes",
            List.of("n", "y"));
    assertThatThrownBy(() -> undeclared.check(Tried.schema(FIELDS)))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("must be made by models that have not seen the samples");
  }
}
