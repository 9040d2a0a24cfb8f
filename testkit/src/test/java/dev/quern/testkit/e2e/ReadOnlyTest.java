package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.testkit.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A workspace that can only be read: what reads works, what writes is refused before it begins. */
class ReadOnlyTest {
  private static final String RECIPE =
      """
      recipe: shop
      seed: SEED
      read:
        - acquire.csv: { path: web.csv }
      steps:
        - diversity.split: { train: 0.8, test: 0.2 }
      model:
        name: shop
        target: good
        train.linear: { inputs: [amount, quantity], epochs: 1 }
      """;

  @TempDir private Path folder;
  private Scene scene;
  private Mount mount;

  @BeforeEach
  void mountAWorkspaceWithAVersion() throws Exception {
    scene = new Scene(folder);
    new Shop(1, 0).csv(folder.resolve("web.csv"), 60_000);
    scene.write("recipe.yaml", RECIPE.replace("SEED", "1"));
    scene.write("other.yaml", RECIPE.replace("SEED", "2"));
    scene.run("recipe.yaml", "workspace", Scene.Way.USUAL);
    mount = Mount.readOnly(folder.resolve("workspace"), folder.resolve("mounted"));
  }

  @AfterEach
  void unmount() throws Exception {
    if (mount != null) {
      mount.close();
    }
  }

  private Scene.Said quern(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--workspace", "mounted"));
    return scene.quern(all.toArray(String[]::new));
  }

  private TreeMap<String, Long> files() throws Exception {
    TreeMap<String, Long> files = new TreeMap<>();
    for (Path file : Scene.files(folder)) {
      files.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
    }
    return files;
  }

  @Test
  void whatReadsWorks() throws Exception {
    TreeMap<String, Long> before = files();
    String[][] commands = {
      {"show", "shop"},
      {"show", "shop", "--head", "3"},
      {"datasets"},
      {"datasets", "--verify"},
      {"models"},
      {"report"},
      {"report", "--json"},
      {"plan", "recipe.yaml"},
      {"plan", "other.yaml"},
      {"diff", "shop@1", "shop@1"},
      {"gc", "--dry-run"},
      {"predict", "shop", "--set", "amount=1", "--set", "quantity=2"},
    };
    for (String[] command : commands) {
      Scene.Said said = quern(command);
      assertThat(said.code()).as(String.join(" ", command) + said.err()).isZero();
      assertThat(said.out()).as(String.join(" ", command)).isNotBlank();
    }
    assertThat(files()).isEqualTo(before);
    assertThat(quern("export", "shop", "--output", "shop.csv").code()).isZero();
    assertThat(folder.resolve("shop.csv")).isNotEmptyFile();
  }

  @Test
  void whatWritesIsRefusedBeforeItReadsAnything() throws Exception {
    TreeMap<String, Long> before = files();
    // Were it read, this would be told instead.
    Files.writeString(folder.resolve("web.csv"), "");
    before.put(
        folder.resolve("web.csv").toString(),
        Files.getLastModifiedTime(folder.resolve("web.csv")).toMillis());
    for (String[] command :
        new String[][] {{"run", "recipe.yaml"}, {"run", "other.yaml"}, {"gc"}}) {
      Scene.Said said = quern(command);
      assertThat(said.code()).as(String.join(" ", command) + said.err()).isEqualTo(3);
      assertThat(said.err().strip())
          .endsWith(
              folder.resolve("mounted").toString()
                  + ": workspace must be a folder that can be written to; found: one that can only"
                  + " be read; fix: another folder with --workspace");
    }
    assertThat(files()).isEqualTo(before);
    Scene.Said doctor = quern("doctor");
    assertThat(doctor.code()).as(doctor.out()).isEqualTo(3);
  }
}
