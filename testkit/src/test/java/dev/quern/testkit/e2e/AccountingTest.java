package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import dev.quern.run.RunResult;
import dev.quern.testkit.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every sample ends in one of kept, dropped, merged, quarantined: in each step and in the whole.
 */
class AccountingTest {
  /** Every kind of operator that comes with the product, and every verb. */
  private static final String ALL =
      """
      recipe: all
      seed: 3
      max_quarantined: 0.5
      inputs:
        orders:
          read:
            - acquire.csv: { path: web.csv }
              name: web
            - acquire.jsonl: { path: app.jsonl }
              name: app
          steps:
            - quality.trim: {}
            - quality.drop_duplicates: { fields: [order] }
        cities:
          read:
            - acquire.csv: { path: cities.csv, types: { people: text } }
          steps:
            - quality.cast: { types: { people: double } }
            - quality.drop_duplicates: { fields: [city] }
      combine:
        lookup: { on: [city], missing: drop }
      steps:
        - diversity.split: { by: group, fields: [customer, address], train: 0.7, test: 0.3 }
        - quality.where: { keep: "quantity < 9" }
        - quality.cast: { types: { quantity: text } }
        - quality.impute: { fields: [amount], with: forward }
        - quality.impute: { fields: [people], with: median }
        - quality.standardize: { fields: [people] }
        - diversity.sample: { fraction: 0.8 }
        - diversity.sample: { count: 300 }
      checks:
        - count() > 10
      """;

  @TempDir private Path folder;

  private Scene scene() throws Exception {
    Scene scene = new Scene(folder);
    new Shop(1, 20).csv(folder.resolve("web.csv"), 100_000);
    new Shop(2, 20).jsonl(folder.resolve("app.jsonl"), 100_000);
    scene.write("cities.csv", "city,people\n杭州,12\nDelft,many\nOslo,\nLima,10\nLima,11\nMars,1\n");
    scene.write("recipe.yaml", ALL);
    return scene;
  }

  @Test
  void everyStepAndTheWholeAreConserved() throws Exception {
    RunResult result = scene().run("recipe.yaml");
    Map<String, @Nullable Object> report = result.report();
    long read = 0;
    long created = 0;
    long lost = 0;
    for (String part : List.of("sources", "steps")) {
      for (Map<String, @Nullable Object> one : Scene.parts(report, part)) {
        Map<String, @Nullable Object> counts = Scene.part(one, "counts");
        isConserved(String.valueOf(one.get("label")), counts);
        assertThat(Scene.number(counts, "read")).as("%s", one.get("label")).isPositive();
        read += part.equals("sources") ? Scene.number(counts, "read") : 0;
        created += Scene.number(counts, "created");
        lost += out(counts) - Scene.number(counts, "kept");
      }
    }
    Map<String, @Nullable Object> whole = Scene.part(report, "accounting");
    isConserved("whole", whole);
    assertThat(Scene.number(whole, "read")).isEqualTo(read);
    long kept = Scene.number(Scene.part(report, "dataset"), "samples");
    assertThat(Scene.number(whole, "kept")).isEqualTo(kept);
    assertThat(read + created).isEqualTo(kept + lost);
    assertThat(Scene.number(whole, "quarantined")).isPositive();
    assertThat(Scene.number(whole, "dropped")).isPositive();
    assertThat(Scene.number(whole, "merged")).isPositive();
  }

  @Test
  void eachStepReadsWhatTheOneBeforeItKept() throws Exception {
    Map<String, @Nullable Object> report = scene().run("recipe.yaml").report();
    List<Map<String, @Nullable Object>> steps = Scene.parts(report, "steps");
    List<String> labels = steps.stream().map(step -> String.valueOf(step.get("label"))).toList();
    int after = labels.indexOf("diversity.split");
    for (int i = after; i < steps.size(); i++) {
      assertThat(Scene.number(Scene.part(steps.get(i), "counts"), "read"))
          .as(labels.get(i))
          .isEqualTo(Scene.number(Scene.part(steps.get(i - 1), "counts"), "kept"));
    }
  }

  @Test
  void whatWasDroppedOrQuarantinedStandsInTheFilesOfTheRun() throws Exception {
    RunResult result = scene().run("recipe.yaml");
    Map<String, @Nullable Object> whole = Scene.part(result.report(), "accounting");
    assertThat(lines(result.folder().resolve("quarantine")))
        .isEqualTo(Scene.number(whole, "quarantined"));
    assertThat(lines(result.folder().resolve("dropped"))).isEqualTo(Scene.number(whole, "dropped"));
    for (Path file : Scene.files(result.folder().resolve("quarantine"))) {
      for (String line : Files.readAllLines(file)) {
        assertThat(Json.parseObject(line)).containsKeys("step", "source", "file", "rule", "field");
      }
    }
  }

