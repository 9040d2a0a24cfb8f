package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.contract.ContractWriter;
import dev.quern.contract.Suggestion;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import dev.quern.run.StoredChecks;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contracts are suggested from stored versions, hold for them, and give no single sample away. */
class SuggestionTest {
  private static final String[] CITIES = {"Oslo", "Delft", "Lima", "Kyoto"};
  private static final String[] CODES = {"NO", "NL", "PE", "JP"};

  @TempDir private Path folder;
  private Scene scene;
  private RunOptions options;

  @BeforeEach
  void version() throws Exception {
    scene = new Scene(folder);
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder csv = new StringBuilder("id,city,land,part,amount,secret,note\n");
    for (int i = 0; i < 2000; i++) {
      int city = random.nextInt(4);
      String part = "AB-" + (1000 + random.nextInt(9000));
      String wrong = random.nextInt(50) == 0 ? "?" : part;
      double amount = Math.round(random.nextDouble() * 9000) / 100.0;
      csv.append(i).append(',').append(CITIES[city]).append(',').append(CODES[city]).append(',');
      csv.append(wrong).append(',').append(amount).append(",canary").append(random.nextInt(3));
      csv.append(",\"word ").append(random.nextLong()).append("\"\n");
    }
    scene.write("shop.csv", csv.toString());
    scene.write(
        "recipe.yaml",
        """
        recipe: shop
        read: [ { acquire.csv: { path: shop.csv } } ]
        roles: { secret: sensitive }
        """);
    scene.run("recipe.yaml");
    options = scene.options("workspace", Scene.Way.USUAL);
  }

  /** Three lines of each of a thousand orders: neither alone is a key. */
  private static String keyed() {
    SplittableRandom random = new SplittableRandom(9);
    StringBuilder csv = new StringBuilder("order,line,city\n");
    for (int i = 0; i < 3000; i++) {
      csv.append("o").append(i / 3).append(',').append(i % 3).append(",c");
      csv.append(random.nextInt(5)).append('\n');
    }
    return csv.toString();
  }

  private Manifest manifest() throws Exception {
    return new Workspace(options.workspace()).datasets().resolve(Reference.parse("shop"));
  }

  private List<Suggestion> suggestions() throws Exception {
    return new StoredChecks(Scene.registry(), options, manifest(), "test").suggestions();
  }

  @Test
  void rulesAreSuggestedWithWhatHeldOutSamplesSayOfThem() throws Exception {
    List<String> told = new ArrayList<>();
    for (Suggestion one : suggestions()) {
      told.add(String.join(",", one.fields()) + ": " + one.what());
      assertThat(one.precision()).isBetween(0.9, 1.0);
      if (one.where() != Suggestion.Place.SCHEMA && !one.what().equals("unique")) {
        // About one half, never all.
        assertThat(one.asked()).isBetween(800L, 1200L);
      }
    }
    assertThat(told)
        .contains(
            "id: unique",
            "id: minimum 0 (non-negative)",
            "city: one of 4 values",
            "city,land: city determines land",
            "land,city: land determines city",
            "amount: maximum 99",
            "secret: required",
            ": samples between 1000 and 4000")
        .anySatisfy(what -> assertThat(what).startsWith("part: pattern ^\\p{Lu}{2}-[0-9]{4}$"))
        .noneMatch(what -> what.startsWith("secret: one of"));
    Suggestion part =
        suggestions().stream()
            .filter(s -> s.what().startsWith("pattern ^\\p{Lu}{2}"))
            .findFirst()
            .orElseThrow();
    assertThat(part.precision()).isBetween(0.96, 0.999);
    assertThat(part.written()).containsEntry("unit", "percent");
  }

  @Test
  void fieldsThatAreAKeyTogetherAreSuggestedAndNoMoreThanItTakes() throws Exception {
    scene.write("keys.csv", keyed());
    scene.write("keys.yaml", "recipe: keys\nread: [ { acquire.csv: { path: keys.csv } } ]\n");
    scene.run("keys.yaml");
    Manifest manifest =
        new Workspace(options.workspace()).datasets().resolve(Reference.parse("keys"));
    List<Suggestion> found =
        new StoredChecks(Scene.registry(), options, manifest, "test").suggestions();
    assertThat(found.stream().filter(s -> s.what().equals("together unique")).toList())
        .singleElement()
        .satisfies(
            key -> {
              assertThat(key.fields()).containsExactly("order", "line");
              assertThat(key.written())
                  .containsEntry("implementation", "uniqueness(\"order\", \"line\") >= 1");
              assertThat(key.precision()).isEqualTo(1);
              assertThat(key.asked()).isEqualTo(3000);
            });
  }

