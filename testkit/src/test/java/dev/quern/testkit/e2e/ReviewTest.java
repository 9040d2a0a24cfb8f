package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody says of changed cells goes back into the repair as a file. */
class ReviewTest {
  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void table() throws Exception {
    scene = new Scene(folder);
    scene.write("colours.csv", "colour\n" + "green\n".repeat(6) + "gren\n" + "red\n".repeat(6));
    scene.write(
        "recipe.yaml",
        "recipe: colours\nread: [ { acquire.csv: { path: colours.csv } } ]\n"
            + "steps: [ quality.repair: {} ]\n");
  }

  private String colours() throws Exception {
    return scene.quern("show", "colours", "--head", "20", "--json").out();
  }

  private List<String> changes() throws Exception {
    List<Path> files =
        Scene.files(folder.resolve("workspace/runs")).stream()
            .filter(file -> file.toString().contains("/changes/"))
            .toList();
    return files.isEmpty() ? List.of() : Files.readAllLines(files.get(files.size() - 1));
  }

  @Test
  void aLineOfTheChangesWithAVerdictIsAReview() throws Exception {
    assertThat(scene.quern("run", "recipe.yaml").code()).isZero();
    assertThat(colours()).doesNotContain("gren\"");
    String line = changes().get(0);
    scene.write("seen.jsonl", line.substring(0, line.length() - 1) + ",\"verdict\":\"right\"}\n");
    Scene.Said said = scene.quern("run", "recipe.yaml", "--review", "seen.jsonl");
    assertThat(said.code()).as(said.err()).isZero();
    assertThat(colours()).contains("gren\"");
    scene.write("seen.jsonl", line.substring(0, line.length() - 1) + ",\"correct\":\"grenadine\"}");
    assertThat(scene.quern("run", "recipe.yaml", "--review", "seen.jsonl").code()).isZero();
    assertThat(colours()).contains("grenadine").doesNotContain("gren\"");
  }

  @Test
  void aReviewThatIsNoneIsAMistakeToldWithoutItsText() throws Exception {
    scene.write("seen.jsonl", "{\"field\": \"colour\"}\nsecret\n");
    Scene.Said said = scene.quern("run", "recipe.yaml", "--review", "seen.jsonl");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err())
        .contains("must hold a JSON object in each line; found: another text in line 2")
        .doesNotContain("secret");
    assertThat(scene.quern("run", "recipe.yaml", "--review", "none.jsonl").err())
        .contains("none.jsonl must be a file of JSON lines");
    scene.write("other.yaml", "recipe: other\nread: [ { acquire.csv: { path: colours.csv } } ]\n");
    assertThat(scene.quern("run", "other.yaml", "--review", "seen.jsonl").err())
        .contains("--review must stand with a recipe that has a step quality.repair");
  }
}
