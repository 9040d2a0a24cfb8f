package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.format.json.Json;
import dev.quern.recipe.RecipeException;
import dev.quern.run.RunResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong labels, from the samples to the version: found, dropped, changed, told. */
class LabelsTest {
  private static final String FOUND =
      """
      recipe: labels
      seed: 3
      dropped: ids
      read:
        - acquire.csv: { path: points.csv }
          roles: { kind: label, number: identifier }
      steps:
        - quality.out_of_fold: { with: { train.linear: { epochs: 60 } }, folds: 4 }
        - quality.label_errors: { probabilities: probabilities, find_by: predicted_neq_given }
        - quality.drop_label_errors: {}
      """;

  @TempDir private Path folder;

  /** Two clouds of points; every twentieth label is of the other one. */
  private Scene scene() {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder csv = new StringBuilder("number,x,y,kind\n");
    for (int i = 0; i < 400; i++) {
      boolean left = i % 2 == 0;
      double x = random.nextGaussian() + (left ? -6 : 6);
      double y = random.nextGaussian();
      boolean wrong = i % 20 == 7;
      csv.append(i).append(',').append(x).append(',').append(y);
      csv.append(',').append(left != wrong ? "left" : "right").append('\n');
    }
    Scene scene = new Scene(folder);
    scene.write("points.csv", csv.toString());
    scene.write("labels.yaml", FOUND);
    return scene;
  }

  @Test
  void theErrorsThatWerePlantedAreDropped() throws Exception {
    RunResult result = scene().run("labels.yaml");
    assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
    assertThat(dropped(result)).isEqualTo(20L);
  }

  private static @Nullable Object dropped(RunResult result) {
    for (Map<String, @Nullable Object> step : Scene.parts(result.report(), "steps")) {
      if ("quality.drop_label_errors".equals(step.get("operator"))) {
        return Json.object(step.get("counts")).get("dropped");
      }
    }
    return "none";
  }

  @Test
  void threadsAndMorselsDoNotMatterAndASecondRunTrainsNothing() throws Exception {
    Scene scene = scene();
    String digest = Scene.digest(scene.run("labels.yaml"));
    assertThat(Scene.digest(scene.run("labels.yaml", "other", Scene.Way.of(1, 700))))
        .isEqualTo(digest);
    RunResult again = scene.run("labels.yaml");
    assertThat(Scene.digest(again)).isEqualTo(digest);
    assertThat(Json.list(again.report().get("work")))
        .allSatisfy(work -> assertThat(Json.object(work)).containsEntry("status", "cached"));
  }

