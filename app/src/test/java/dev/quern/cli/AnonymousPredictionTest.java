package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe without a model tells what anonymity costs one. */
class AnonymousPredictionTest {
  @TempDir private Path folder;

  /** Two thirds are yes, which follows from x; every tenth sample has no label. */
  @BeforeEach
  void data() throws Exception {
    StringBuilder table = new StringBuilder("x,town,label,weight\n");
    for (int i = 0; i < 600; i++) {
      int x = i * 37 % 300;
      String label = i % 10 == 9 ? "" : x < 100 ? "no" : "yes";
      table.append(x).append(i % 2 == 0 ? ",Delft," : ",杭州,").append(label).append(",1\n");
    }
    Files.writeString(folder.resolve("people.csv"), table.toString(), StandardCharsets.UTF_8);
  }

  private void recipe(String widths, String target) throws Exception {
    Files.writeString(
        folder.resolve("recipe.yaml"),
        """
        recipe: people
        read: [ { acquire.csv: { path: people.csv } } ]
        steps:
          - privacy.anonymize:
              quasi_identifiers: { x: { intervals: [%s] }, town: {} }
              k: 5
              accuracy_of: %s
        """
            .formatted(widths, target),
        StandardCharsets.UTF_8);
  }

  private Map<String, @Nullable Object> report() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("run", "recipe.yaml", "--json")).as(terminal.err()).isZero();
    return Json.parseObject(terminal.out());
  }

  private static Map<String, @Nullable Object> prediction(Map<String, @Nullable Object> report) {
    Map<String, @Nullable Object> step = Values.parts(report, "anonymisations").get(0);
    return Json.object(step.get("prediction"));
  }

  private static double share(Map<String, @Nullable Object> told, String when, String name) {
    Map<String, @Nullable Object> metric = Values.part(Values.part(told, when), name);
    return metric.get("value") instanceof Number value ? value.doubleValue() : Double.NaN;
  }

  private String page() throws Exception {
    try (var runs = Files.list(folder.resolve("workspace/runs"))) {
      Path last = runs.filter(Files::isDirectory).sorted().reduce((a, b) -> b).orElseThrow();
      return Files.readString(last.resolve("report.html"), StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatGeneralisingTakesFromAPredictionIsTold() throws Exception {
    recipe("1000", "label");
    Map<String, @Nullable Object> told = prediction(report());
    assertThat(told).containsEntry("target", "label").containsEntry("trainer", "train.linear");
    assertThat(Json.list(told.get("fields"))).isEqualTo(java.util.List.of("x", "town"));
    for (String when : java.util.List.of("before", "after")) {
      assertThat(Values.part(told, when)).containsEntry("samples", 540L);
      assertThat(share(told, when, "majority")).isBetween(0.6, 0.7);
      assertThat(Values.part(Values.part(told, when), "accuracy"))
          .containsEntry("denominator", 540.0);
    }
    assertThat(share(told, "before", "accuracy")).isGreaterThan(0.9);
    assertThat(share(told, "after", "accuracy")).isEqualTo(share(told, "after", "majority"));
    assertThat(page())
        .contains("label predicted from the quasi-identifiers, train.linear, 5-fold")
        .contains("the most frequent class alone");
  }

  @Test
  void narrowIntervalsKeepThePrediction() throws Exception {
    recipe("50, 1000", "label");
    Map<String, @Nullable Object> told = prediction(report());
    assertThat(share(told, "after", "accuracy")).isGreaterThan(0.9);
  }

  @Test
  void aSecondRunTellsTheSameWithoutTraining() throws Exception {
    recipe("1000", "label");
    Map<String, @Nullable Object> first = report();
    Map<String, @Nullable Object> second = report();
    assertThat(prediction(second)).isEqualTo(prediction(first));
    assertThat(Values.parts(second, "work"))
        .filteredOn(work -> "train".equals(work.get("kind")))
        .hasSize(1)
        .allSatisfy(work -> assertThat(work).containsEntry("status", "cached"));
    assertThat(Values.part(second, "accounting")).containsEntry("conserved", true);
    assertThat(Values.part(second, "accounting").get("kept")).isEqualTo(600L);
  }

  @Test
  void theFieldMustHoldClassesAndBeNoQuasiIdentifier() throws Exception {
    Terminal terminal = new Terminal(folder);
    recipe("1000", "weight");
    assertThat(terminal.run("plan", "recipe.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains("recipe.yaml:7:")
        .contains("accuracy_of must name a field of classes, text or bool, that is no")
        .contains("found: weight, long");
    recipe("1000", "town");
    assertThat(terminal.run("plan", "recipe.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("found: town, a quasi-identifier");
    recipe("1000", "lable");
    assertThat(terminal.run("plan", "recipe.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("found: lable; did you mean 'label'");
  }
}
