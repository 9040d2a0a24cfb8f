package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Fitter;
import dev.quern.operator.Grouper;
import dev.quern.operator.Operator;
import dev.quern.quality.outlier.IsolationForest;
import dev.quern.quality.outlier.RowSample;
import dev.quern.trial.Tried;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutliersTest {
  private final Batch doubles =
      Tried.column("x", Type.DOUBLE, 1.0, 2.0, 3.0, 4.0, 5.0, 100.0, null, Double.NaN);

  @Test
  void robustScoresAreDistancesFromTheMedianInMads() {
    // Median 3.5, MAD 1.5, so scale 1.5 / 0.6745; 100 scores 43.39.
    Tried tried = Tried.fit(fitter("action", "drop"), doubles);
    assertThat(tried.dropped).hasSize(1).first().asString().startsWith("5 outlier 43.39");
    assertThat(tried.rows).hasSize(7);
  }

  @Test
  void valuesAreUnsetOrClippedToTheBoundWithATrace() {
    Tried unset = Tried.fit(fitter("action", "missing"), doubles);
    assertThat(unset.values().get(5)).isNull();
    assertThat(unset.changed).hasSize(1).first().asString().startsWith("5 x outlier 0.92");
    Tried clipped = Tried.fit(fitter("action", "clip", "method", "iqr"), doubles);
    // Quartiles 2.25 and 4.75: 4.75 + 1.5 · 2.5.
    assertThat(clipped.values().get(5)).isEqualTo(8.5);
    assertThat(clipped.values().subList(0, 5)).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0);
  }

  @Test
  void wholeNumbersAreClippedToAWholeNumberInside() {
    Batch longs = Tried.column("x", Type.LONG, 1L, 2L, 3L, 4L, 5L, -100L);
    Tried tried = Tried.fit(fitter("action", "clip", "method", "iqr"), longs);
    assertThat(tried.values().get(5)).isEqualTo(-2L);
  }

  @Test
  void aFieldWithoutSpreadHasNoOutliers() {
    Batch same = Tried.column("x", Type.DOUBLE, 0.0, 0.0, 0.0, 0.0, 7.0);
    assertThat(Tried.fit(fitter("action", "drop"), same).dropped).isEmpty();
    assertThat(Tried.fit(fitter("action", "drop"), Tried.column("x", Type.DOUBLE)).rows).isEmpty();
  }

  @Test
  void flagsStandBesideTheirFields() {
    Tried tried = Tried.fit(fitter(), doubles);
    assertThat(tried.schema.names()).containsExactly("x", "x_outlier");
    assertThat(tried.rows).extracting(row -> row.get(1)).containsOnly(true, false);
    assertThat(tried.rows.get(5).get(1)).isEqualTo(true);
    assertThat(tried.rows.get(6).get(1)).isEqualTo(false);
  }

  @Test
  void theForestFindsWhatNoSingleFieldTells() {
    // Two clusters of a diagonal; (0, 10) is usual in each field alone.
    SplittableRandom random = new SplittableRandom(7);
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double center = i % 2 == 0 ? 0 : 10;
      rows.add(new Object[] {center + random.nextDouble(), center + random.nextDouble()});
    }
    rows.add(new Object[] {0.5, 10.5});
    Schema schema = Tried.schema("x", Type.DOUBLE, "y", Type.DOUBLE);
    Batch batch = Tried.batch(schema, rows.toArray(Object[][]::new));
    Tried tried = Tried.fit(fitter("method", "isolation_forest"), batch);
    assertThat(tried.schema.names()).containsExactly("x", "y", "outlier", "outlier_score");
    double odd = (Double) tried.rows.get(300).get(3);
    assertThat(tried.rows.subList(0, 300)).allMatch(row -> (Double) row.get(3) < odd);
  }

  @Test
  void theForestDependsOnTheRowsAlone() {
    Schema schema = Tried.schema("x", Type.DOUBLE);
    Batch batch = Tried.batch(schema, new Object[][] {{1.0}, {2.0}, {3.0}, {4.0}});
    RowSample whole = new RowSample(new int[] {0}, 3);
    whole.add(batch);
    RowSample first = new RowSample(new int[] {0}, 3);
    first.add(batch.select(new int[] {2, 3}, 2));
    RowSample second = new RowSample(new int[] {0}, 3);
    second.add(batch.select(new int[] {0, 1}, 2));
    first.merge(second);
    assertThat(first.rows()).usingRecursiveComparison().isEqualTo(whole.rows());
    assertThat(new IsolationForest(whole.rows()).score(new double[] {9}))
        .isEqualTo(new IsolationForest(first.rows()).score(new double[] {9}))
        .isBetween(0.0, 1.0);
  }

  @Test
  void hampelComparesAValueWithItsNeighbours() {
    Batch series =
        Tried.column("x", Type.DOUBLE, 1.0, 1.1, 1.2, 9.0, 1.4, 1.5, null, 1.6, 1.7, 1.8);
    Grouper hampel = (Grouper) operator("method", "hampel", "window", 3L, "action", "missing");
    Tried tried = Tried.group(hampel, series.schema(), series);
    assertThat(tried.values()).containsExactly(1.0, 1.1, 1.2, null, 1.4, 1.5, null, 1.6, 1.7, 1.8);
    assertThat(tried.changed).hasSize(1).first().asString().startsWith("3 x outlier 0.89");
  }

  @Test
  void hampelFindsASpikeInAConstantSeriesAndPartsSeries() {
    Schema schema = Tried.schema("s", Type.TEXT, "x", Type.LONG);
    Object[][] rows = new Object[24][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i % 2 == 0 ? new Object[] {"a", 5L} : new Object[] {"b", 500L};
    }
    rows[10] = new Object[] {"a", 500L};
    Batch batch = Tried.batch(schema, rows);
    Grouper hampel = (Grouper) operator("method", "hampel", "by", List.of("s"), "action", "drop");
    Tried tried = Tried.group(hampel, schema, batch);
    assertThat(tried.dropped).hasSize(1).first().asString().startsWith("10 outlier ");
  }

  @Test
  void refusesWhatAMethodCannotDo() {
    assertThatThrownBy(() -> operator("method", "isolation_forest", "action", "clip"))
        .hasMessageContaining("action must be drop or flag for method: isolation_forest");
    assertThatThrownBy(() -> operator("by", List.of("s")))
        .hasMessageContaining("by must be given for method: hampel only");
    assertThatThrownBy(
            () -> fitter().output(Tried.schema("x", Type.DOUBLE, "x_outlier", Type.BOOL)))
        .hasMessage("flag must make fields that are not there; found: x_outlier");
  }

  private static Fitter<?> fitter(Object... params) {
    return (Fitter<?>) operator(params);
  }

  private static Operator operator(Object... params) {
    return Tried.operator(Operator.class, Outliers.SPEC, params);
  }
}
