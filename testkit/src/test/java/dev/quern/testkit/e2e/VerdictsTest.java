package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import dev.quern.run.RunResult;
import dev.quern.testkit.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks tell of single samples what their metrics tell of all, and set samples aside. */
class VerdictsTest {
  static final String KEEP =
      """
      recipe: keep
      max_quarantined: 0.5
      verdicts: all
      read:
        - acquire.csv: { path: web.csv }
      checks:
        - { metric: completeness(amount), at_least: 0.5 }
        - { metric: completeness(), at_least: 0.5, name: all cells }
        - { metric: uniqueness(order), at_least: 0.5 }
        - { metric: "uniqueness(customer, city)", at_least: 0.0001, level: warning }
        - { metric: "compliance('quantity < 9')", at_least: 0.5 }
        - { metric: "compliance('quantity < 5')", where: "quantity > 1", at_least: 0.01 }
        - { metric: "validity(quantity, max=8, min=2)", at_least: 0.1 }
        - { metric: count(), at_least: 10 }
      """;

  static final String ASIDE =
      """
      recipe: aside
      max_quarantined: 0.5
      read:
        - acquire.csv: { path: web.csv }
      checks:
        - { metric: uniqueness(order), at_least: 0.5, failing: aside }
        - { metric: "compliance('quantity < 9')", at_least: 0.5, failing: aside }
        - { metric: completeness(amount), at_least: 0.5 }
      """;

  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void files() throws Exception {
    scene = new Scene(folder);
    new Shop(1, 20).csv(folder.resolve("web.csv"), 100_000);
  }

  @Test
  void failingVerdictsAreAsManyAsTheMetricCounts() throws Exception {
    scene.write("recipe.yaml", KEEP);
    RunResult result = scene.run("recipe.yaml");
    Map<String, Long> told = new TreeMap<>();
    for (Map<String, @Nullable Object> verdict : lines(result, "verdicts")) {
      told.merge(String.valueOf(verdict.get("check")), 1L, Long::sum);
      assertThat(verdict).containsEntry("verdict", "fail");
      assertThat(String.valueOf(verdict.get("id"))).matches("[0-9a-f]{32}");
    }
    assertThat(told).hasSize(7);
    for (Map<String, @Nullable Object> check : Scene.parts(result.report(), "checks")) {
      Object failing = check.get("failing");
      if (failing != null) {
        assertThat(told.getOrDefault(String.valueOf(check.get("check")), 0L)).isEqualTo(failing);
      }
    }
  }

  @Test
  void verdictsAreEqualForOneFourAndManyPartitions() throws Exception {
    scene.write("recipe.yaml", KEEP);
    long size = Files.size(folder.resolve("web.csv"));
    List<String> first = sorted(scene.run("recipe.yaml", "one", Scene.Way.of(1, size + 1)));
    assertThat(first).isNotEmpty();
    assertThat(sorted(scene.run("recipe.yaml", "four", Scene.Way.of(2, size / 4))))
        .isEqualTo(first);
    assertThat(sorted(scene.run("recipe.yaml", "many", Scene.Way.of(4, size / 32))))
        .isEqualTo(first);
  }

  @Test
  void whatAPassingCheckCountsIsToldOnlyWhenAskedFor() throws Exception {
    scene.write("recipe.yaml", KEEP.replace("verdicts: all\n", ""));
    assertThat(lines(scene.run("recipe.yaml"), "verdicts")).isEmpty();
    scene.write("recipe.yaml", KEEP.replace("verdicts: all\n", "").replace("0.0001", "1"));
    assertThat(lines(scene.run("recipe.yaml"), "verdicts"))
        .isNotEmpty()
        .allSatisfy(v -> assertThat(v).containsEntry("reason", "duplicate"));
  }

  @Test
  void failingSamplesLeaveBeforeTheVersionIsWrittenAndNoneIsLost() throws Exception {
    scene.write("recipe.yaml", ASIDE);
    RunResult result = scene.run("recipe.yaml");
    Map<String, @Nullable Object> counts = Scene.part(result.report(), "accounting");
    assertThat(counts).containsEntry("conserved", true);
    List<Map<String, @Nullable Object>> aside = lines(result, "aside");
    assertThat(aside).isNotEmpty().hasSize((int) Scene.number(counts, "dropped"));
    assertThat(aside.get(0))
        .containsKeys("_id", "order", "amount", "quantity", "_checks", "_reasons");
    // One line per sample, one verdict per sample and check.
    long verdicts =
        aside.stream().mapToLong(sample -> Json.list(sample.get("_checks")).size()).sum();
    assertThat(lines(result, "verdicts")).hasSize((int) verdicts);
    for (Map<String, @Nullable Object> step : Scene.parts(result.report(), "steps")) {
      assertThat(Scene.part(step, "counts")).containsEntry("conserved", true);
    }
    assertThat(Scene.part(counts, "reasons")).containsOnlyKeys("duplicate", "not_compliant");
  }

  @Test
  void theVersionHoldsWhatPassesWhateverThePartitions() throws Exception {
    scene.write("recipe.yaml", ASIDE);
    RunResult one = scene.run("recipe.yaml", "one", Scene.Way.of(1, 1 << 20));
    RunResult many = scene.run("recipe.yaml", "many", Scene.Way.of(4, 3000));
    assertThat(Scene.digest(many)).isEqualTo(Scene.digest(one));
    assertThat(lines(many, "aside")).containsExactlyInAnyOrderElementsOf(lines(one, "aside"));
    scene.write(
        "passing.yaml",
        """
        recipe: passing
        read: [ { dataset: aside } ]
        checks: [ uniqueness(order) = 1, "compliance('quantity < 9') = 1" ]
        """);
    assertThat(scene.run("passing.yaml", "one", Scene.Way.USUAL).status())
        .isEqualTo(RunResult.Status.DONE);
  }

  @Test
  void aSecondRunFindsTheSameAndTellsItAgain() throws Exception {
    scene.write("recipe.yaml", ASIDE);
    RunResult first = scene.run("recipe.yaml");
    RunResult second = scene.run("recipe.yaml");
    assertThat(Scene.digest(second)).isEqualTo(Scene.digest(first));
    assertThat(sorted(second)).isEqualTo(sorted(first));
    assertThat(lines(second, "aside")).isEqualTo(lines(first, "aside"));
  }

  @Test
  void onlyWhatJudgesSamplesCanSetThemAside() {
    scene.write(
        "recipe.yaml", ASIDE.replace("uniqueness(order), at_least", "mean(amount), at_least"));
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> scene.run("recipe.yaml")))
        .hasMessageContaining(
            "check.failing must be keep for a check that judges no single samples; found: aside for"
                + " mean; a mean is made by all samples together");
  }

  static List<Map<String, @Nullable Object>> lines(RunResult result, String folder)
      throws Exception {
    List<Map<String, @Nullable Object>> lines = new ArrayList<>();
    for (Path file : Scene.files(result.folder().resolve(folder))) {
      Files.readAllLines(file).forEach(line -> lines.add(Json.parseObject(line)));
    }
    return lines;
  }

  static List<String> sorted(RunResult result) throws Exception {
    return lines(result, "verdicts").stream().map(Json::write).sorted().toList();
  }
}
