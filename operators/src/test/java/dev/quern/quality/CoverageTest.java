package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.Metric;
import dev.quern.trial.Tried;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CoverageTest {
  private static final Map<String, Object> HALVES = Map.of("a", 1L, "b", 1L);

  private static Coverage coverage(@Nullable Object... params) {
    @Nullable Object[] all = new @Nullable Object[params.length + 2];
    all[0] = "field";
    all[1] = "g";
    System.arraycopy(params, 0, all, 2, params.length);
    return Tried.operator(Coverage.class, Coverage.SPEC, all);
  }

  @Test
  void whatOneGroupHasTooMuchOfMakesUpForNoOther() {
    Batch batch = Tried.column("g", Type.TEXT, "a", "a", "a", "a", "a", "a", "b", "b", "c", null);
    assertThat(Tried.metrics(coverage("shares", HALVES, "expected", 10L), batch))
        .containsExactly(
            "coverage(g) = 0.7",
            "coverage(g)[groups] = 0.5",
            "coverage(g)[worst_ratio] = 0.4",
            "coverage(g)[unexpected] = 0.2");
    // As many as there are of the groups: 8, four of each.
    assertThat(Tried.metrics(coverage("shares", HALVES), batch).get(0))
        .isEqualTo("coverage(g) = 0.75");
    assertThat(Tried.metrics(coverage("shares", HALVES, "min_ratio", 0.5), batch).get(1))
        .isEqualTo("coverage(g)[groups] = 1.0");
  }

  @Test
  void numbersAreGroupsAsTheyAreWritten() {
    Batch batch = Tried.column("g", Type.LONG, 1L, 1L, 2L);
    Coverage analyzer = coverage("shares", Map.of("1", 2L, "2", 1L), "expected", 3L);
    assertThat(Tried.metrics(analyzer, batch).get(0)).isEqualTo("coverage(g) = 1.0");
  }

  @Test
  void aReferenceGivesSharesOrCounts() {
    Batch mine = Tried.column("g", Type.TEXT, "a", "b", "c");
    Batch others = Tried.column("g", Type.TEXT, "a", "a", "a", "b", "d", "d");
    Coverage analyzer = coverage("reference", "census@1", "expected", 6L);
    GroupCounts state = analyzer.zero(mine.schema(), Tried.STEP);
    state.add(mine);
    GroupCounts reference = analyzer.zero(others.schema(), Tried.STEP);
    reference.add(others);
    List<Metric> metrics = analyzer.metrics(state, mine.schema(), reference, others.schema());
    // Three of a, one of b and two of d are expected; one of a and one of b are there.
    assertThat(metrics.get(0).numerator()).isEqualTo(2);
    assertThat(metrics.get(0).denominator()).isEqualTo(6);
    assertThat(metrics.get(0).basis()).isEqualTo(Metric.Basis.REFERENCE);
    assertThat(metrics.get(2).value()).contains(0.0);
    assertThat(metrics.get(3).value()).contains(1.0 / 3);
    // Where there is no such version nothing is known.
    assertThat(Tried.metrics(analyzer, mine)).allMatch(metric -> metric.endsWith("none"));
  }

  @Test
  void whatIsExpectedMustBeSaidOnce() {
    assertThatThrownBy(() -> coverage().check(Tried.schema("g", Type.TEXT)))
        .isInstanceOf(BindException.class)
        .hasMessage("or reference must be given; found: none");
    assertThatThrownBy(() -> coverage("shares", HALVES, "reference", "No Name"))
        .hasMessageContaining("a dataset version, NAME or NAME@V");
  }
}
