package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import dev.quern.run.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that differ from a reference leave like those that fail any other check. */
class ReferenceAsideTest {
  static final int SAMPLES = 300;

  static final String RECIPE =
      """
      recipe: places
      read: [ { acquire.csv: { path: places.csv } } ]
      checks:
        - { metric: "compliance('n < 290')", at_least: 0.5, failing: aside, name: small }
        - metric: accuracy(city)
          reference: { acquire.csv: { path: truth.csv } }
          by: [id]
          at_least: 0.5
          failing: aside
          name: city
        - metric: accuracy(land)
          reference: { acquire.csv: { path: lands.csv } }
          by: [city]
          at_least: 0.5
          failing: aside
          name: land
        - metric: accuracy(city)
          reference: { acquire.csv: { path: truth.csv } }
          by: [id]
          at_least: 1
          name: what is left
      """;

  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void files() throws Exception {
    scene = new Scene(folder);
    write(folder);
  }

  /** Of 300 samples 10 are too large; then every 20th has a wrong city, every 30th a wrong land. */
  static void write(Path folder) throws Exception {
    StringBuilder places = new StringBuilder("id,city,land,n\n");
    StringBuilder truth = new StringBuilder("id,city\n");
    for (int i = 0; i < SAMPLES; i++) {
      String city = "city" + i % 7;
      String found = i % 20 == 0 ? "city" + (i + 1) % 7 : city;
      String land = i % 30 == 1 ? "nowhere" : "land of " + found;
      places.append(String.format("%d,%s,%s,%d%n", i, found, land, i));
      truth.append(String.format("%d,%s%n", i, city));
    }
    StringBuilder lands = new StringBuilder("city,land\n");
    for (int i = 0; i < 7; i++) {
      lands.append(String.format("city%d,land of city%d%n", i, i));
    }
    Files.writeString(folder.resolve("places.csv"), places);
    Files.writeString(folder.resolve("truth.csv"), truth);
    Files.writeString(folder.resolve("lands.csv"), lands);
  }

  @Test
  void theyLeaveBeforeTheVersionIsWrittenAndNoneIsLost() throws Exception {
    scene.write("recipe.yaml", RECIPE);
    RunResult result = scene.run("recipe.yaml");
    assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
    Map<String, @Nullable Object> counts = Scene.part(result.report(), "accounting");
    assertThat(counts)
        .containsEntry("conserved", true)
        .containsEntry("read", 300L)
        .containsEntry("kept", 265L)
        .containsEntry("dropped", 35L)
        .containsEntry("merged", 0L);
    assertThat(Scene.part(counts, "reasons"))
        .containsEntry("not_compliant", 10L)
        .containsEntry("differs_from_reference", 25L);
    List<Map<String, @Nullable Object>> aside = VerdictsTest.lines(result, "aside");
    assertThat(aside).hasSize(35);
    assertThat(aside)
        .filteredOn(sample -> Json.list(sample.get("_checks")).contains("city"))
        .hasSize(15)
        .allSatisfy(
            sample ->
                assertThat(sample.get("city (reference)"))
                    .isNotNull()
                    .isNotEqualTo(sample.get("city")));
    assertThat(aside)
        .filteredOn(sample -> Json.list(sample.get("_checks")).contains("land"))
        .hasSize(10)
        .allSatisfy(sample -> assertThat(sample).containsEntry("land", "nowhere"));
    assertThat(VerdictsTest.lines(result, "verdicts")).hasSize(35);
  }

  @Test
  void aCheckWhoseSamplesStayMeasuresWhatIsLeft() throws Exception {
    scene.write("recipe.yaml", RECIPE);
    RunResult result = scene.run("recipe.yaml");
    Map<String, @Nullable Object> left =
        Scene.parts(result.report(), "checks").stream()
            .filter(check -> "what is left".equals(check.get("check")))
            .findAny()
            .orElseThrow();
    assertThat(left).containsEntry("value", 1.0);
    assertThat(Scene.part(left, "metric")).containsEntry("denominator", 265.0);
  }

  @Test
  void theVersionHasTheFieldsAndSamplesThatAFilterWouldLeave() throws Exception {
    scene.write("recipe.yaml", RECIPE);
    RunResult one = scene.run("recipe.yaml", "one", Scene.Way.of(1, 1 << 20));
    RunResult many = scene.run("recipe.yaml", "many", Scene.Way.of(4, 500));
    assertThat(Scene.digest(many)).isEqualTo(Scene.digest(one));
    assertThat(VerdictsTest.lines(many, "aside"))
        .containsExactlyInAnyOrderElementsOf(VerdictsTest.lines(one, "aside"));
    scene.write(
        "filter.yaml",
        """
        recipe: filter
        read: [ { acquire.csv: { path: places.csv } } ]
        steps:
          - quality.where: { keep: "n < 290 and land != 'nowhere' and n % 20 != 0" }
        """);
    RunResult filtered = scene.run("filter.yaml", "filter", Scene.Way.of(1, 1 << 20));
    assertThat(Scene.digest(one)).isEqualTo(Scene.digest(filtered));
  }

  @Test
  void aSecondRunFindsTheSameAndTellsItAgain() throws Exception {
    scene.write("recipe.yaml", RECIPE);
    RunResult first = scene.run("recipe.yaml");
    RunResult second = scene.run("recipe.yaml");
    assertThat(Scene.digest(second)).isEqualTo(Scene.digest(first));
    assertThat(VerdictsTest.lines(second, "aside")).isEqualTo(VerdictsTest.lines(first, "aside"));
    assertThat(Scene.part(second.report(), "accounting").get("dropped"))
        .isEqualTo(Scene.part(first.report(), "accounting").get("dropped"));
    assertThat(Scene.part(second.report(), "accounting")).containsEntry("conserved", true);
  }
}
