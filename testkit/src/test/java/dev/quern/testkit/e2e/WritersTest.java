package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.store.Manifest;
import dev.quern.store.Workspace;
import dev.quern.testkit.Shop;
import dev.quern.testkit.crash.Inventory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes that write versions of one dataset at once. */
class WritersTest {
  @TempDir private Path folder;

  private Scene scene() throws Exception {
    Scene scene = new Scene(folder);
    new Shop(1, 0).csv(folder.resolve("web.csv"), 60_000);
    return scene;
  }

  private static String recipe(int seed) {
    return """
    recipe: shared
    seed: SEED
    read:
      - acquire.csv: { path: web.csv }
    steps:
      - quality.drop_duplicates: { fields: [order] }
      - diversity.sample: { fraction: 0.5 }
      - quality.impute: { fields: [amount], with: median }
    """
        .replace("SEED", Integer.toString(seed));
  }

  private static List<Scene.Said> together(Scene scene, List<String> recipes) throws Exception {
    List<Process> processes = new ArrayList<>();
    for (String recipe : recipes) {
      processes.add(
          scene.start(
              "dev.quern.cli.Quern",
              List.of("run", recipe, "--workspace", "workspace", "--threads", "1")));
    }
    List<Scene.Said> said = new ArrayList<>();
    for (Process process : processes) {
      said.add(Scene.finish(process));
    }
    return said;
  }

  private static void writeDifferent(Scene scene, int writers) throws Exception {
    List<String> recipes = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      recipes.add("recipe-" + i + ".yaml");
      scene.write(recipes.get(i), recipe(i));
    }
    for (Scene.Said said : together(scene, recipes)) {
      assertThat(said.code()).as(said.out() + said.err()).isZero();
    }
    Workspace workspace = new Workspace(scene.workspace("workspace"));
    List<String> versions = workspace.datasets().versions("shared");
    assertThat(versions).hasSize(writers);
    Set<String> digests = new TreeSet<>();
    for (int i = 0; i < writers; i++) {
      assertThat(versions.get(i)).startsWith((i + 1) + "-");
      Manifest manifest = workspace.datasets().manifest("shared", versions.get(i));
      digests.add(manifest.digest());
      assertThat(workspace.datasets().stored(manifest, 0).samples()).isPositive();
      assertThat(manifest.previous())
          .isEqualTo(
              i == 0 ? java.util.Optional.empty() : java.util.Optional.of(versions.get(i - 1)));
    }
    assertThat(digests).hasSize(writers);
    assertThat(workspace.datasets().head("shared")).contains(versions.get(writers - 1));
    try (var runs = Files.list(workspace.runs())) {
      assertThat(runs).hasSize(writers);
    }
  }

  @Test
  void twoWritersLoseNoVersion() throws Exception {
    writeDifferent(scene(), 2);
  }

  @Test
  void eightWritersLoseNoVersion() throws Exception {
    writeDifferent(scene(), 8);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void severalRunsOfOneRecipeComeToOneVersion(int writers) throws Exception {
    Scene scene = scene();
    scene.write("recipe.yaml", recipe(1));
    for (Scene.Said said : together(scene, Collections.nCopies(writers, "recipe.yaml"))) {
      assertThat(said.code()).as(said.out() + said.err()).isZero();
    }
    Workspace workspace = new Workspace(scene.workspace("workspace"));
    assertThat(workspace.datasets().versions("shared")).hasSize(1);
    try (var runs = Files.list(workspace.runs())) {
      assertThat(runs).hasSize(writers);
    }
  }

  /** A recipe of its own name that writes to the dataset all share; every second one is a copy. */
  private static String shared(int number) {
    return recipe(number / 2).replace("recipe: shared", "recipe: r" + number) + "write: shared\n";
  }

  private Process run(Scene scene, int number) throws Exception {
    List<String> arguments = List.of("run", "r" + number + ".yaml", "--threads", "1");
    return scene.start("dev.quern.cli.Quern", arguments);
  }

  /** Kills every second process at a time of its own, and returns what goes on in its place. */
  private Process killed(Scene scene, int number, Process process, SplittableRandom random)
      throws Exception {
    if (number % 2 == 0) {
      return process;
    }
    process.waitFor(400 + random.nextInt(1500), TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    return run(scene, number);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void killsAndGcTakeNothingFromWritersAtWork(int writers) throws Exception {
    Scene scene = scene();
    SplittableRandom random = new SplittableRandom(writers);
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      scene.write("r" + i + ".yaml", shared(i));
      processes.add(run(scene, i));
    }
    AtomicBoolean working = new AtomicBoolean(true);
    CompletableFuture<List<Scene.Said>> gcs =
        CompletableFuture.supplyAsync(() -> clearUp(scene, working));
    List<Scene.Said> said = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      processes.set(i, killed(scene, i, processes.get(i), random));
    }
    for (Process process : processes) {
      said.add(Scene.finish(process));
    }
    working.set(false);
    said.addAll(gcs.get());
    assertThat(said).hasSizeGreaterThan(writers);
    for (Scene.Said one : said) {
      assertThat(one.code()).as(one.out() + one.err()).isZero();
    }
    Workspace workspace = new Workspace(scene.workspace("workspace"));
    List<String> versions = workspace.datasets().versions("shared");
    // Copies hold the same samples, but another recipe made them.
    assertThat(versions).hasSize(writers);
    for (int i = 0; i < writers; i++) {
      Manifest manifest = workspace.datasets().manifest("shared", versions.get(i));
      assertThat(workspace.datasets().damaged(manifest)).isEmpty();
      assertThat(versions.get(i)).startsWith((i + 1) + "-");
    }
    assertThat(workspace.datasets().head("shared")).contains(versions.get(writers - 1));
    assertThat(scene.quern("gc").code()).isZero();
    assertThat(Inventory.orphans(workspace.root())).isEmpty();
    for (int i = 0; i < writers; i++) {
      scene.run("r" + i + ".yaml");
    }
    assertThat(workspace.datasets().versions("shared")).isEqualTo(versions);
  }

  /** Clears up again and again, as strictly as can be, while others are at work. */
  private static List<Scene.Said> clearUp(Scene scene, AtomicBoolean working) {
    List<Scene.Said> said = new ArrayList<>();
    try {
      while (working.get()) {
        if (scene.workspace("workspace").toFile().isDirectory()) {
          said.add(scene.quern("gc", "--all", "--keep-runs", "0"));
        }
      }
      return said;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
