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
import java.util.List;
import java.util.Map;
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
      steps:
        - quality.out_of_fold: { label: kind, with: { train.linear: { epochs: 30 } }, folds: 4 }
        - quality.label_errors: { label: kind, probabilities: probabilities, find_by: predicted_neq_given }
        - quality.drop_label_errors: {}
      """;

  @TempDir private Path folder;

  /** Two clouds of points; every twentieth label is of the other one. */
  private Scene scene() {
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder csv = new StringBuilder("number,x,y,kind\n");
    for (int i = 0; i < 400; i++) {
      boolean left = i % 2 == 0;
      double x = random.nextGaussian() + (left ? -4 : 4);
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
    scene.write("labels.yaml", FOUND.replace("epochs: 30", "epochs: none"));
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

  /** The values of a NumPy file, behind its header. */
  private static ByteBuffer values(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    return bytes.position(10 + bytes.getShort(8)).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
