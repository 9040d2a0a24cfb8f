package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import dev.quern.run.RunResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Too much in quarantine and failed checks: what is published then, and what is not. */
class LimitsTest {
  private static final String RECIPE =
      """
      recipe: limits
      seed: 3
      read:
        - acquire.csv: { path: data.csv, types: { n: long } }
      checks:
        - count() > 50
      model:
        name: limits
        target: m
        train.linear: { epochs: 2 }
      """;

  @TempDir private Path folder;

  private Scene scene(int wrong) {
    Scene scene = new Scene(folder);
    StringBuilder rows = new StringBuilder("n,m\n");
    for (int i = 0; i < 100; i++) {
      rows.append(i < wrong ? "x" : String.valueOf(i)).append(',').append(2 * i).append('\n');
    }
    scene.write("data.csv", rows.toString());
    scene.write("recipe.yaml", RECIPE);
    return scene;
  }

  @Test
  void asMuchInQuarantineAsIsAllowedIsPublished() throws Exception {
    RunResult result = scene(1).run("recipe.yaml");
    assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
    assertThat(Scene.number(Scene.part(result.report(), "dataset"), "samples")).isEqualTo(99);
    assertThat(Scene.files(scene(1).workspace("workspace").resolve("models"))).isNotEmpty();
  }

  @Test
  void aLimitCountsOnlyWhatIsSetAsideBeforeItsLastSample() throws Exception {
    Scene scene = new Scene(folder);
    StringBuilder rows = new StringBuilder("n,m\n");
    for (int i = 0; i < 100; i++) {
      rows.append(i == 5 || i == 50 ? "x" : String.valueOf(i)).append(",1\n");
    }
    scene.write("data.csv", rows.toString());
    scene.write(
        "recipe.yaml",
        """
        recipe: limits
        read:
          - acquire.csv: { path: data.csv, types: { n: long } }
        max_quarantined: 0.5
        """);
    for (int limit : new int[] {5, 20, 90}) {
      Scene.Said said = scene.quern("run", "recipe.yaml", "--json", "--limit", "" + limit);
      assertThat(said.code()).as(said.err()).isZero();
      Map<String, Object> accounting = Json.object(Json.parseObject(said.out()).get("accounting"));
      long quarantined = limit == 5 ? 0 : limit == 20 ? 1 : 2;
      assertThat(accounting)
          .containsEntry("kept", (long) limit)
          .containsEntry("quarantined", quarantined)
          .containsEntry("read", limit + quarantined);
    }
  }

  @Test
  void moreInQuarantineThanIsAllowedPublishesNothingButTheReport() throws Exception {
    Scene scene = scene(2);
    Scene.Said said = scene.quern("run", "recipe.yaml");
    assertThat(said.code()).as(said.err()).isEqualTo(3);
    Path workspace = scene.workspace("workspace");
    assertThat(Scene.files(workspace.resolve("datasets"))).isEmpty();
    assertThat(Scene.files(workspace.resolve("models"))).isEmpty();
    assertThat(Scene.files(workspace.resolve("runs")))
        .extracting(file -> file.getFileName().toString())
        .contains("report.json", "report.html", "lineage.json", "plan.json", "recipe.yaml");

    RunResult result = scene.run("recipe.yaml");
    assertThat(result.status()).isEqualTo(RunResult.Status.QUARANTINE_EXCEEDED);
    assertThat(result.report()).containsEntry("status", "quarantine_exceeded");
    assertThat(Scene.part(result.report(), "accounting")).containsEntry("conserved", true);
    assertThat(Scene.files(workspace.resolve("datasets"))).isEmpty();

    scene.write("recipe.yaml", "max_quarantined: 0.02\n" + RECIPE);
    assertThat(scene.run("recipe.yaml").status()).isEqualTo(RunResult.Status.DONE);
  }

  @Test
  void aFailedCheckLeavesTheVersionButNotTheHeadAndTrainsNothing() throws Exception {
    Scene scene = scene(0);
    RunResult good = scene.run("recipe.yaml");
    String head = head(scene);
    scene.write("recipe.yaml", RECIPE.replace("count() > 50", "count() > 500"));
    Scene.Said said = scene.quern("run", "recipe.yaml");
    assertThat(said.code()).as(said.err()).isEqualTo(1);
    assertThat(head(scene)).isEqualTo(head).isEqualTo(version(good));
    RunResult again = scene.run("recipe.yaml");
    assertThat(again.status()).isEqualTo(RunResult.Status.CHECK_FAILED);
    assertThat(Scene.part(again.report(), "dataset")).containsEntry("head", "stays");
    Path version = folder.resolve("workspace/datasets/limits").resolve(version(again) + ".json");
    assertThat(version).exists();
    assertThat(version(again)).isNotEqualTo(head);
    try (var models = java.nio.file.Files.list(folder.resolve("workspace/models/limits"))) {
      assertThat(models.filter(java.nio.file.Files::isDirectory)).hasSize(1);
    }
  }

  @Test
  void aKeyThatIsTooShortIsRefusedAndNotABug() throws Exception {
    Scene scene = scene(0);
    scene.write("key", "short");
    scene.write(
        "recipe.yaml",
        RECIPE.replace(
            "checks:",
            "steps: [ privacy.hash_keyed: { fields: [n], key: \"file:key\" } ]\nchecks:"));
    Scene.Said said = scene.quern("run", "recipe.yaml");
    assertThat(said.code()).as(said.err()).isEqualTo(3);
    assertThat(said.err())
        .contains("privacy.hash_keyed.key must name at least", "found: 5 in file:key")
        .doesNotContain("short");
  }

  @Test
  void aFailedCheckOfLevelWarningHoldsNothingBack() throws Exception {
    Scene scene = scene(0);
    scene.write(
        "recipe.yaml",
        RECIPE.replace("count() > 50", "{ metric: count(), above: 500, level: warning }"));
    RunResult result = scene.run("recipe.yaml");
    assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
    assertThat(Scene.part(result.report(), "dataset")).containsEntry("head", "moved");
  }

  private String head(Scene scene) throws Exception {
    return java.nio.file.Files.readString(
            scene.workspace("workspace").resolve("datasets/limits/HEAD"))
        .strip();
  }

  private static String version(RunResult result) {
    return String.valueOf(Scene.part(result.report(), "dataset").get("version"));
  }
}