  private static long lines(Path files) throws Exception {
    long lines = 0;
    for (Path file : Scene.files(files)) {
      lines += Files.readAllLines(file).size();
    }
    return lines;
  }

  @Test
  void aSecondRunIsAllCachedAndTellsTheSame() throws Exception {
    Scene scene = scene();
    RunResult first = scene.run("recipe.yaml");
    RunResult second = scene.run("recipe.yaml");
    assertThat(Scene.parts(second.report(), "work"))
        .isNotEmpty()
        .allSatisfy(work -> assertThat(work).containsEntry("status", "cached"));
    assertThat(Scene.number(Scene.part(second.report(), "cost"), "bytes_read")).isZero();
    for (String part : List.of("steps", "sources", "profile", "checks", "dataset")) {
      assertThat(withoutTimes(second.report().get(part)))
          .as(part)
          .isEqualTo(withoutTimes(first.report().get(part)));
    }
    assertThat(lines(second.folder().resolve("quarantine")))
        .isEqualTo(lines(first.folder().resolve("quarantine")));
  }

  @Test
  void versionsReadAsSourcesAreCounted() throws Exception {
    Scene scene = scene();
    long kept = Scene.number(Scene.part(scene.run("recipe.yaml").report(), "dataset"), "samples");
    scene.write(
        "child.yaml",
        """
        recipe: child
        read:
          - dataset: DATASET@1
            name: first
          - dataset: DATASET@1
            name: second
          - acquire.csv: { path: web.csv, types: { quantity: text } }
        max_quarantined: 0.2
        steps:
          - quality.drop_duplicates: { fields: [order] }
          - quality.where: { keep: "length(note) > 20" }
        """
            .replace("DATASET", ALL.lines().findFirst().orElseThrow().replace("recipe: ", "")));
    for (int run = 0; run < 2; run++) {
      Map<String, @Nullable Object> report = scene.run("child.yaml").report();
      List<Map<String, @Nullable Object>> sources = Scene.parts(report, "sources");
      for (Map<String, @Nullable Object> version : sources.subList(0, 2)) {
        assertThat(Scene.part(version, "counts"))
            .containsEntry("read", kept)
            .containsEntry("kept", kept);
      }
      long rows = Scene.number(Scene.part(sources.get(2), "counts"), "read");
      Map<String, @Nullable Object> whole = Scene.part(report, "accounting");
      assertThat(whole).containsEntry("read", 2 * kept + rows).containsEntry("conserved", true);
      isConserved("whole", whole);
    }
  }

  @Test
  void aChangedStepLeavesWhatStandsBeforeItCached() throws Exception {
    Scene scene = scene();
    scene.run("recipe.yaml");
    scene.write("recipe.yaml", ALL.replace("with: median", "with: mean"));
    RunResult second = scene.run("recipe.yaml");
    List<Map<String, @Nullable Object>> work = Scene.parts(second.report(), "work");
    assertThat(work.get(0)).containsEntry("status", "cached");
    assertThat(work.get(work.size() - 1)).containsEntry("status", "done");
    assertThat(Scene.number(Scene.part(second.report(), "cost"), "source_bytes_read")).isZero();
    isConserved("whole", Scene.part(second.report(), "accounting"));
  }

  private static Object withoutTimes(@Nullable Object plain) {
    if (plain instanceof Map<?, ?> map) {
      Map<String, Object> rest = new TreeMap<>();
      map.forEach(
          (name, value) -> {
            if (!String.valueOf(name).endsWith("seconds")) {
              rest.put(String.valueOf(name), withoutTimes(value));
            }
          });
      return rest;
    }
    if (plain instanceof List<?> list) {
      return list.stream().map(AccountingTest::withoutTimes).toList();
    }
    return String.valueOf(plain);
  }

  private static long out(Map<String, @Nullable Object> counts) {
    return Scene.number(counts, "kept")
        + Scene.number(counts, "dropped")
        + Scene.number(counts, "merged")
        + Scene.number(counts, "quarantined");
  }

  private static void isConserved(String label, Map<String, @Nullable Object> counts) {
    assertThat(out(counts))
        .as("%s: %s", label, counts)
        .isEqualTo(Scene.number(counts, "read") + Scene.number(counts, "created"));
  }
}
