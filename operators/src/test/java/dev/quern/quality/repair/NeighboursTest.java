package dev.quern.quality.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NeighboursTest {
  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void aNumberFarFromThoseBeforeAndAfterIsStrangeThoughOthersHoldIt() {
    List<@Nullable String[]> rows = waves(1);
    rows.get(300)[1] = "-70";
    Neighbours neighbours = neighbours(rows);
    assertThat(neighbours.any()).isTrue();
    assertThat(neighbours.strange(300, rows.get(300))[1]).isGreaterThan(2);
    assertThat(neighbours.strange(310, rows.get(310))[1]).isZero();
  }

  @Test
  void aStretchOfMissingNumbersIsNotStrange() {
    List<@Nullable String[]> rows = waves(1);
    for (int row = 200; row < 220; row++) {
      rows.get(row)[1] = null;
    }
    Neighbours neighbours = neighbours(rows);
    for (int row = 190; row < 230; row++) {
      assertThat(neighbours.strange(row, rows.get(row))[1]).isZero();
    }
  }

  @Test
  void neighboursAreThoseOfTheSameGroup() {
    List<@Nullable String[]> rows = waves(3);
    rows.get(301)[1] = "" + (Double.parseDouble("" + rows.get(301)[1]) + 60);
    Neighbours neighbours = neighbours(rows);
    assertThat(neighbours.strange(301, rows.get(301))[1]).isGreaterThan(2);
    assertThat(neighbours.strange(302, rows.get(302))[1]).isZero();
  }

  @Test
  void whatDoesNotGoOnSmoothlyHasNoNeighbours() {
    List<@Nullable String[]> rows = waves(1);
    for (@Nullable String[] row : rows) {
      row[1] = "" + random.nextInt(1000);
    }
    assertThat(neighbours(rows).any()).isFalse();
  }

  /** Waves of several stations by turns, each on its own level. */
  private List<@Nullable String[]> waves(int stations) {
    List<@Nullable String[]> rows = new ArrayList<>();
    for (int row = 0; row < 900; row++) {
      int station = row % stations;
      double level = 1000 * station + 100 * Math.sin(row / 60.0) + random.nextDouble();
      rows.add(new @Nullable String[] {"s" + station, "" + Math.round(10 * level) / 10.0});
    }
    return rows;
  }

  private static Neighbours neighbours(List<@Nullable String[]> rows) {
    Table table = new Table(rows, 2);
    List<FieldView> views = new ArrayList<>();
    for (int field = 0; field < 2; field++) {
      views.add(FieldView.learn(table, field, Format.learn(table, field)));
    }
    return Neighbours.learn(table, views);
  }
}
