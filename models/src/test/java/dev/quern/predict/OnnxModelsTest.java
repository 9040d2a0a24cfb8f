package dev.quern.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.catalog.StandardCatalog;
import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.operator.Fit;
import dev.quern.operator.ModelFormat;
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
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxModelsTest {
  private static final Registry NONE = new Registry(List.of());
  private static final Registry OPERATORS = new Registry(List.of(new StandardCatalog()));

  /** What was written last. */
  private Map<String, byte[]> files = Map.of();

  private static TrainedModel train(OperatorSpec spec, String parameters, Table table)
      throws IOException {
    return Table.trainer(spec, parameters).train(table);
  }

  private Map<String, Object> write(Table table, TrainedModel model) throws IOException {
    ServingPlan plan = new ServingPlan(table.schema(), table.target(), List.of(), table.schema());
    return write(plan, model, NONE);
  }

  private Map<String, Object> write(ServingPlan plan, TrainedModel model, Registry registry)
      throws IOException {
    ModelFormat.Encoded encoded = new OnnxModels().encode(plan, model, registry);
    files = encoded.files();
    return encoded.told();
  }

  private Predictor open() throws IOException {
    return new OnnxModels().open(files, NONE, Secrets.NONE);
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
      assertThat(predictor.inputs().names())
          .doesNotContain("good", "id", "tags", "one")
          .contains("age", "weight", "price", "when", "day", "member", "colour", "note");
      assertThat(predictor.raw().names()).contains("good", "id", "tags", "one", "age");
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
    assertThat(files.get("model.onnx")).hasSizeLessThan(3000);
  }

  @Test
  void missingAndUnseenValuesAreAnsweredAsTrainingPreparesThem() throws IOException {
    Table table = mixed(800);
    TrainedModel model = train(Mlp.SPEC, "{\"exclude\": [\"note\"]}", table);
    write(table, model);
    Table other = new Table("good", table.schema().fields().toArray(Field[]::new));
    other.add(Split.TEST, null, null, null, null, null, null, null, null, null, null, null, null);
    other.add(
        Split.TEST, "x", 30L, 1.0, BigDecimal.ONE, 0L, 0, true, "never seen", "n", null, 8L, null);
    other.add(Split.TEST, "x", 30L, 1.0, BigDecimal.ONE, 0L, 0, true, "😀", "n", null, 8L, null);
    other.add(
        Split.TEST,
        "x",
        Long.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        BigDecimal.ONE,
        Long.MIN_VALUE,
        0,
        true,
        "",
        "n",
        null,
        8L,
        null);
    try (Predictor predictor = open()) {
      Batch answers = predictor.predict(other.raw(Split.TEST));
      assertThat(Table.boxed(answers, "prediction")).hasSize(4).doesNotContainNull();
      List<Object> probabilities = Table.boxed(answers, "probability.yes");
      assertThat(probabilities).allSatisfy(p -> assertThat((Double) p).isBetween(0.0, 1.0));
      // The emoji is a category that ONNX Runtime's Java interface spells in its own way.
      assertThat(probabilities.get(1)).isNotEqualTo(probabilities.get(2));
      Batch none = predictor.predict(other.raw(Split.TEST).select(new int[0], 0));
      assertThat(none.count()).isZero();
    }
  }

  @Test
  void graphStepsBecomePartOfTheModelAndHostStepsRunBeforeIt() throws IOException {
    Table raw = mixed(600);
    Steps steps = new Steps(raw.schema(), OPERATORS);
    steps.add("privacy.redact_pattern", "{\"fields\": [\"note\"]}", new Fit(Map.of()));
    int host = steps.size();
    steps.add(
        "quality.parse_missing",
        "{\"match\": \"exact\", \"tokens\": [\"green\", \"\"], \"fields\": [\"colour\"]}",
        null);
    steps.add(
        "quality.impute",
        "{\"fields\": [\"colour\"], \"with\": \"mode\"}",
        new Fit(Map.of("colour", "蓝")));
    steps.add(
        "quality.standardize",
        "{\"fields\": [\"weight\"]}",
        new Fit(Map.of("weight", Map.of("center", 2.5, "scale", 3.0))));
    steps.add("quality.rename", "{\"fields\": {\"age\": \"years\", \"when\": \"at\"}}", null);
    Table prepared = steps.apply(raw);
    TrainedModel model = train(Mlp.SPEC, "{\"epochs\": 3}", prepared);
    ServingPlan plan = new ServingPlan(raw.schema(), "good", steps.steps(), prepared.schema());
    Map<String, Object> told = write(plan, model, OPERATORS);
    assertThat((List<?>) told.get("host_steps")).hasSize(host);
    assertThat((List<?>) told.get("graph_steps")).hasSize(4);
    assertThat((List<?>) told.get("inputs"))
        .asList()
        .contains("age", "when")
        .doesNotContain("years");
    assertThat((Double) told.get("parity_of_steps")).isLessThanOrEqualTo(1e-5);
    try (Predictor predictor = new OnnxModels().open(files, OPERATORS, Secrets.NONE)) {
      Batch answers = predictor.predict(raw.raw(Split.TEST));
      Batch direct = direct(prepared, model);
      assertThat(Table.boxed(answers, "probability")).isEqualTo(Table.boxed(direct, "probability"));
    }
  }

  @Test
  void aTextThatStepsChangeAfterwardsIsHashedAfterThem() throws IOException {
    Table raw = mixed(400);
    Steps steps = new Steps(raw.schema(), OPERATORS);
    steps.add("quality.parse_missing", "{\"match\": \"exact\", \"fields\": [\"note\"]}", null);
    steps.add("quality.rename", "{\"fields\": {\"note\": \"remark\"}}", null);
    Table prepared = steps.apply(raw);
    TrainedModel model = train(Linear.SPEC, "{\"epochs\": 3}", prepared);
    ServingPlan plan = new ServingPlan(raw.schema(), "good", steps.steps(), prepared.schema());
    Map<String, Object> told = write(plan, model, OPERATORS);
    assertThat((List<?>) told.get("host_steps")).hasSize(1);
    assertThat((List<?>) told.get("graph_steps")).hasSize(1);
    try (Predictor predictor = new OnnxModels().open(files, OPERATORS, Secrets.NONE)) {
      Batch answers = predictor.predict(raw.raw(Split.TEST));
      assertThat(Table.boxed(answers, "probability"))
          .isEqualTo(Table.boxed(direct(prepared, model), "probability"));
    }
  }

  /** Answers of the model alone on prepared samples. */
  private Batch direct(Table prepared, TrainedModel model) throws IOException {
    ServingPlan bare = new ServingPlan(prepared.schema(), "good", List.of(), prepared.schema());
    Map<String, byte[]> other = new OnnxModels().encode(bare, model, NONE).files();
    try (Predictor predictor = new OnnxModels().open(other, NONE, Secrets.NONE)) {
      return predictor.predict(prepared.raw(Split.TEST));
    }
  }

  @Test
  void aModelThatAnswersOtherwiseIsNotPublished() throws IOException {
    Table table = mixed(300);
    TrainedModel model = train(Linear.SPEC, "{\"epochs\": 2}", table);
    List<double[]> wrong = new java.util.ArrayList<>();
    model.check().expected().forEach(one -> wrong.add(one.clone()));
    wrong.get(7)[0] += 0.01;
    TrainedModel other =
        new TrainedModel(
            model.body(),
            model.features(),
            model.answers(),
            model.metrics(),
            model.history(),
            model.details(),
            new TrainedModel.Check(model.check().samples(), wrong, 1));
    assertThatThrownBy(() -> write(table, other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the model in ONNX Runtime must answer as in training, within 1.0E-5")
        .hasMessageContaining("0.01")
        .hasMessageContaining("not published");
    assertThat(files).isEmpty();
  }

  @Test
  void aStepWhoseNodesDifferFromItsCodeIsNamed() throws IOException {
    Table raw = mixed(300);
    Registry broken = new Registry(List.of(() -> List.of(Plus.SPEC)));
    Steps steps = new Steps(raw.schema(), broken);
    steps.add("quality.plus", "{}", null);
    TrainedModel model = train(Linear.SPEC, "{\"epochs\": 2}", steps.apply(raw));
    ServingPlan plan = new ServingPlan(raw.schema(), "good", steps.steps(), raw.schema());
    assertThatThrownBy(() -> write(plan, model, broken))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("step quality.plus in ONNX Runtime must answer as in training");
  }

  @Test
  void manyClassesAndWholeNumbersAsClasses() throws IOException {
    Table table = new Table("digit", Field.of("x", Type.DOUBLE), Field.of("digit", Type.LONG));
    for (int i = 0; i < 2400; i++) {
      table.add(i % 7 == 0 ? Split.TEST : Split.TRAIN, (i % 24) / 2.0, (long) (i % 24));
    }
    TrainedModel model =
        train(
            Mlp.SPEC,
            "{\"loss\": \"categorical_cross_entropy\", \"epochs\": 60, \"learning_rate\": 0.02}",
            table);
    write(table, model);
    assertThat(model.metrics().get(0).value().orElseThrow()).isGreaterThan(0.9);
    try (Predictor predictor = open()) {
      Batch answers = predictor.predict(table.raw(Split.TEST));
      assertThat(answers.schema().names()).containsExactly("prediction", "probability");
      assertThat(answers.schema().field(0).type()).isEqualTo(Type.LONG);
    }
  }

  @Test
  void severalThreadsGetTheSameAnswersAndAClosedModelSaysSo() throws Exception {
    Table table = mixed(400);
    write(table, train(Mlp.SPEC, "{\"epochs\": 2}", table));
    Batch raw = table.raw(Split.TEST);
    Predictor predictor = open();
    List<Object> expected = Table.boxed(predictor.predict(raw), "probability");
    java.util.concurrent.ExecutorService pool =
        java.util.concurrent.Executors.newFixedThreadPool(4);
    List<java.util.concurrent.Future<List<Object>>> all = new java.util.ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(pool.submit(() -> Table.boxed(predictor.predict(raw), "probability")));
    }
    for (java.util.concurrent.Future<List<Object>> one : all) {
      assertThat(one.get()).isEqualTo(expected);
    }
    pool.shutdown();
    predictor.close();
    assertThatThrownBy(() -> predictor.predict(raw))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("model must be open; found: closed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.mlp", "train.linear"})
  void textsAloneAndNamesThatJavaCannotSpellToOnnxRuntime(String name) throws IOException {
    Table table = new Table("y", Field.of("/😀 field", Type.TEXT), Field.of("y", Type.TEXT));
    for (int i = 0; i < 600; i++) {
      String text = i + (i % 2 == 0 ? " 机器学习 model" : " 天气 weather") + i * 31;
      table.add(i % 3 == 0 ? Split.TEST : Split.TRAIN, text, i % 2 == 0 ? "😀" : "\u0000");
    }
    OperatorSpec spec = name.equals("train.mlp") ? Mlp.SPEC : Linear.SPEC;
    TrainedModel model = train(spec, "{}", table);
    Map<String, Object> told = write(table, model);
    assertThat((Double) told.get("parity")).isLessThanOrEqualTo(1e-5);
    try (Predictor predictor = open()) {
      Batch answers = predictor.predict(table.raw(Split.TEST));
      assertThat(Table.boxed(answers, "prediction")).isEqualTo(table.values(Split.TEST, "y"));
      assertThat(answers.schema().names()).contains("probability.😀");
    }
  }
}
