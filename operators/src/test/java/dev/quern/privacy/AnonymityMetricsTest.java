package dev.quern.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.Fit;
import dev.quern.operator.Limits;
import dev.quern.operator.OperatorSpec;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Combinations;
import dev.quern.privacy.anonymity.PopulationRisk;
import dev.quern.trial.Tried;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnonymityMetricsTest {
  private static final Batch PEOPLE =
      Tried.batch(
          Tried.schema("age", Type.LONG, "zip", Type.TEXT, "ill", Type.TEXT),
          new Object[][] {
            {30L, "a", "x"},
            {30L, "a", "y"},
            {30L, "a", "x"},
            {40L, "b", "x"},
            {40L, "b", "x"},
            {null, "b", "z"}
          });

  private static KAnonymity kAnonymity(String... fields) {
    return new KAnonymity(List.of(fields), Optional.empty());
  }

  @Test
  void theSmallestClassIsK() {
    assertThat(Tried.metrics(kAnonymity("zip"), PEOPLE)).first().asString().contains("3.0");
    assertThat(Tried.metrics(kAnonymity("age", "zip"), PEOPLE)).first().asString().contains("1.0");
  }

  @Test
  void samplesOfSmallClassesFailAndStarsDoNotCount() {
    Batch batch = Tried.column("zip", Type.TEXT, "a", "a", "a", "b", "b", "c", "*", null);
    KAnonymity metric = kAnonymity("zip");
    Combinations state = metric.zero(batch.schema(), Tried.STEP);
    state.add(batch);
    Fit fit = metric.judged(state, batch.schema(), Limits.from(3));
    List<Integer> failed = new ArrayList<>();
    List<Integer> left = new ArrayList<>();
    metric
        .judge(batch.schema(), fit, Tried.STEP)
        .judge(
            batch,
            new dev.quern.operator.SampleJudge.Findings() {
              @Override
              public void fail(int row, dev.quern.operator.Finding finding) {
                assertThat(finding.reason()).isEqualTo("small_class");
                failed.add(row);
              }

              @Override
              public void notApplicable(int row) {
                left.add(row);
              }
            });
    assertThat(failed).containsExactly(3, 4, 5, 7);
    assertThat(left).containsExactly(6);
  }

  @Test
  void withoutAClassThereIsNoValue() {
    Batch stars = Tried.column("zip", Type.TEXT, "*", "*");
    assertThat(Tried.measured(kAnonymity("zip"), stars).get(0).value()).isEmpty();
    assertThat(Tried.measured(kAnonymity("zip"), stars).get(2).value()).contains(1.0);
    assertThat(
            Tried.measured(new Separation(List.of("zip"), Optional.empty()), stars).get(0).value())
        .isEmpty();
  }

  @Test
  void theLeastDiverseClassCounts() {
    LDiversity metric =
        new LDiversity(List.of("zip"), "ill", LDiversity.Diversity.DISTINCT, Optional.empty());
    assertThat(Tried.measured(metric, PEOPLE).get(0).value()).contains(2.0);
    metric = new LDiversity(List.of("age"), "ill", LDiversity.Diversity.DISTINCT, Optional.empty());
    assertThat(Tried.measured(metric, PEOPLE).get(0).value()).contains(1.0);
  }

  @Test
  void aMatchWithThePopulationNeedsTheSameValues() {
    PopulationRisk risk =
        PopulationRisk.of(table("a", "a", "b", "c"), table("a", "a", "a", "a", "b"));
    assertThat(risk.matched()).isEqualTo(3);
    assertThat(risk.alone()).isEqualTo(1);
    assertThat(risk.highest()).isEqualTo(1);
    assertThat(risk.expected()).isEqualTo(0.5 + 1 + 1);
  }

  private static CombinationTable table(Object... values) {
    Combinations combinations = new Combinations(new int[] {0});
    combinations.add(Tried.column("v", Type.TEXT, values));
    return combinations.table();
  }

  @Test
  void theSampledFractionMustBeAboveZero() {
    OperatorSpec spec = PopulationUniqueness.SPEC;
    assertThatThrownBy(
            () ->
                Tried.operator(
                    PopulationUniqueness.class, spec, "fields", List.of("a"), "fraction", 0.0))
        .hasMessageContaining("must be a number in (0, 1]");
  }
}
