package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Fitter;
import dev.quern.trial.Tried;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepairDependencyTest {
  private static final Schema SCHEMA = Tried.schema("city", Type.TEXT, "zip", Type.LONG);

  @Test
  void theMinorityOfAGroupGetsTheValueOfItsMajority() {
    Tried tried = Tried.fit(operator(), cities("x", "x", "x", "y", null));
    assertThat(tried.values()).containsExactly("x", "x", "x", "x", "x");
    assertThat(tried.changed)
        .containsExactly("3 city dependency_majority 0.75", "4 city dependency_majority 0.75");
  }

  @Test
  void withoutAClearMajorityCellsStayOrBecomeMissing() {
    assertThat(Tried.fit(operator(), cities("x", "y", "x", "y")).values())
        .containsExactly("x", "y", "x", "y");
    Tried tried = Tried.fit(operator("unclear", "missing"), cities("x", "y", "x", "y", null));
    assertThat(tried.values()).containsExactly(null, null, null, null, null);
    assertThat(tried.changed).hasSize(4).contains("0 city dependency_unclear 1.0");
  }

  @Test
  void smallGroupsAndMissingDeterminantsStay() {
    Batch batch =
        Tried.batch(
            SCHEMA,
            new Object[] {"x", 1L},
            new Object[] {"y", 1L},
            new Object[] {"x", null},
            new Object[] {"x", null},
            new Object[] {"y", null});
    assertThat(Tried.fit(operator(), batch).changed).isEmpty();
  }

  @Test
  void missingCellsStayWhereAskedFor() {
    assertThat(Tried.fit(operator("missing", "keep"), cities("x", "x", "x", null)).values())
        .containsExactly("x", "x", "x", null);
  }

  @Test
  void whatWasLearntRepairsOtherSamples() {
    Tried tried = Tried.fit(operator(), cities("x", "x", "x"), cities("z", null));
    assertThat(tried.values()).containsExactly("x", "x");
  }

  @Test
  void numbersAndBoolsAreRepairedToo() {
    Schema schema = Tried.schema("y", Type.DOUBLE, "x", Type.TEXT);
    Batch batch =
        Tried.batch(
            schema,
            new Object[] {1.5, "a"},
            new Object[] {1.5, "a"},
            new Object[] {Double.NaN, "a"},
            new Object[] {1.5, "a"},
            new Object[] {7.0, "a"});
    Fitter<?> repair =
        Tried.operator(Fitter.class, RepairDependency.SPEC, "given", List.of("x"), "field", "y");
    assertThat(Tried.fit(repair, batch).values()).containsExactly(1.5, 1.5, 1.5, 1.5, 1.5);
  }

  @Test
  void refusesAFieldThatDeterminesItself() {
    Fitter<?> repair =
        Tried.operator(
            Fitter.class, RepairDependency.SPEC, "given", List.of("city"), "field", "city");
    assertThatThrownBy(() -> repair.output(SCHEMA))
        .hasMessage("must not name the field itself; found: city");
  }

  private static Batch cities(@Nullable String... cities) {
    @Nullable Object[][] rows = new Object[cities.length][];
    for (int i = 0; i < cities.length; i++) {
      rows[i] = new @Nullable Object[] {cities[i], 10115L};
    }
    return Tried.batch(SCHEMA, rows);
  }

  private static Fitter<?> operator(Object... params) {
    Object[] all = new Object[params.length + 4];
    all[0] = "given";
    all[1] = List.of("zip");
    all[2] = "field";
    all[3] = "city";
    System.arraycopy(params, 0, all, 4, params.length);
    return Tried.operator(Fitter.class, RepairDependency.SPEC, all);
  }
}
