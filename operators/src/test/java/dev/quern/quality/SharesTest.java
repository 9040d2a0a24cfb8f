package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Metric;
import dev.quern.trial.Tried;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Completeness of several fields, representativeness and diversity. */
class SharesTest {
  private static final Schema TWO = Tried.schema("a", Type.LONG, "b", Type.TEXT);

  @Test
  void completenessOfSamplesNeedsAllFieldsAndWeightsCountFieldsApart() {
    Batch batch =
        Tried.batch(
            TWO,
            new Object[] {1L, "x"},
            new Object[] {null, "x"},
            new Object[] {null, " "},
            new Object[] {2L, null});
    Completeness samples =
        new Completeness(Optional.empty(), Completeness.Of.SAMPLES, Optional.empty());
    assertThat(Tried.metrics(samples, batch).get(0))
        .isEqualTo("completeness(a, b)[samples] = 0.25");
    Completeness weighted =
        new Completeness(Optional.empty(), Completeness.Of.WEIGHTED, Optional.of(Map.of("a", 1.0)));
    assertThat(Tried.metrics(weighted, batch))
        .containsExactly(
            "completeness(a)[weighted] = 0.5",
            "completeness(a)[samples] = 0.5",
            "completeness(a) = 0.5");
  }

  @Test
  void weightsAreOfTheFieldsLookedAt() {
    Completeness other =
        new Completeness(
            Optional.of(List.of("a")), Completeness.Of.WEIGHTED, Optional.of(Map.of("b", 1.0)));
    assertThatThrownBy(() -> other.check(TWO))
        .hasMessage("must be of the fields looked at; found: b");
    Completeness none =
        new Completeness(Optional.empty(), Completeness.Of.WEIGHTED, Optional.empty());
    assertThatThrownBy(() -> none.check(TWO))
        .hasMessage("must be given where of is weighted; found: nothing");
  }

  @Test
  void representativenessComparesSharesWithTheTarget() {
    Object[] values = new Object[10];
    for (int i = 0; i < 10; i++) {
      values[i] = i < 6 ? "a" : i < 9 ? "b" : "c";
    }
    Representativeness target =
        new Representativeness("s", Optional.of(Map.of("a", 2.0, "b", 1.0, "d", 1.0)), 3);
    List<Metric> found = Tried.measured(target, Tried.column("s", Type.TEXT, values));
    assertThat(found.get(0).value().orElseThrow()).isCloseTo(0.5 + 0.25, within(1e-12));
    // p = (.5, .25, 0, .25), q = (.6, .3, .1, 0) over a, b, c, d.
    double divergence = 0;
    double[][] pq = {{0.5, 0.6}, {0.25, 0.3}, {0, 0.1}, {0.25, 0}};
    for (double[] one : pq) {
      double m = (one[0] + one[1]) / 2;
      divergence += one[0] == 0 ? 0 : one[0] * Math.log(one[0] / m) / Math.log(2) / 2;
      divergence += one[1] == 0 ? 0 : one[1] * Math.log(one[1] / m) / Math.log(2) / 2;
    }
    assertThat(found.get(1).value().orElseThrow())
        .isCloseTo(1 - Math.sqrt(divergence), within(1e-12));
    assertThat(found.get(2).value()).contains(0.75);
    assertThat(found.get(3).value()).contains(0.0);
  }

  @Test
  void withoutATargetNothingIsRepresented() {
    Representativeness none = new Representativeness("s", Optional.empty(), 1);
    assertThat(Tried.measured(none, Tried.column("s", Type.TEXT, "a")))
        .allSatisfy(metric -> assertThat(metric.reason()).contains("no_evidence"));
  }

  @Test
  void diversityIsEntropyAndWhatFollowsFromIt() {
    Batch batch = Tried.column("k", Type.LONG, 1L, 1L, 1L, 2L, null);
    List<Metric> found = Tried.measured(new Diversity("k", Optional.empty()), batch);
    double h = -0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
    assertThat(found.get(0).value().orElseThrow()).isCloseTo(h / Math.log(2), within(1e-12));
    assertThat(found.get(1).value().orElseThrow()).isCloseTo(Math.exp(h), within(1e-12));
    assertThat(found.get(2).value().orElseThrow()).isCloseTo(1.6, within(1e-12));
    assertThat(found.get(3).value().orElseThrow()).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(Tried.metrics(new Diversity("k", Optional.empty()), Tried.column("k", Type.LONG)))
        .allSatisfy(metric -> assertThat(metric).endsWith(" = none"));
  }

  @Test
  void runsOfWordsDoNotReachOverTexts() {
    Batch batch = Tried.column("t", Type.TEXT, "a b", "b a", "a\u3000b", "a", null);
    assertThat(Tried.metrics(new Diversity("t", Optional.of(2)), batch))
        .containsExactly("diversity(t)[distinct_2] = " + 2.0 / 3);
    assertThat(Tried.metrics(new Diversity("t", Optional.of(3)), batch))
        .containsExactly("diversity(t)[distinct_3] = none");
  }
}
