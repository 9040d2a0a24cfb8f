package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recipe makes does not depend on threads, memory or how input is cut. */
class DigestTest {
  static final String LINE =
      """
      recipe: line
      seed: 7
      max_quarantined: 0.2
      read:
        - acquire.csv: { path: web.csv }
          name: web
        - acquire.jsonl: { path: app.jsonl }
          name: app
      steps:
        - quality.trim: {}
        - quality.drop_duplicates: { fields: [order] }
        - diversity.split: { by: group, fields: [customer, address], train: 0.7, test: 0.3 }
        - diversity.sample: { fraction: 0.9 }
        - quality.where: { keep: "quantity < 9" }
        - quality.derive: { fields: { each: "amount / quantity" } }
        - quality.impute: { fields: [amount], with: forward }
        - quality.impute: { fields: [each], with: median }
        - quality.standardize: { fields: [amount, each], with: robust }
        - privacy.hash_keyed: { fields: [customer], key: "env:KEY" }
        - diversity.sample: { count: 700 }
      checks:
        - uniqueness(order) = 1
        - quantile(quantity, 0.9) < 10
      """;

  static final String GRAPH =
      """
      recipe: graph
      seed: 7
      max_quarantined: 0.2
      inputs:
        orders:
          read:
            - acquire.csv: { path: web.csv }
              name: web
            - acquire.jsonl: { path: app.jsonl }
              name: app
          steps:
            - quality.drop_duplicates: { fields: [order], keep: last }
        cities:
          read:
            - acquire.csv: { path: cities.csv }
          steps:
            - quality.trim: {}
            - quality.drop_duplicates: { fields: [city] }
      combine:
        lookup: { on: [city], missing: drop }
      steps:
        - diversity.split: { by: label, fields: [good], train: 0.6, validation: 0.2, test: 0.2 }
        - quality.impute: { fields: [amount], with: mean }
        - quality.standardize: { fields: [amount, people] }
      checks:
        - completeness(people) > 0.5
      """;

  static final String UNION =
      """
      recipe: union
      seed: 7
      max_quarantined: 0.2
      inputs:
        web:
          read:
            - acquire.csv: { path: web.csv }
          steps:
            - quality.where: { keep: "city <> 'Oslo'" }
        app:
          read:
            - acquire.jsonl: { path: app.jsonl }
          steps:
            - quality.select: { drop: note }
      combine: union
      steps:
        - quality.drop_duplicates: { fields: [customer, city] }
        - quality.impute: { fields: [amount], with: mode }
      """;

  @TempDir private Path folder;

  private Scene scene() throws Exception {
    return scene(folder);
  }

  /** Returns a scene with orders of two shops, and cities. */
  static Scene scene(Path folder) throws Exception {
    Scene scene = new Scene(folder);
    new Shop(1, 40).csv(folder.resolve("web.csv"), 150_000);
    new Shop(2, 40).jsonl(folder.resolve("app.jsonl"), 150_000);
    scene.write("cities.csv", "city,people\n杭州,12\nDelft,0.1\nOslo,\nLima,10\nLima,11\n 深圳 ,17\n");
    return scene;
  }

  private static void isEqualAnyway(Scene scene, String recipe) throws Exception {
    scene.write("recipe.yaml", recipe);
    List<String> found = new ArrayList<>();
    List<Scene.Way> ways = new ArrayList<>(List.of(Scene.Way.USUAL));
    long input = Files.size(scene.folder().resolve("app.jsonl"));
    for (int threads : new int[] {1, 2, 7}) {
      for (int morsels : new int[] {1, 3, 7}) {
        ways.add(Scene.Way.of(threads, input / morsels + 1));
      }
    }
    ways.add(new Scene.Way(3, java.util.OptionalLong.of(5_000), 64 << 10));
    for (Scene.Way way : ways) {
      RunResult result = scene.run("recipe.yaml", "workspace-" + found.size(), way);
      assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
      found.add(essence(result));
    }
    assertThat(found).allMatch(essence -> essence.equals(found.get(0)));
    assertThat(found.get(0)).contains("quarantined=");
  }

  /** What must be equal: digest, counts, checks, profile. */
  static String essence(RunResult result) {
    StringBuilder text = new StringBuilder(Scene.digest(result)).append('\n');
    for (String part : List.of("sources", "steps")) {
      for (Map<String, @Nullable Object> one : Scene.parts(result.report(), part)) {
        Map<String, @Nullable Object> counts = new TreeMap<>(Scene.part(one, "counts"));
        counts.remove("cpu_seconds");
        text.append(one.get("label")).append(' ').append(counts).append('\n');
      }
    }
    text.append(result.report().get("checks")).append('\n');
    return text.append(result.report().get("profile")).toString();
  }

  @Test
  void aLineIsEqualForAnyThreadsMorselsAndMemory() throws Exception {
    isEqualAnyway(scene(), LINE);
  }

  @Test
  void aGraphWithALookupIsEqualForAnyThreadsMorselsAndMemory() throws Exception {
    isEqualAnyway(scene(), GRAPH);
  }

  @Test
  void aGraphWithAUnionIsEqualForAnyThreadsMorselsAndMemory() throws Exception {
    isEqualAnyway(scene(), UNION);
  }
}
