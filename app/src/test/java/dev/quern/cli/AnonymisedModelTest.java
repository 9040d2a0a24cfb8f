package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run tells what a model loses by the anonymity of its samples. */
class AnonymisedModelTest {
  @TempDir private Path folder;

  /** The label follows from x, which is nearly unique; town says nothing. */
  private void data() throws Exception {
    Files.writeString(folder.resolve("train.csv"), table(600), StandardCharsets.UTF_8);
    Files.writeString(folder.resolve("test.csv"), table(200), StandardCharsets.UTF_8);
  }

  private static String table(int rows) {
    StringBuilder table = new StringBuilder("x,town,label\n");
    for (int i = 0; i < rows; i++) {
      int x = i * 37 % 400;
      table.append(x).append(i % 2 == 0 ? ",Delft," : ",杭州,").append(x < 200 ? "no" : "yes");
      table.append('\n');
    }
    return table.toString();
  }

  private void recipe(String widths, String after) throws Exception {
    Files.writeString(
        folder.resolve("recipe.yaml"),
        """
        recipe: people
        read:
          - acquire.csv: { path: train.csv }
            split: train
          - acquire.csv: { path: test.csv }
            split: test
        steps:
          - privacy.anonymize:
              quasi_identifiers: { x: { intervals: [%s] }, town: {} }
              k: 3
        %smodel:
          name: people
          target: label
          train.linear: { epochs: 40 }
        """
            .formatted(widths, after),
        StandardCharsets.UTF_8);
  }

  private Map<String, @Nullable Object> report() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("run", "recipe.yaml", "--json")).as(terminal.err()).isZero();
    return Json.parseObject(terminal.out());
  }

  private static Map<String, @Nullable Object> costs(Map<String, @Nullable Object> report) {
    List<Map<String, @Nullable Object>> all = Values.parts(report, "anonymisations");
    assertThat(all).hasSize(1);
    return Json.object(all.get(0).get("model"));
  }

  private static double accuracy(Map<String, @Nullable Object> costs, String when) {
    Map<String, @Nullable Object> metric =
        Values.parts(Json.object(costs.get(when)), "metrics").get(0);
    assertThat(metric.get("name")).isEqualTo("accuracy");
    return metric.get("value") instanceof Number value ? value.doubleValue() : Double.NaN;
  }

  @Test
  void aModelLosesWhatItsFieldLoses() throws Exception {
    data();
    recipe("1000", "");
    Map<String, @Nullable Object> report = report();
    Map<String, @Nullable Object> costs = costs(report);
    assertThat(accuracy(costs, "before")).isGreaterThan(0.95);
    assertThat(accuracy(costs, "after")).isLessThan(0.7);
    Map<String, @Nullable Object> model = Json.object(report.get("model"));
    assertThat(Json.object(costs.get("after")).get("metrics"))
        .as("after: the model that was published")
        .isEqualTo(
            Values.parts(model, "metrics").stream().filter(m -> m.get("part") == null).toList());
    for (String when : List.of("before", "after")) {
      assertThat(Values.count(Json.object(costs.get(when)), "train_samples")).isEqualTo(600);
      assertThat(Values.count(Json.object(costs.get(when)), "test_samples")).isEqualTo(200);
    }
    assertThat(costs(report())).as("known from before").isEqualTo(costs);
    assertThat(page()).contains("the model, on test samples").contains("samples it was trained on");
  }

  private String page() throws Exception {
    try (var runs = Files.list(folder.resolve("workspace/runs"))) {
      Path last = runs.filter(Files::isDirectory).sorted().reduce((a, b) -> b).orElseThrow();
      return Files.readString(last.resolve("report.html"), StandardCharsets.UTF_8);
    }
  }

  /** The scale is learnt from what is there without the step, so it is another fit. */
  @Test
  void laterStepsLearnAnewFromSamplesThatAreNotGeneralised() throws Exception {
    data();
    recipe(
        "200",
        """
          - quality.impute: { fields: [town], with: mode }
          - quality.where: { keep: "label IS NOT NULL" }
        """);
    Map<String, @Nullable Object> costs = costs(report());
    assertThat(accuracy(costs, "before")).isGreaterThan(0.95);
    assertThat(accuracy(costs, "after")).isGreaterThan(0.95);
    try (var left = Files.list(folder.resolve("workspace/work/passes"))) {
      assertThat(left.map(path -> String.valueOf(path.getFileName())))
          .noneMatch(name -> name.startsWith("handed-"));
    }
  }

  @Test
  void whereLaterStepsNeedTheStepTheReportSaysSo() throws Exception {
    data();
    recipe("200", "  - quality.where: { keep: \"x LIKE '[%'\" }\n");
    assertThat(costs(report())).containsOnly(Map.entry("not_compared", "later_steps"));
    assertThat(page()).contains("Not compared: later steps cannot be applied");
  }

  @Test
  void withoutATestSplitNothingIsCompared() throws Exception {
    data();
    Files.writeString(
        folder.resolve("recipe.yaml"),
        """
        recipe: people
        read:
          - acquire.csv: { path: train.csv }
        steps:
          - privacy.anonymize: { quasi_identifiers: [town], k: 3 }
        model:
          name: people
          target: label
          train.linear: { epochs: 2 }
        """,
        StandardCharsets.UTF_8);
    assertThat(Values.parts(report(), "anonymisations").get(0)).doesNotContainKey("model");
  }
}
