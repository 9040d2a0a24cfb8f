package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Fit;
import dev.quern.trial.Tried;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cells that are doubtful beside the others of their row. */
class RepairSuspicionTest {
  private static final int ROWS = 1_200;

  @Test
  void aTableWithoutErrorsIsHardlyDoubted() {
    Schema schema = Tried.schema("length", Type.DOUBLE, "width", Type.DOUBLE, "mass", Type.DOUBLE);
    Tried told =
        Tried.fit(
            repair("findings", "found"), Tried.batch(schema, bodies().toArray(Object[][]::new)));
    assertThat(told.rows)
        .filteredOn(row -> !List.of().equals(row.get(3)))
        .hasSizeLessThanOrEqualTo(12);
  }

  @Test
  void whatIsDoubtfulKeepsItsValue() {
    List<@Nullable Object[]> rows = bodies();
    for (int row = 7; row < ROWS; row += 60) {
      rows.get(row)[2] = -40.0 - row;
    }
    Schema schema = Tried.schema("length", Type.DOUBLE, "width", Type.DOUBLE, "mass", Type.DOUBLE);
    Tried tried = Tried.fit(repair(), Tried.batch(schema, rows.toArray(Object[][]::new)));
    assertThat(tried.changed).isEmpty();
    assertThat(tried.rows.get(67).get(2)).isEqualTo(-107.0);
  }

  @Test
  void whatWasLearntIsTheSameReadBack() {
    List<@Nullable Object[]> rows = bodies();
    for (int row = 7; row < ROWS; row += 30) {
      rows.get(row)[2] = 60.0 + row;
    }
    Schema schema = Tried.schema("length", Type.DOUBLE, "width", Type.DOUBLE, "mass", Type.DOUBLE);
    Batch batch = Tried.batch(schema, rows.toArray(Object[][]::new));
    Repair repair = repair("findings", "found");
    var state = repair.zero(schema, Tried.STEP);
    state.add(batch);
    Fit fit = repair.fit(state, schema);
    var rounds = dev.quern.quality.repair.Rounds.of(fit.values());
    assertThat(rounds.plain()).isEqualTo(fit.values());
    assertThat(fit.values().get("suspicion")).isNotNull();
  }

  /** Length and width that nearly determine the mass. */
  private static List<@Nullable Object[]> bodies() {
    SplittableRandom random = new SplittableRandom(11);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      double length = 4 + 6 * random.nextDouble();
      double width = 0.8 * length + 0.3 * random.nextDouble();
      double mass = length * width * width / 10 + random.nextDouble();
      rows.add(new @Nullable Object[] {two(length), two(width), two(mass)});
    }
    return rows;
  }

  private static double two(double value) {
    return Math.round(100 * value) / 100.0;
  }

  private static Repair repair(Object... params) {
    return Tried.operator(Repair.class, Repair.SPEC, params);
  }
}