  @Test
  void theContractGivesNoSampleAwayAndHoldsForItsVersion() throws Exception {
    Manifest manifest = manifest();
    String yaml = ContractWriter.yaml("shop", "shop@1", manifest.schema(), suggestions());
    assertThat(yaml).doesNotContain("canary").doesNotContain("word ").contains("\"Oslo\"");
    assertThat(yaml)
        .isEqualTo(ContractWriter.yaml("shop", "shop@1", manifest.schema(), suggestions()));
    Path file = scene.write("shop.odcs.yaml", yaml);
    StoredChecks.Found found =
        new StoredChecks(Scene.registry(), options, manifest, "test")
            .check(file, "shop.odcs.yaml", Optional.empty(), Optional.empty());
    assertThat(found.checks())
        .hasSizeGreaterThan(15)
        .allSatisfy(check -> assertThat(check).containsEntry("status", "passed"));
    assertThat(found.failed()).isFalse();
  }

  @Test
  void aStoredVersionTellsItsFailingSamples() throws Exception {
    Path file =
        scene.write(
            "strict.odcs.yaml",
            """
            apiVersion: v3.2.0
            kind: DataContract
            id: shop
            version: 1.0.0
            status: active
            schema:
              - name: shop
                properties:
                  - { name: city, quality: [ { metric: invalidValues, mustBe: 0, arguments: { validValues: [Oslo] } } ] }
            """);
    StoredChecks.Found found =
        new StoredChecks(Scene.registry(), options, manifest(), "test")
            .check(file, "strict.odcs.yaml", Optional.empty(), Optional.of(folder.resolve("told")));
    assertThat(found.failed()).isTrue();
    assertThat(found.checks().get(0)).containsEntry("failing", found.verdicts());
    assertThat(found.verdicts()).isBetween(1400L, 1600L);
    assertThat(Scene.files(options.workspace().resolve("work").resolve("passes")))
        .noneMatch(path -> path.toString().contains("handed-"));
  }

  @Test
  void metricsOfVersionsAreTheirHistoryAndAnAnomalyIsFound() throws Exception {
    String recipe =
        """
        recipe: series
        read: [ { acquire.csv: { path: series.csv } } ]
        checks:
          - { metric: mean(x), anomaly: relative_change, at_most: 0.1 }
          - { metric: mean(x), anomaly: robust, at_most: 3.5, level: warning }
        """;
    scene.write("recipe.yaml", recipe);
    int[] means = {100, 101, 99, 102, 98, 103, 150, 104};
    List<RunResult> results = new ArrayList<>();
    for (int mean : means) {
      scene.write("series.csv", "x\n" + mean + "\n" + (mean + 2) + "\n" + (mean - 2) + "\n");
      results.add(scene.run("recipe.yaml"));
    }
    assertThat(status(results.get(0))).containsExactly("no_history", "no_history");
    assertThat(status(results.get(1))).containsExactly("passed", "no_history");
    assertThat(status(results.get(5))).containsExactly("passed", "passed");
    assertThat(status(results.get(6))).containsExactly("failed", "failed");
    assertThat(results.get(6).status()).isEqualTo(RunResult.Status.CHECK_FAILED);
    // What failed is no measure of what follows.
    assertThat(status(results.get(7))).containsExactly("passed", "passed");
    assertThat(Scene.parts(results.get(6).report(), "history_warnings"))
        .anySatisfy(warning -> assertThat(warning).containsEntry("metric", "mean(x)"));
    assertThat(Scene.parts(results.get(7).report(), "history_warnings")).isEmpty();
  }

  private static List<String> status(RunResult result) {
    List<String> status = new ArrayList<>();
    for (Map<String, @Nullable Object> check : Scene.parts(result.report(), "checks")) {
      status.add(String.valueOf(check.get("status")));
    }
    return status;
  }
}
