package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.format.json.Json;
import dev.quern.trial.Tried;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreFilterTest {
  private static final Schema SCORED =
      Schema.of(
          Field.of("quality", Type.DOUBLE),
          Field.of("label", Type.TEXT).with(Role.LABEL),
          Field.of("ward", Type.TEXT).with(Role.SENSITIVE));

  /** Thirty good samples of a and ten of b, of which half score 0.29. */
  private static Batch scored() {
    Object[][] rows = new Object[40][];
    for (int i = 0; i < 40; i++) {
      boolean b = i >= 30;
      rows[i] = new Object[] {b && i % 2 == 0 ? 0.29 : 0.8, b ? "b" : "a", "ward " + i % 2};
    }
    return Tried.batch(SCORED, rows);
  }

  private static ScoreFilter filter(double above, @Nullable String by) {
    return new ScoreFilter("quality", above, Optional.ofNullable(by).map(List::of), List.of());
  }

  private static Map<String, @Nullable Object> curve(Tried tried) {
    return Json.object(tried.learnt.get("keep_curve"));
  }

  private static double at(@Nullable Object values, int position) {
    return ((Number) java.util.Objects.requireNonNull(Json.list(values).get(position)))
        .doubleValue();
  }

  @Test
  void whatIsBelowIsDroppedWithItsScore() {
    Tried tried =
        Tried.fit(filter(0.5, null), Tried.column("quality", Type.DOUBLE, 0.25, 0.5, 0.75, null));
    assertThat(tried.values()).containsExactly(0.5, 0.75);
    assertThat(tried.dropped).hasSize(2);
    assertThat(tried.dropped.toString()).contains("below_score").contains("no_score");
  }

  @Test
  void theCurveCountsWhatEachThresholdKeepsExactly() {
    Map<String, @Nullable Object> curve =
        curve(
            Tried.fit(
                filter(0, null),
                Tried.column("quality", Type.DOUBLE, 0.29, 0.3, 0.0, 1.0, 0.5499999, 0.55, null)));
    assertThat(curve.get("samples")).isEqualTo(7L);
    assertThat(curve.get("without_score")).isEqualTo(1L);
    List<@Nullable Object> thresholds = Json.list(curve.get("thresholds"));
    List<@Nullable Object> kept = Json.list(curve.get("kept"));
    assertThat(kept.get(thresholds.indexOf(0.0))).isEqualTo(6L);
    assertThat(kept.get(thresholds.indexOf(0.3))).isEqualTo(4L);
    assertThat(kept.get(thresholds.indexOf(0.55))).isEqualTo(2L);
    assertThat(kept.get(thresholds.indexOf(1.0))).isEqualTo(1L);
  }

  @Test
  void theCurveTellsBalanceAndRepresentativenessOfLabels() {
    Map<String, @Nullable Object> curve = curve(Tried.fit(filter(0, null), scored()));
    List<@Nullable Object> groups = Json.list(curve.get("groups"));
    assertThat(groups).hasSize(1);
    Map<String, @Nullable Object> label = Json.object(groups.get(0));
    assertThat(label.get("field")).isEqualTo("label");
    // Shares 3/4 and 1/4; above 0.29 the five bad samples of b are gone: 6/7 and 1/7.
    assertThat(at(label.get("balance"), 0)).isBetween(0.8112, 0.8113);
    assertThat(at(label.get("effective"), 0)).isBetween(1.7547, 1.7548);
    assertThat(at(label.get("representativeness"), 0)).isEqualTo(1);
    assertThat(at(label.get("representativeness"), 10))
        .isBetween(1 - 6 / 7.0 + 0.75 - 1e-9, 0.8929);
    assertThat(at(label.get("balance"), 10)).isBetween(0.5916, 0.5917);
    assertThat(Json.list(label.get("named")).toString()).contains("group=b");
  }

  @Test
  void groupsOfSensitiveFieldsAreNotNamed() {
    Map<String, @Nullable Object> curve = curve(Tried.fit(filter(0, "ward"), scored()));
    assertThat(curve.toString()).contains("field=ward").doesNotContain("ward 0");
  }

  @Test
  void aThresholdBelowWhatIsLeftIsRefused() {
    assertThatThrownBy(
            () ->
                Tried.operator(
                    ScoreFilter.class, ScoreFilter.SPEC, "above", 0.5, "model_at", List.of("0.2")))
        .hasMessageContaining(
            "model_at must be at or above above, below which nothing is left; found: [0.2]");
  }
}
