package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Grouper;
import dev.quern.quality.series.Curve;
import dev.quern.trial.Tried;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InterpolateTest {

  @Test
  void theStraightLineFollowsTheTimeAndEndsStayOpen() {
    Tried tried = filled(Type.DOUBLE, new Object[] {}, null, 1.0, null, null, 7.0, null);
    assertThat(tried.values()).containsExactly(null, 1.0, 3.0, 5.0, 7.0, null);
    assertThat(tried.changed).hasSize(2).first().asString().startsWith("2 x interpolated 0.66");
  }

  @Test
  void previousAndNearestTakeKnownValues() {
    assertThat(
            filled(Type.LONG, new Object[] {"method", "previous"}, null, 4L, null, null, 9L, null)
                .values())
        .containsExactly(null, 4L, 4L, 4L, 9L, 9L);
    assertThat(
            filled(Type.LONG, new Object[] {"method", "nearest"}, 4L, null, null, 9L, null)
                .values())
        .containsExactly(4L, 4L, 9L, 9L, null);
  }

  @Test
  void longGapsStayOpen() {
    assertThat(
            filled(Type.DOUBLE, new Object[] {"max_gap", "2"}, 0.0, null, 2.0, null, null, 5.0)
                .values())
        .containsExactly(0.0, 1.0, 2.0, null, null, 5.0);
  }

  @Test
  void wholeNumbersBecomeDoublesWhereValuesLieBetween() {
    Tried tried = filled(Type.LONG, new Object[] {}, 1L, null, 2L);
    assertThat(tried.values()).containsExactly(1.0, 1.5, 2.0);
    assertThat(tried.schema.field(0).type()).isEqualTo(Type.DOUBLE);
  }

  @Test
  void theSplineOfALineIsTheLineAndOfASineIsNear() {
    double[] x = new double[20];
    double[] line = new double[20];
    double[] sine = new double[20];
    for (int i = 0; i < x.length; i++) {
      x[i] = i * 0.5;
      line[i] = 3 * x[i] - 1;
      sine[i] = Math.sin(x[i]);
    }
    Curve straight = new Curve(Curve.Kind.SPLINE, x, line);
    assertThat(straight.at(4.25, straight.before(4.25))).isCloseTo(11.75, within(1e-12));
    Curve spline = new Curve(Curve.Kind.SPLINE, x, sine);
    assertThat(spline.at(4.25, spline.before(4.25))).isCloseTo(Math.sin(4.25), within(1e-3));
  }

  @Test
  void pchipNeverOvershootsItsPoints() {
    double[] x = {0, 1, 2, 3, 4};
    double[] y = {0, 0, 10, 10, 10};
    Curve curve = new Curve(Curve.Kind.PCHIP, x, y);
    double last = 0;
    for (double at = 0; at < 4; at += 0.01) {
      double value = curve.at(at, curve.before(at));
      assertThat(value).isBetween(last - 1e-9, 10 + 1e-9);
      last = value;
    }
  }

  @Test
  void cubicsAgreeWithSciPy() {
    // SciPy 1.17.1: PchipInterpolator and CubicSpline(bc_type="natural").
    double[] x = {0, 1, 3, 4.5, 7};
    double[] y = {1, 2, 8, 7, 7.5};
    double[] at = {0.5, 2, 4, 6};
    double[] pchip = {1.3640350877192984, 5.355263157894736, 7.2592592592592595, 7.108};
    double[] spline = {1.282142857142857, 5.242857142857144, 7.622222222222222, 6.78};
    Curve monotone = new Curve(Curve.Kind.PCHIP, x, y);
    Curve natural = new Curve(Curve.Kind.SPLINE, x, y);
    for (int i = 0; i < at.length; i++) {
      assertThat(monotone.at(at[i], i)).isCloseTo(pchip[i], within(1e-12));
      assertThat(natural.at(at[i], i)).isCloseTo(spline[i], within(1e-12));
    }
  }

  @Test
  void theLineIsNearerToHiddenTemperaturesThanTheValueBefore() throws IOException {
    Path data =
        Path.of(
            System.getProperty("quern.data", "../../shared/data"), "ts-pollution", "pollution.csv");
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(data).as("data of tests, property quern.data").isRegularFile();
    }
    List<@Nullable Object> hidden = new ArrayList<>();
    List<Double> known = new ArrayList<>();
    for (String line : Files.readAllLines(data).subList(1, 10_001)) {
      double temperature = Double.parseDouble(line.split(",")[7]);
      hidden.add(known.size() % 5 == 2 ? null : (Object) temperature);
      known.add(temperature);
    }
    double line = error(filled(Type.DOUBLE, new Object[] {}, hidden.toArray()), known);
    Object[] previous = {"method", "previous"};
    double before = error(filled(Type.DOUBLE, previous, hidden.toArray()), known);
    // Hourly temperatures of Beijing in whole degrees.
    assertThat(line).isLessThan(1.0).isLessThan(0.7 * before);
  }

  /** Returns the root of the mean squared error over the hidden values, in degrees. */
  private static double error(Tried tried, List<Double> known) {
    double sum = 0;
    int hidden = 0;
    for (int i = 2; i < known.size(); i += 5) {
      Object found = tried.values().get(i);
      sum += Math.pow((found instanceof Double value ? value : 0) - known.get(i), 2);
      hidden++;
    }
    return Math.sqrt(sum / hidden);
  }

  private static Tried filled(Type type, Object[] params, @Nullable Object... values) {
    Schema schema = Tried.schema("x", type, "t", Type.LONG);
    @Nullable Object[][] rows = new Object[values.length][];
    for (int i = 0; i < values.length; i++) {
      rows[i] = new @Nullable Object[] {values[i], (long) i};
    }
    Batch batch = Tried.batch(schema, rows);
    Object[] all = new Object[params.length + 4];
    all[0] = "time";
    all[1] = "t";
    all[2] = "fields";
    all[3] = List.of("x");
    System.arraycopy(params, 0, all, 4, params.length);
    Grouper interpolate = Tried.operator(Grouper.class, Interpolate.SPEC, all);
    return Tried.group(interpolate, interpolate.output(List.of(schema)), batch);
  }
}
