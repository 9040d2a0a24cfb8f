package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run tells what each threshold of a score keeps and what models are worth there. */
class KeepCurveTest {
  @TempDir private Path folder;

  /** Of every four train samples one has the wrong label and no source. */
  private void data() throws Exception {
    StringBuilder train = new StringBuilder("x,source,label\n");
    StringBuilder test = new StringBuilder("x,source,label\n");
    for (int i = 0; i < 800; i++) {
      double x = i * 37 % 100 / 100.0;
      boolean wrong = i % 4 == 0;
      boolean yes = x > 0.5 != wrong;
      train.append(x + (wrong ? ",," : ",web,") + (yes ? "yes" : "no") + "\n");
      if (i < 200) {
        test.append(x + ",web," + (x > 0.5 ? "yes" : "no") + "\n");
      }
    }
    Files.writeString(folder.resolve("train.csv"), train, StandardCharsets.UTF_8);
    Files.writeString(folder.resolve("test.csv"), test, StandardCharsets.UTF_8);
  }

  private void recipe(String exclude, String steps) throws Exception {
    Files.writeString(
        folder.resolve("recipe.yaml"),
        """
        recipe: scored
        read:
          - acquire.csv: { path: train.csv }
            split: train
          - acquire.csv: { path: test.csv }
            split: test
        roles: { label: label }
        steps:
          - quality.score: { weights: { completeness: 1 }, fields: [x, source] }
          - quality.score_filter: { above: 0.2, model_at: [0.2, 0.75] }
        %smodel:
          name: scored
          target: label
          train.linear: { exclude: [%s], epochs: 20 }
        """
            .formatted(steps, exclude),
        StandardCharsets.UTF_8);
  }

  private Map<String, @Nullable Object> report() {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("run", "recipe.yaml", "--json")).as(terminal.err()).isZero();
    return Json.parseObject(terminal.out());
  }

  @Test
  void modelsAreMeasuredAtThresholdsOnTheSameTestSamples() throws Exception {
    data();
    recipe("source, quality", "");
    Map<String, @Nullable Object> report = report();
    Map<String, @Nullable Object> curve = Json.object(Json.list(report.get("keep_curves")).get(0));
    assertThat(curve.get("samples")).isEqualTo(800L);
    assertThat(Json.list(curve.get("kept")).get(10)).isEqualTo(800L);
    assertThat(Json.list(curve.get("kept")).get(11)).isEqualTo(600L);
    List<Object> trained = new ArrayList<>();
    List<Object> tested = new ArrayList<>();
    for (Object item : Json.list(curve.get("models"))) {
      trained.add(Values.count(Json.object(item), "train_samples"));
      tested.add(Values.count(Json.object(item), "test_samples"));
      assertThat(Values.parts(Json.object(item), "metrics").get(0).get("name"))
          .isEqualTo("accuracy");
    }
    assertThat(trained).containsExactly(800L, 600L);
    assertThat(tested).containsExactly(200L, 200L);
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("run", "recipe.yaml")).isZero();
    Map<String, @Nullable Object> again = report();
    assertThat(again.get("keep_curves")).isEqualTo(report.get("keep_curves"));
    try (var runs = Files.list(folder.resolve("workspace/runs"))) {
      Path last = runs.filter(Files::isDirectory).sorted().reduce((a, b) -> b).orElseThrow();
      assertThat(Files.readString(last.resolve("report.html"), StandardCharsets.UTF_8))
          .contains("What a threshold of the score keeps")
          .contains("test accuracy of a model trained on what is kept");
    }
  }

  @Test
  void aThresholdForAModelNeedsTheScoreInTheVersion() throws Exception {
    data();
    recipe("source", "  - quality.select: { drop: [quality] }\n");
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("plan", "recipe.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains(
            "model_at must have the score among the fields of the version;"
                + " found: no field quality");
  }
}
