package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quern.engine.DataException;
import dev.quern.run.Plan;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import dev.quern.store.Manifest;
import dev.quern.store.ModelVersion;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import dev.quern.testkit.Shop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One bit of a file of the workspace flips: that is found, and what the bit stood for not used. */
class FlippedBitTest {
  private static final String RECIPE =
      """
      recipe: shop
      seed: 7
      dropped: samples
      max_quarantined: 0.1
      read:
        - acquire.csv: { path: web.csv }
      steps:
        - diversity.split: { train: 0.8, test: 0.2 }
        - quality.where: { keep: "quantity < 9" }
        - quality.impute: { fields: [amount], with: median }
        - quality.drop_duplicates: { fields: [order] }
        - quality.standardize: { fields: [amount] }
      model:
        name: shop
        target: good
        train.linear: { exclude: [order, customer, address, note], epochs: 1 }
      """;

  private static final String CHILD =
      """
      recipe: child
      read:
        - dataset: shop@1
      steps:
        - quality.where: { keep: "quantity < 5" }
      """;

  /** So many bits of each file are tried. */
  private static final int BITS = 2;

  private static final Scene.Way WAY = Scene.Way.of(2, 30_000);

  @TempDir private Path folder;
  private Scene scene;
  private final SplittableRandom random = new SplittableRandom(11);

  @BeforeEach
  void write() throws Exception {
    scene = new Scene(folder);
    new Shop(1, 40).csv(folder.resolve("web.csv"), 120_000);
    scene.write("recipe.yaml", RECIPE);
    scene.write("child.yaml", CHILD);
  }