  @Test
  void probabilitiesOfUnknownOriginAreRefused() {
    Scene scene = new Scene(folder);
    scene.write("p.jsonl", "{\"kind\":\"a\",\"p\":[0.5,0.5]}\n{\"kind\":\"b\",\"p\":[0.5,0.5]}\n");
    scene.write(
        "p.yaml",
        """
        recipe: p
        read:
          - acquire.jsonl: { path: p.jsonl }
        steps:
          - quality.label_errors: { label: kind, probabilities: p }
        """);
    assertThatThrownBy(() -> scene.run("p.yaml"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining(
            "probabilities must be made by models that have not seen the samples; found: p, of"
                + " which nothing says so");
  }

  @Test
  void aTrainerThatIsNotThereIsToldWithTheOneThatWasMeant() {
    Scene scene = scene();
    scene.write("labels.yaml", FOUND.replace("train.linear", "train.linea"));
    assertThatThrownBy(() -> scene.run("labels.yaml"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("with must name a trainer; found: train.linea")
        .hasMessageContaining("train.linear");
    scene.write("labels.yaml", FOUND.replace("epochs: 60", "epochs: none"));
    assertThatThrownBy(() -> scene.run("labels.yaml"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("train.linear.epochs");
  }

  @Test
  void aRunFindsAsManyLabelsOfCifarAsCleanlab() throws Exception {
    Path data = TestData.folder("labels-errors-cifar10");
    ByteBuffer labels = values(data.resolve("cifar10_test_set_original_labels.npy"));
    ByteBuffer all = values(data.resolve("cifar10_test_set_pyx.npy"));
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      lines.append("{\"label\":").append(labels.getShort()).append(",\"p\":[");
      for (int k = 0; k < 10; k++) {
        lines.append(k == 0 ? "" : ",").append(all.getDouble());
      }
      lines.append("]}\n");
    }
    Scene scene = new Scene(folder);
    scene.write("cifar.jsonl", lines.toString());
    List<String> found =
        List.of(
            "prune_by_noise_rate 284",
            "prune_by_class 284",
            "both 226",
            "confident_learning 244",
            "predicted_neq_given 706");
    for (String expected : found) {
      String by = expected.substring(0, expected.indexOf(' '));
      scene.write(
          "cifar.yaml",
          """
          recipe: cifar
          read:
            - acquire.jsonl: { path: cifar.jsonl }
          steps:
            - quality.label_errors:
                { label: label, probabilities: p, probabilities_are: out_of_sample, find_by: %s }
            - quality.drop_label_errors: {}
          """
              .formatted(by));
      assertThat(by + " " + dropped(scene.run("cifar.yaml", "w", Scene.Way.of(2, 100_000))))
          .isEqualTo(expected);
    }
  }

  private static final String FLAGGED = FOUND.replace("  - quality.drop_label_errors: {}\n", "");

  @Test
  void labelsGoOutToReviewersAndComeBack() throws Exception {
    Scene scene = scene();
    scene.write("labels.yaml", FLAGGED);
    scene.run("labels.yaml");
    Scene.Said said =
        scene.quern(
            "export",
            "labels",
            "--workspace",
            "workspace",
            "--format",
            "label_studio",
            "--output",
            "tasks.json");
    assertThat(said.code()).as(said.err()).isZero();
    List<@Nullable Object> tasks =
        Json.list(Json.parse(Files.readString(folder.resolve("tasks.json"))));
    assertThat(tasks).hasSize(20);
    List<Double> qualities = new ArrayList<>();
    StringBuilder reviewed = new StringBuilder("[");
    for (int i = 0; i < tasks.size(); i++) {
      Map<String, @Nullable Object> task = Json.object(tasks.get(i));
      Map<String, @Nullable Object> data = Json.object(task.get("data"));
      qualities.add((Double) Objects.requireNonNull(data.get("label_quality")));
      Map<String, @Nullable Object> prediction =
          Json.object(Json.list(task.get("predictions")).get(0));
      Map<String, @Nullable Object> result =
          Json.object(Json.list(prediction.get("result")).get(0));
      Object suggested = Json.list(Json.object(result.get("value")).get("choices")).get(0);
      // The first five are confirmed as they were given, the sixth is skipped, the others mended.
      Object chosen = i < 5 ? data.get("given_label") : suggested;
      task.put("id", (long) i);
      task.put(
          "annotations",
          List.of(
              Map.of(
                  "was_cancelled",
                  i == 5,
                  "result",
                  List.of(
                      Map.of(
                          "type",
                          "choices",
                          "value",
                          Map.of("choices", List.of(Objects.requireNonNull(chosen))))))));
      reviewed.append(i == 0 ? "\n" : ",\n").append(Json.write(task));
    }
    assertThat(qualities).isSorted();
    scene.write("reviewed.json", reviewed + "\n]\n");
    scene.write(
        "mended.yaml",
        """
        recipe: mended
        seed: 3
        inputs:
          points:
            read:
              - acquire.csv: { path: points.csv }
          reviews:
            read:
              - acquire.label_studio: { path: reviewed.json }
        combine:
          review: { label: kind }
        checks:
          - count() = 400
        """);
    RunResult mended = scene.run("mended.yaml");
    assertThat(mended.status()).isEqualTo(RunResult.Status.DONE);
    Map<String, @Nullable Object> counts =
        Json.object(Scene.parts(mended.report(), "steps").get(0).get("counts"));
    assertThat(counts).containsEntry("merged", 20L).containsEntry("quarantined", 0L);
    assertThat(Json.write(counts.get("changed"))).contains("14");
  }

  /** The values of a NumPy file, behind its header. */
  private static ByteBuffer values(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.position(10 + bytes.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
