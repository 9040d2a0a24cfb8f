package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quern diff} tells drift: of made data, and of a city's taxi trips month by month. */
class DriftDiffTest {
  @TempDir private Path folder;

  private Terminal terminal() {
    return new Terminal(folder);
  }

  private void version(String name, Path csv) throws IOException {
    Files.writeString(
        folder.resolve(name + ".yaml"),
        "recipe: " + name + "\nread:\n  - acquire.csv: { path: \"" + csv + "\" }\n",
        StandardCharsets.UTF_8);
    Terminal terminal = terminal();
    int code = terminal.run("run", name + ".yaml");
    assertThat(code).as(terminal.out() + terminal.err()).isZero();
  }

  private void made(String name, int first, String often) throws IOException {
    StringBuilder csv = new StringBuilder("age,city\n");
    for (int i = 0; i < 1_000; i++) {
      csv.append(first + i % 50).append(',').append(i % 10 < 7 ? often : "Delft").append('\n');
    }
    Path file = folder.resolve(name + ".csv");
    Files.writeString(file, csv, StandardCharsets.UTF_8);
    version(name, file);
  }

  /** Returns the alarms of {@code diff A B}: field, measure and what of the field. */
  private List<String> alarms(String a, String b) {
    Terminal terminal = terminal();
    assertThat(terminal.run("diff", a, b, "--json")).as(terminal.err()).isZero();
    List<String> alarms = new ArrayList<>();
    for (Object item : Json.list(Json.parseObject(terminal.out()).get("drift"))) {
      Map<String, @Nullable Object> found = Json.object(item);
      if ("alarm".equals(found.get("verdict"))) {
        Object aspect = found.get("aspect");
        alarms.add(
            found.get("field")
                + " "
                + found.get("measure")
                + (aspect == null ? "" : " " + aspect)
                + (found.get("changes") == null ? "" : " " + found.get("changes")));
      }
    }
    return alarms;
  }

  @Test
  void whatChangedIsTold() throws Exception {
    made("old", 20, "杭州");
    made("new", 30, "Utrecht");
    Terminal terminal = terminal();
    assertThat(terminal.run("diff", "old", "new")).isZero();
    assertThat(terminal.out())
        .containsPattern("drift +age +shift \\(W1/IQR\\)")
        .containsPattern("drift +city +categories .*new: Utrecht; gone: 杭州")
        .containsPattern("drift: \\d alarms in \\d+ comparisons \\(false alarms at most 1 %\\)");
  }

  @Test
  void itIsToldInChinese() throws Exception {
    made("old", 20, "杭州");
    made("new", 30, "Utrecht");
    Terminal terminal = terminal().with(Locale.CHINESE);
    assertThat(terminal.run("diff", "old", "new")).isZero();
    assertThat(terminal.out()).contains("新增：Utrecht; 消失：杭州").contains("误报率至多 1 %");
  }

  @Test
  void driftFailsOnlyWhereAsked() throws Exception {
    made("old", 20, "杭州");
    made("new", 30, "Utrecht");
    assertThat(terminal().run("diff", "old", "new")).isZero();
    assertThat(terminal().run("diff", "old", "new", "--fail-on", "drift"))
        .isEqualTo(Exit.CHECK_FAILED);
    assertThat(terminal().run("diff", "old", "old", "--fail-on", "drift")).isZero();
  }

