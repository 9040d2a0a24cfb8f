package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import dev.quern.store.Manifest;
import dev.quern.store.Workspace;
import dev.quern.testkit.Shop;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clocks that jump back, between runs and within one. Processes are given another clock by the
 * library libfaketime; without it these tests are skipped, with {@code CI} in the environment they
 * fail.
 */
class ClockTest {
  private static final String RECIPE =
      """
      recipe: shop
      seed: SEED
      read:
        - acquire.csv: { path: web.csv }
      steps:
        - diversity.split: { train: 0.8, test: 0.2 }
        - quality.impute: { fields: [amount], with: median }
      model:
        name: shop
        target: good
        train.linear: { inputs: [amount, quantity], epochs: 1 }
      """;

  @TempDir private Path folder;
  private Scene scene;
  private Path library;

  @BeforeEach
  void findTheLibrary() throws Exception {
    Optional<Path> found = Optional.empty();
    for (String parent : List.of("/usr/lib", "/usr/local/lib")) {
      if (found.isEmpty() && Files.isDirectory(Path.of(parent))) {
        try (Stream<Path> files =
            Files.find(
                Path.of(parent), 3, (file, looks) -> file.endsWith("faketime/libfaketime.so.1"))) {
          found = files.findFirst();
        }
      }
    }
    if (found.isEmpty()) {
      if (System.getenv("CI") != null) {
        throw new AssertionError("libfaketime.so.1 must be installed; found: none");
      }
      Assumptions.abort("these tests need libfaketime.so.1 (package libfaketime); found: none");
    }
    library = found.orElseThrow();
    scene = new Scene(folder);
    new Shop(1, 0).csv(folder.resolve("web.csv"), 120_000);
    for (int seed = 1; seed <= 4; seed++) {
      scene.write("recipe-" + seed + ".yaml", RECIPE.replace("SEED", Integer.toString(seed)));
    }
  }

  /** Runs a command whose clock is shifted as libfaketime says, for example {@code -2d}. */
  private Scene.Said at(String shift, String... arguments) throws Exception {
    return Scene.finish(started(Map.of("FAKETIME", shift), arguments));
  }

  private Process started(Map<String, String> clock, String... arguments) throws Exception {
    Map<String, String> environment = new HashMap<>(clock);
    environment.put("LD_PRELOAD", library.toString());
    // Only the wall clock jumps; what the system counts from its start goes on.
    environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    // Else waits of the JVM end at once, again and again.
    environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
    return scene.startIn(environment, arguments);
  }

  private String run(String shift, int seed) throws Exception {
    Scene.Said said = at(shift, "run", "recipe-" + seed + ".yaml", "--threads", "2");
    assertThat(said.code()).as(said.err()).isZero();
    List<String> runs = runs();
    return runs.get(runs.size() - 1);
  }

  private List<String> runs() throws Exception {
    try (Stream<Path> runs = Files.list(folder.resolve("workspace/runs"))) {
      return new ArrayList<>(runs.map(run -> run.getFileName().toString()).sorted().toList());
    }
  }

  private Map<String, @Nullable Object> report(String run) throws Exception {
    return Json.parseObject(
        Files.readString(
            folder.resolve("workspace/runs").resolve(run).resolve("report.json"),
            StandardCharsets.UTF_8));
  }

  @Test
  void runsVersionsAndModelsStayInOrderWhenTheClockJumpsBackBetweenRuns() throws Exception {
    List<String> made = new ArrayList<>();
    String[] shifts = {"+0", "-2d", "+3d", "-400d"};
    for (int i = 0; i < shifts.length; i++) {
      made.add(run(shifts[i], i + 1));
    }
    assertThat(made).isSorted().doesNotHaveDuplicates().isEqualTo(runs());
    Workspace workspace = new Workspace(folder.resolve("workspace"));
    List<String> versions = workspace.datasets().versions("shop");
    assertThat(versions).hasSize(4);
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Manifest manifest = workspace.datasets().manifest("shop", versions.get(i));
      assertThat(manifest.run()).isEqualTo(made.get(i));
      assertThat(manifest.previous()).isEqualTo(i == 0 ? Optional.empty() : last(versions, i));
      created.add(manifest.created());
    }
    // The clock did jump, or this test proves nothing.
    assertThat(created.get(1)).isLessThan(created.get(0));
    assertThat(created.get(3)).isLessThan(created.get(1));
    assertThat(workspace.datasets().head("shop")).contains(versions.get(3));
    assertThat(workspace.models().versions("shop")).hasSize(4);
    assertThat(workspace.models().head("shop").orElseThrow()).startsWith("4-");
    Scene.Said latest = scene.quern("report", "--json");
    assertThat(Json.parseObject(latest.out())).containsEntry("run", made.get(3));

    String again = run("-400d", 4);
    assertThat(again).isGreaterThan(made.get(3));
    assertThat(Json.list(report(again).get("work")))
        .allSatisfy(work -> assertThat(Json.object(work)).containsEntry("status", "cached"));
    assertThat(at("-400d", "gc", "--keep-versions", "1", "--keep-runs", "1").code()).isZero();
    assertThat(workspace.datasets().versions("shop")).containsExactly(versions.get(3));
    // The newest run, and the one that made the version that stays.
    assertThat(runs()).containsExactly(made.get(3), again);
    assertThat(run("+0", 4)).isGreaterThan(again);
  }

  private static Optional<String> last(List<String> versions, int at) {
    return Optional.of(versions.get(at - 1));
  }

  @Test
  void aRunWhoseClockJumpsBackIsAtWorkAndComesToItsEnd() throws Exception {
    Path clock = Files.writeString(folder.resolve("clock"), "+0\n");
    Map<String, String> jumping =
        Map.of("FAKETIME_TIMESTAMP_FILE", clock.toString(), "FAKETIME_NO_CACHE", "1");
    Process process = started(jumping, "run", "recipe-1.yaml", "--threads", "1");
    try {
      while (process.isAlive() && !(folder.resolve("workspace/runs").toFile().exists())) {
        Thread.sleep(2);
      }
      Files.writeString(clock, "-30d\n");
      Scene.Said gc = at("-60d", "gc", "--all", "--keep-runs", "0");
      assertThat(gc.code()).as(gc.err()).isZero();
    } finally {
      Scene.Said said = Scene.finish(process);
      assertThat(said.code()).as(said.err()).isZero();
    }
    assertThat(runs()).hasSize(1);
    Map<String, @Nullable Object> report = report(runs().get(0));
    assertThat(Scene.part(report, "accounting")).containsEntry("conserved", true);
    assertThat(String.valueOf(report.get("finished")))
        .isLessThan(String.valueOf(report.get("started")));
    assertThat((Double) Scene.part(report, "cost").get("wall_seconds")).isPositive();
    for (Object work : Json.list(report.get("work"))) {
      Map<String, @Nullable Object> cost = Json.object(work);
      assertThat(cost.toString()).doesNotContain("=-");
    }
  }
}
