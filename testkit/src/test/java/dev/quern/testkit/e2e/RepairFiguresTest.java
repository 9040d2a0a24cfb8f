package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.testkit.WrongCells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code quality.repair} finds and mends in real tables, without labels or rules. The figures
 * are appended to {@code target/repair-figures.md}. The property {@code quern.repair.rows} bounds
 * the rows of a table (5,000 unless given), {@code quern.repair.seed} is the first seed of errors
 * put in.
 */
class RepairFiguresTest {
  private static final int ROWS = Integer.getInteger("quern.repair.rows", 5_000);
  private static final long SEED = Long.getLong("quern.repair.seed", 1_001);

  /** All rates take minutes: {@code -Dquern.repair.rates=all} for the figures, one is a guard. */
  private static final double[] RATES =
      "all".equals(System.getProperty("quern.repair.rates"))
          ? new double[] {0.01, 0.03, 0.05}
          : new double[] {0.03};

  @ParameterizedTest
  @CsvSource({"dirty-hospital, 0.95, 0.88", "dirty-beers, 0.98, 0.98"})
  void errorsOfRealTablesAreFoundAndMended(String name, double detection, double repair)
      throws IOException {
    Path folder = TestData.folder(name);
    List<@Nullable String[]> clean = RepairTrial.table(folder.resolve("clean.csv"), 1, ROWS);
    List<@Nullable String[]> dirty = RepairTrial.table(folder.resolve("dirty.csv"), 1, ROWS);
    RepairTrial trial = RepairTrial.of(dirty);
    RepairTrial.Score found = trial.detection(clean, dirty);
    RepairTrial.Score mended = trial.repair(clean, dirty);
    record("| " + name + " | detection | " + found + " |");
    record("| " + name + " | repair | " + mended + " |");
    assertThat(found.f1()).isGreaterThan(detection);
    assertThat(mended.f1()).isGreaterThan(repair);
    assertThat(RepairTrial.of(trial.mended).mended)
        .as("mended again")
        .usingRecursiveComparison()
        .isEqualTo(trial.mended);
  }

  /** Name, rows of a header, least F1 of detection with errors put in. */
  private static final List<Arguments> TABLES =
      List.of(
          Arguments.of("tab-adult/adult-train.csv", 0, 0.78),
          Arguments.of("tab-uci-small/banknote_authentication.csv", 0, 0.72),
          Arguments.of("ts-pollution/pollution.csv", 1, 0.78),
          Arguments.of("tab-uci-small/abalone.csv", 0, 0.78),
          Arguments.of("tab-uci-small/auto_imports.csv", 0, 0.72),
          Arguments.of("tab-uci-small/breast-cancer-wisconsin.csv", 0, 0.68),
          Arguments.of("tab-uci-small/german.csv", 0, 0.86),
          Arguments.of("tab-uci-small/horse-colic.csv", 0, 0.75),
          Arguments.of("tab-uci-small/pima-indians-diabetes.csv", 0, 0.8),
          Arguments.of("tab-uci-small/winequality-red.csv", 0, 0.86),
          Arguments.of("tab-uci-small/winequality-white.csv", 0, 0.86));

  /** All tables take minutes: {@code -Dquern.repair.tables=all}, three of them are a guard. */
  private static Stream<Arguments> tables() {
    boolean all = "all".equals(System.getProperty("quern.repair.tables"));
    return TABLES.stream().limit(all ? TABLES.size() : 3);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void errorsPutInAreFound(String file, int header, double detection) throws IOException {
    List<@Nullable String[]> clean = clean(file, header);
    for (double rate : RATES) {
      WrongCells wrong = WrongCells.in(clean, SEED + Math.round(100 * rate), rate);
      RepairTrial trial = RepairTrial.of(wrong.rows());
      RepairTrial.Score found = trial.detection(clean, wrong.wrong());
      record(
          String.format(
              Locale.ROOT,
              "| %s %.0f %% | %s | %s |",
              file,
              100 * rate,
              found,
              recalls(trial, wrong)));
      assertThat(found.f1()).as(file + " at " + rate).isGreaterThan(detection);
    }
  }

  @ParameterizedTest
  @MethodSource("tables")
  void tablesWithoutErrorsAreLeftAlone(String file, int header, double ignored) throws IOException {
    List<@Nullable String[]> clean = clean(file, header);
    double harm = RepairTrial.of(clean).harm(clean);
    record(String.format(Locale.ROOT, "| %s | %.3f %% |", file, 100 * harm));
    assertThat(harm).isLessThan(0.005);
  }

  @Test
  void errorsAreTheSameForTheSameSeed() {
    List<@Nullable String[]> clean =
        java.util.stream.IntStream.range(0, 200)
            .mapToObj(i -> new @Nullable String[] {"" + i, "red brick " + i % 5, "" + i % 7})
            .toList();
    WrongCells once = WrongCells.in(clean, 3, 0.05);
    assertThat(once.wrong()).hasSizeBetween(30, 31);
    assertThat(WrongCells.in(clean, 3, 0.05).wrong()).isEqualTo(once.wrong());
    assertThat(WrongCells.in(clean, 4, 0.05).wrong()).isNotEqualTo(once.wrong());
    once.wrong()
        .keySet()
        .forEach(
            cell ->
                assertThat(once.rows().get(cell.row())[cell.field()])
                    .isNotEqualTo(clean.get(cell.row())[cell.field()]));
  }

  private static String recalls(RepairTrial trial, WrongCells wrong) {
    Map<WrongCells.Kind, Integer> hits = new EnumMap<>(WrongCells.Kind.class);
    wrong
        .wrong()
        .forEach(
            (cell, kind) -> hits.merge(kind, trial.found.contains(cell) ? 1 : 0, Integer::sum));
    StringBuilder recalls = new StringBuilder();
    for (WrongCells.Kind kind : WrongCells.Kind.values()) {
      Integer count = wrong.counts().get(kind);
      recalls
          .append(recalls.isEmpty() ? "" : " | ")
          .append(
              count == null
                  ? "-"
                  : String.format(
                      Locale.ROOT, "%.2f", hits.getOrDefault(kind, 0) / (double) count));
    }
    return recalls.toString();
  }

  private static List<@Nullable String[]> clean(String file, int header) throws IOException {
    Path path = Path.of(file);
    Path folder = TestData.folder(path.getName(0).toString());
    return RepairTrial.table(folder.resolve(path.getFileName()), header, ROWS);
  }

  private static void record(String line) throws IOException {
    Files.writeString(
        Path.of("target", "repair-figures.md"),
        line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }
}
