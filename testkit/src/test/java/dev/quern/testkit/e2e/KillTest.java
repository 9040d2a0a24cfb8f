package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import dev.quern.testkit.Shop;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed is run again and ends as if nothing had been. The size of the input is that
 * of {@code quern.e2e.mebibytes}; without it the input is small and cut into small morsels.
 */
class KillTest {
  private static final String LINE =
      """
      recipe: shop
      seed: 7
      read:
        - acquire.csv: { path: web.csv }
          name: web
        - acquire.jsonl: { path: app.jsonl }
          name: app
      steps:
        - quality.trim: {}
        - diversity.split: { train: 0.8, test: 0.2 }
        - quality.where: { keep: "quantity < 9" }
      FIRST
        - privacy.redact_pattern: { fields: [note], patterns: [email] }
        - quality.impute: { fields: [amount], with: median }
        - quality.standardize: { fields: [amount] }
      SECOND
      checks:
        - completeness(amount) = 1
      model:
        name: shop
        target: good
        train.linear: { exclude: [order, customer, address, note], epochs: 3 }
      """;

  private static final String SHUFFLE = "  - quality.drop_duplicates: { fields: [order] }\n";

  /** Where a run is killed: in the piece of work whose name ends so, at so many per cent. */
  private record Point(String piece, int percent) {}

  /** So many points are tried with small input: the first. */
  private static final int SOME = 3;

  private static final long MEBIBYTES = Long.getLong("quern.e2e.mebibytes", 0);

  @TempDir private Path folder;

  private void files() throws Exception {
    long bytes = MEBIBYTES == 0 ? 3L << 20 : MEBIBYTES << 20;
    new Shop(1, 1000).csv(folder.resolve("web.csv"), bytes / 2);
    new Shop(2, 1000).jsonl(folder.resolve("app.jsonl"), bytes / 2);
  }

  @Test
  void aKilledRunThatShufflesFirstIsContinued() throws Exception {
    files();
    Scene scene = new Scene(folder);
    scene.write("recipe.yaml", LINE.replace("FIRST\n", SHUFFLE).replace("SECOND\n", ""));
    examine(
        scene,
        List.of(
            new Point("drop_duplicates: store", 90),
            new Point("write", 50),
            new Point("train", 60),
            new Point("drop_duplicates: store", 40),
            new Point("impute: fit", 50),
            new Point("standardize: fit", 50),
            new Point("write", 0),
            new Point("train", 0)));
  }

  @Test
  void aKilledRunThatShufflesLastIsContinued() throws Exception {
    files();
    Scene scene = new Scene(folder);
    scene.write("recipe.yaml", LINE.replace("FIRST\n", "").replace("SECOND\n", SHUFFLE));
    examine(
        scene,
        List.of(
            new Point("impute: fit", 90),
            new Point("drop_duplicates: store", 50),
            new Point("standardize: fit", 90),
            new Point("drop_duplicates: store", 10),
            new Point("drop_duplicates: store", 90)));
  }

  @Test
  void aKilledRunThatOnlyWritesIsContinued() throws Exception {
    files();
    Scene scene = new Scene(folder);
    scene.write(
        "recipe.yaml",
        LINE.substring(0, LINE.indexOf("FIRST")) + "write: shop\nmax_quarantined: 0.5\n");
    examine(scene, List.of(new Point("write", 90), new Point("write", 100)));
  }

  private void examine(Scene scene, List<Point> points) throws Exception {
    Map<String, @Nullable Object> whole = run(scene, "undisturbed", new Point("none", 0));
    String digest = digest(whole);
    long all = sourceBytes(whole);
    assertThat(Scene.number(Scene.part(whole, "cost"), "source_bytes_read"))
        .isBetween(all, all + (all >> 5) + (1L << 16));
    for (Point point : MEBIBYTES == 0 ? points.subList(0, Math.min(SOME, points.size())) : points) {
      String workspace = "killed-" + point.piece().replaceAll("[^a-z]", "") + point.percent();
      kill(scene, workspace, point);
      Map<String, @Nullable Object> second = run(scene, workspace, new Point("none", 0));
      assertThat(digest(second)).as("%s", point).isEqualTo(digest);
      assertThat(second.get("accounting")).satisfies(KillTest::isConserved);
      assertThat(counts(second)).as("%s", point).isEqualTo(counts(whole));
      long read = Scene.number(Scene.part(second, "cost"), "source_bytes_read");
      System.out.printf(
          "killed in %s at %d %%: second run read %.1f %% of %d MiB, %.1f s of %.1f s%n",
          point.piece(), point.percent(), 100.0 * read / all, all >> 20, wall(second), wall(whole));
      if (point.percent() >= 90 || !isFirst(second, point)) {
        assertThat(read).as("source bytes read again after %s", point).isLessThan(all * 15 / 100);
      }
      delete(scene.workspace(workspace));
    }
  }

  private static double wall(Map<String, @Nullable Object> report) {
    return ((Number)
            java.util.Objects.requireNonNull(Scene.part(report, "cost").get("wall_seconds")))
        .doubleValue();
  }

  private static boolean isFirst(Map<String, @Nullable Object> report, Point point) {
    Map<String, @Nullable Object> work = Scene.parts(report, "work").get(0);
    return (work.get("step") + ": " + work.get("kind")).endsWith(point.piece());
  }

  private static void isConserved(@Nullable Object accounting) {
    assertThat(Json.object(accounting)).containsEntry("conserved", true);
  }

  private static List<Object> counts(Map<String, @Nullable Object> report) {
    List<Object> counts = new ArrayList<>();
    for (String part : List.of("sources", "steps")) {
      for (Map<String, @Nullable Object> one : Scene.parts(report, part)) {
        Map<String, @Nullable Object> of = new java.util.TreeMap<>(Scene.part(one, "counts"));
        of.remove("cpu_seconds");
        counts.add(one.get("label") + " " + of);
      }
    }
    return counts;
  }

  private static String digest(Map<String, @Nullable Object> report) {
    return String.valueOf(Scene.part(report, "dataset").get("digest"));
  }

  private static long sourceBytes(Map<String, @Nullable Object> report) {
    return Scene.parts(report, "sources").stream().mapToLong(s -> Scene.number(s, "bytes")).sum();
  }

  private static Process start(Scene scene, String workspace, Point point) throws Exception {
    long morsel = MEBIBYTES == 0 ? (3L << 20) / 70 : 0;
    return scene.start(
        Halting.class.getName(),
        List.of(
            scene.folder().toString(),
            "recipe.yaml",
            workspace,
            Long.toString(morsel),
            point.piece(),
            Integer.toString(point.percent())));
  }

  private static void kill(Scene scene, String workspace, Point point) throws Exception {
    Process process = start(scene, workspace, point);
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).as("run must come to %s", point).isEqualTo(Halting.HERE);
      process.destroyForcibly().waitFor();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).isEqualTo(128 + 9);
  }

  private static Map<String, @Nullable Object> run(Scene scene, String workspace, Point point)
      throws Exception {
    Scene.Said said = Scene.finish(start(scene, workspace, point));
    assertThat(said.code()).as(said.err()).isZero();
    Path report = Path.of(said.out().strip()).resolve("report.json");
    return Json.parseObject(Files.readString(report, StandardCharsets.UTF_8));
  }

  private static void delete(Path workspace) throws Exception {
    List<Path> files = Scene.files(workspace);
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