  @Test
  void aLevelThatIsNoneIsRefused() throws Exception {
    made("old", 20, "杭州");
    Terminal terminal = terminal();
    assertThat(terminal.run("diff", "old", "old", "--alpha", "0")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("--alpha must be in (0, 1) (fraction); found: 0.0");
  }

  private int checked(String name, String csv) throws Exception {
    Files.writeString(
        folder.resolve(name + ".yaml"),
        "recipe: "
            + name
            + "\nread:\n  - acquire.csv: { path: "
            + csv
            + " }\nchecks:\n  - drift('old') = 0\n  - { metric: \"drift(age, city, 'old@1', 0.05)\","
            + " at_most: 0, level: warning }\n",
        StandardCharsets.UTF_8);
    return terminal().run("run", name + ".yaml");
  }

  @Test
  void aCheckComparesWithAVersion() throws Exception {
    made("old", 20, "杭州");
    made("new", 30, "Utrecht");
    assertThat(checked("same", "old.csv")).isZero();
    assertThat(checked("other", "new.csv")).isEqualTo(Exit.CHECK_FAILED);
    Terminal terminal = terminal();
    assertThat(terminal.run("report", "--json")).isZero();
    assertThat(terminal.out())
        .contains("drift(age, city) must be = 0 (alarms); found: ")
        .doesNotContain("no evidence");
    assertThat(folder.resolve("workspace/work/passes"))
        .isDirectoryNotContaining(path -> path.getFileName().toString().startsWith("handed-"));
  }

  @Test
  void aDatasetWithoutVersionIsNoEvidence() throws Exception {
    made("new", 30, "Utrecht");
    assertThat(checked("other", "new.csv")).isEqualTo(Exit.CHECK_FAILED);
    Terminal terminal = terminal();
    assertThat(terminal.run("report", "--json")).isZero();
    assertThat(terminal.out()).contains("found: no evidence");
  }

  private static Path month(String month) {
    Path data = Path.of(System.getProperty("quern.data", "../../shared/data"), "drift-nyc-taxi");
    Path file = data.resolve("yellow_tripdata_sample_" + month + ".csv").toAbsolutePath();
    if (!Files.isRegularFile(file) && System.getenv("CI") == null) {
      Assumptions.abort("test data are not there: " + file);
    }
    return file;
  }

  @Test
  void theSurchargeThatTaxisBeganToTakeIsFoundAndNamed() throws Exception {
    version("jan2018", month("2018-01"));
    version("jan2019", month("2019-01"));
    version("feb2019", month("2019-02"));
    assertThat(alarms("jan2018", "jan2019"))
        .startsWith(
            "congestion_surcharge schema [type_changed, was_empty]",
            "congestion_surcharge missing");
    assertThat(alarms("jan2019", "feb2019"))
        .contains(
            "congestion_surcharge missing",
            "congestion_surcharge psi value",
            "total_amount shift value",
            "null domain");
  }

  /**
   * A month of a lockdown, made of a month before: of two trips at night one is gone, a seventh of
   * what was paid by card is paid in cash, 7 % of trips come without payment type.
   */
  @Test
  void tripsLikeThoseOfALockdownAreFound() throws Exception {
    List<String> lines = Files.readAllLines(month("2020-01"), StandardCharsets.UTF_8);
    List<String> names = List.of(lines.get(0).split(",", -1));
    int at = names.indexOf("pickup_datetime");
    int paid = names.indexOf("payment_type");
    List<String> changed = new ArrayList<>(List.of(lines.get(0)));
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",", -1);
      int hour = Integer.parseInt(cells[at].substring(11, 13));
      boolean night = hour < 6 || hour == 23;
      if (night && i % 2 == 0) {
        continue;
      }
      if (cells[paid].startsWith("1") && i % 7 == 0) {
        cells[paid] = "2" + cells[paid].substring(1);
      }
      if (i % 14 == 3) {
        cells[paid] = "";
      }
      changed.add(String.join(",", cells));
    }
    version("before", month("2020-01"));
    Path lockdown = folder.resolve("lockdown.csv");
    Files.write(lockdown, changed, StandardCharsets.UTF_8);
    version("lockdown", lockdown);
    assertThat(alarms("before", "lockdown"))
        .containsExactlyInAnyOrder(
            "payment_type missing",
            "payment_type psi value",
            "payment_type shift value",
            "pickup_datetime categories hour",
            "dropoff_datetime categories hour",
            "null domain");
  }
}
