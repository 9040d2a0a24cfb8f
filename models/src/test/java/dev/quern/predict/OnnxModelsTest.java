package dev.quern.predict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Predictor;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.operator.ServingPlan;
import dev.quern.operator.TrainedModel;
import dev.quern.train.Linear;
import dev.quern.train.Mlp;
import dev.quern.train.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxModelsTest {
  private static final Registry NONE = new Registry(List.of());

  @TempDir private Path folder;

  private static TrainedModel train(OperatorSpec spec, String parameters, Table table)
      throws IOException {
    return Table.trainer(spec, parameters).train(table);
  }

  private Map<String, Object> write(Table table, TrainedModel model) throws IOException {
    ServingPlan plan = new ServingPlan(table.schema(), table.target(), List.of(), table.schema());
    return new OnnxModels().write(plan, model, NONE, folder);
  }

  private Predictor open() throws IOException {
    return new OnnxModels().open(folder, NONE, Secrets.NONE);
  }

  /** Every kind of input; the class follows from them. */
  static Table mixed(int samples) {
    Table table =
        new Table(
            "good",
            Field.of("id", Type.TEXT).with(Role.IDENTIFIER),
            Field.of("age", Type.LONG),
            Field.of("weight", Type.DOUBLE),
            Field.of("price", Type.decimal(10, 2)),
            Field.of("when", Type.TIMESTAMP),
            Field.of("day", Type.DATE),
            Field.of("member", Type.BOOL),
            Field.of("colour", Type.TEXT),
            Field.of("note", Type.TEXT),
            Field.of("tags", Type.list(Type.TEXT)),
            Field.of("one", Type.LONG),
            Field.of("good", Type.TEXT).with(Role.LABEL));
    Random random = new Random(5);
    List<String> colours = List.of("red", "green", "蓝", "😀", "");
    for (int i = 0; i < samples; i++) {
      long age = random.nextInt(80);
      String colour = random.nextInt(10) == 0 ? null : colours.get(random.nextInt(5));
      Double weight = random.nextInt(8) == 0 ? null : random.nextGaussian() * 10;
      boolean good = age > 40 == "red".equals(colour) || weight == null;
      table.add(
          i % 4 == 0 ? Split.TEST : Split.TRAIN,
          "id" + i,
          age,
          weight,
          BigDecimal.valueOf(random.nextInt(1000), 2),
          1_700_000_000_000_000L + random.nextInt() * 1_000_000L,
          19_000 + random.nextInt(400),
          random.nextBoolean(),
          colour,
          "note " + random.nextInt(1000) + (good ? " fine work" : " poor 质量差") + i,
          null,
          7L,
          good ? "yes" : "no");
    }
    return table;
  }

  @Test
  void everyKindOfFieldTrainsAndAnswersThroughOnnx() throws IOException {
    Table table = mixed(1200);
    TrainedModel model = train(Mlp.SPEC, "{\"epochs\": 20, \"hidden\": [16]}", table);
    Map<String, Object> told = write(table, model);
    assertThat((Double) told.get("parity")).isLessThanOrEqualTo(1e-5);
    assertThat((Long) told.get("parity_samples")).isGreaterThan(100);
    assertThat((List<?>) told.get("inputs"))
        .asList()
        .doesNotContain("id", "tags", "one", "good", "note")
        .contains("age", "weight", "price", "when", "day", "member", "colour", "note.ngrams.ids");
    assertThat(model.metrics().get(0).name()).isEqualTo("accuracy");
    assertThat(model.metrics().get(0).value().orElseThrow()).isGreaterThan(0.95);
    assertThat(model.metrics().get(0).denominator()).isEqualTo(300);
    try (Predictor predictor = open()) {
      assertThat(predictor.inputs().names()).doesNotContain("good");
      Batch answers = predictor.predict(table.raw(Split.TEST));
      assertThat(answers.schema().names())
          .containsExactly("prediction", "probability", "probability.no", "probability.yes");
      List<Object> found = Table.boxed(answers, "prediction");
      List<Object> truth = table.values(Split.TEST, "good");
      int right = 0;
      for (int i = 0; i < found.size(); i++) {
        right += found.get(i).equals(truth.get(i)) ? 1 : 0;
      }
      assertThat((double) right).isEqualTo(model.metrics().get(0).numerator());
    }
  }

  @Test
  void aLineIsFoundAgain() throws IOException {
    Table table = new Table("y", Field.of("x", Type.DOUBLE), Field.of("y", Type.DOUBLE));
    for (int i = 0; i < 400; i++) {
      double x = i / 40.0 - 5;
      table.add(i % 5 == 0 ? Split.TEST : Split.TRAIN, x, 3 * x + 2);
    }
    TrainedModel model = train(Linear.SPEC, "{\"epochs\": 60, \"optimizer\": \"sgd\"}", table);
    write(table, model);
    assertThat(model.metrics().stream().map(m -> m.name())).containsExactly("mae", "rmse", "r2");
    assertThat(model.metrics().get(0).value().orElseThrow()).isLessThan(1e-4);
    try (Predictor predictor = open()) {
      List<Object> answers = Table.boxed(predictor.predict(table.raw(Split.TEST)), "prediction");
      List<Object> truth = table.values(Split.TEST, "y");
      for (int i = 0; i < answers.size(); i++) {
        assertThat((Double) answers.get(i))
            .isCloseTo((Double) truth.get(i), org.assertj.core.data.Offset.offset(1e-3));
      }
    }
    assertThat(Files.size(folder.resolve("model.onnx"))).isLessThan(3000);
  }
}