  private static void flip(Path file, long bit) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) (bit / 8)] ^= (byte) (1 << bit % 8);
    Files.write(file, bytes);
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : Scene.files(to)) {
      Files.delete(file);
    }
    for (Path file : Scene.files(from)) {
      Path target = to.resolve(from.relativize(file).toString());
      Files.createDirectories(target.getParent());
      Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** Whatever must not depend on damage. */
  private static Map<String, Object> essence(RunResult result) {
    Map<String, Object> essence = new TreeMap<>();
    essence.put("status", result.status());
    essence.put("digest", Scene.digest(result));
    essence.put("profile", result.report().get("profile"));
    essence.put("checks", result.report().get("checks"));
    essence.put("learnt", result.report().get("learnt"));
    essence.put("metrics", Scene.part(result.report(), "model").get("metrics"));
    for (String part : List.of("sources", "steps")) {
      for (Map<String, ?> one : Scene.parts(result.report(), part)) {
        Map<String, Object> counts =
            new TreeMap<>(dev.quern.format.json.Json.object(one.get("counts")));
        counts.remove("cpu_seconds");
        essence.put(String.valueOf(one.get("label")), counts);
      }
    }
    return essence;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 1.0})
  void aShardIsNamedWithItsVersionOnEachWayToItsSamples(double place) throws Exception {
    scene.run("recipe.yaml");
    Workspace workspace = new Workspace(scene.workspace("workspace"));
    Manifest manifest = workspace.datasets().resolve(Reference.parse("shop"));
    String shard = manifest.shards().get(0).path();
    Path file = workspace.root().resolve(shard);
    byte[] whole = Files.readAllBytes(file);
    flip(file, (long) (place * (8L * whole.length - 1)));
    String told =
        shard
            + " of "
            + manifest.reference()
            + ": content must have the SHA-256 it was published with; found: another content;"
            + " restore it from a copy, or delete it and run the recipe again";
    String[][] commands = {
      {"run", "child.yaml"},
      {"run", "recipe.yaml", "--set", "model.train.linear.epochs=2"},
      {"show", "shop", "--head", "3"},
      {"export", "shop", "--output", "shop.csv"},
      {"diff", "shop@1", "shop", "--samples"},
    };
    for (String[] command : commands) {
      Scene.Said said = scene.quern(command);
      assertThat(said.code()).as(String.join(" ", command) + said.err()).isEqualTo(3);
      assertThat(said.err().strip()).as(String.join(" ", command)).endsWith(told);
      assertThat(said.out()).as(String.join(" ", command)).isEmpty();
    }
    assertThat(folder.resolve("shop.csv")).doesNotExist();
    assertThat(workspace.datasets().names()).doesNotContain("child");
    assertThat(workspace.models().versions("shop")).hasSize(1);
    // Cached shards are looked at before another version is made of them.
    assertThat(workspace.datasets().versions("shop")).hasSize(1);
    Scene.Said verify = scene.quern("datasets", "--verify");
    assertThat(verify.code()).isEqualTo(3);
    assertThat(verify.err()).contains(shard, manifest.reference().toString());
    // The model needs no samples to answer.
    List<String> few = Files.readAllLines(folder.resolve("web.csv")).subList(0, 5);
    scene.write("few.csv", String.join("\n", few));
    assertThat(scene.quern("predict", "shop", "--input", "few.csv").code()).isZero();

    Files.delete(file);
    assertThat(Scene.digest(scene.run("recipe.yaml"))).isEqualTo(manifest.digest());
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    assertThat(scene.quern("run", "child.yaml").code()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.onnx", "serving.json"})
  void aModelIsNamedOnEachWayToItsAnswersAndMadeAnewByTheNextRun(String name) throws Exception {
    scene.run("recipe.yaml");
    Workspace workspace = new Workspace(scene.workspace("workspace"));
    ModelVersion model = workspace.models().resolve(Reference.parse("shop"));
    flip(model.folder().resolve(name), 8 * Files.size(model.folder().resolve(name)) / 3);
    List<String> few = Files.readAllLines(folder.resolve("web.csv")).subList(0, 5);
    scene.write("few.csv", String.join("\n", few));
    String[][] commands = {
      {"predict", "shop", "--input", "few.csv"},
      {"export", "shop", "--model", "--output", "model"},
      {"serve", "shop", "--port", "0", "--workspace", "workspace"},
    };
    for (String[] command : commands) {
      Scene.Said said = scene.quern(command);
      assertThat(said.code()).as(String.join(" ", command) + said.err()).isEqualTo(3);
      assertThat(said.out()).as(String.join(" ", command)).isEmpty();
      assertThat(said.err().strip())
          .endsWith(
              "models/shop/"
                  + model.version()
                  + "/"
                  + name
                  + " of "
                  + model.reference()
                  + ": content must have the SHA-256 it was published with; found: another content;"
                  + " restore it from a copy, or run the recipe again, which makes the model anew");
    }
    assertThat(folder.resolve("model")).doesNotExist();
    assertThat(scene.quern("run", "recipe.yaml").code()).isZero();
    assertThat(workspace.models().head("shop").orElseThrow()).startsWith("2-");
    assertThat(scene.quern("predict", "shop", "--input", "few.csv").code()).isZero();
  }

  @Test
  void everyOtherFileIsNamedOrMadeAnew() throws Exception {
    RunResult first = scene.run("recipe.yaml", "whole", WAY);
    Map<String, Object> essence = essence(first);
    Path whole = scene.workspace("whole");
    Path workspace = scene.workspace("workspace");
    List<String> kinds = new ArrayList<>();
    for (Path file : Scene.files(whole)) {
      String name = whole.relativize(file).toString();
      if (name.startsWith("runs") || name.startsWith("shards") || Files.size(file) == 0) {
        continue; // Shards have a test of their own; runs are told and not relied on.
      }
      for (int i = 0; i < BITS; i++) {
        copy(whole, workspace);
        long bit = random.nextLong(8 * Files.size(file));
        flip(workspace.resolve(name), bit);
        try {
          RunResult result = scene.run("recipe.yaml", "workspace", WAY);
          assertThat(essence(result)).as("%s, bit %d", name, bit).isEqualTo(essence);
          allIsWhole(workspace, name);
          kinds.add("as before after " + name);
        } catch (DataException e) {
          assertThat(e.getMessage())
              .as("%s, bit %d", name, bit)
              .contains(name.endsWith("HEAD") ? "HEAD must" : file.getFileName().toString());
          kinds.add(e.code() + " " + name);
        }
      }
    }
    // Every kind of file was there.
    assertThat(String.join("\n", kinds))
        .contains("file_damaged datasets/shop/1-", "head_damaged datasets/shop/HEAD")
        .contains("work/fits/", "/result.json", "/fold0.state", ".blocks", ".dropped", "quarantine")
        .contains("model.onnx", "card.json", "serving.json", "work/inputs.json", "work/plans/")
        .contains("work/needs/");
  }

  private static void allIsWhole(Path root, String damaged) throws IOException {
    Workspace workspace = new Workspace(root);
    Manifest manifest = workspace.datasets().resolve(Reference.parse("shop"));
    assertThat(workspace.datasets().damaged(manifest)).as(damaged).isEmpty();
    workspace.models().requireWhole(workspace.models().resolve(Reference.parse("shop")));
  }

  @Test
  void whatAnInterruptedRunHasLeftIsNamedOrMadeAnew() throws Exception {
    Map<String, Object> essence = essence(scene.run("recipe.yaml", "elsewhere", WAY));
    Path left = scene.workspace("left");
    Path workspace = scene.workspace("workspace");
    List<String> seen = new ArrayList<>();
    for (String piece : List.of("impute: fit", "drop_duplicates: store", "write")) {
      copy(Files.createDirectories(folder.resolve("nothing")), left);
      interrupt(piece);
      for (Path file : Scene.files(left.resolve("work/passes"))) {
        String name = left.relativize(file).toString();
        if (Files.size(file) == 0) {
          continue;
        }
        copy(left, workspace);
        flip(workspace.resolve(name), random.nextLong(8 * Files.size(file)));
        seen.add(name);
        try {
          scene.run("recipe.yaml", "workspace", WAY);
        } catch (DataException e) {
          assertThat(e.code()).as(name).isEqualTo("stored_damaged");
          assertThat(e.getMessage())
              .contains(workspace.resolve(name) + " @ ")
              .endsWith("delete the file and run again");
          Files.delete(workspace.resolve(name));
        }
        RunResult result = scene.run("recipe.yaml", "workspace", WAY);
        assertThat(essence(result)).as(name).isEqualTo(essence);
        allIsWhole(workspace, name);
      }
    }
    assertThat(String.join("\n", seen))
        .contains("/journal", ".shuffle", ".dropped", ".quarantined");
  }

  /** Runs the recipe in the workspace {@code left} until it is half through {@code piece}. */
  private void interrupt(String piece) throws IOException {
    RunOptions options = scene.options("left", WAY);
    Plan plan = scene.plan("recipe.yaml", options);
    Thread self = Thread.currentThread();
    RunListener listener =
        new RunListener() {
          private volatile boolean here;

          @Override
          public void begins(int number, int total, String what) {
            here = what.endsWith(piece) || (" " + what + " ").contains(" " + piece + " ");
          }

          @Override
          public void advanced(long done, long total, String unit, long samples, String note) {
            if (here && 2 * done >= total) {
              self.interrupt();
            }
          }
        };
    // How it is told depends on what the thread was at.
    IOException interrupted =
        catchThrowableOfType(IOException.class, () -> Run.execute(plan, options, listener));
    assertThat(interrupted)
        .as("the run must come to half of %s", piece)
        .isInstanceOfAny(InterruptedIOException.class, ClosedByInterruptException.class);
    Thread.interrupted();
  }
}
