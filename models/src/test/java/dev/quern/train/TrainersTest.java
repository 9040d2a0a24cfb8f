package dev.quern.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.operator.BindException;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.TrainedModel;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainersTest {

  private static TrainedModel train(OperatorSpec spec, String parameters, Table table)
      throws IOException {
    return Table.trainer(spec, parameters).train(table);
  }

  private static Metric metric(TrainedModel model, String written) {
    return model.metrics().stream()
        .filter(metric -> (metric.name() + " " + metric.part()).strip().equals(written))
        .findFirst()
        .orElseThrow();
  }

  /** Numbers, categories with rare values, missing ones and free text in two languages. */
  private static Table table(int samples) {
    Table table =
        new Table(
            "y",
            Field.of("a", Type.DOUBLE),
            Field.of("c", Type.TEXT),
            Field.of("t", Type.TEXT),
            Field.of("y", Type.TEXT));
    Random random = new Random(3);
    List<String> categories = List.of("x", "y", "z");
    for (int i = 0; i < samples; i++) {
      int kind = random.nextInt(3);
      table.add(
          i % 5 == 0 ? Split.TEST : i % 5 == 1 ? Split.VALIDATION : Split.TRAIN,
          random.nextInt(9) == 0 ? null : kind + random.nextGaussian(),
          random.nextInt(9) == 0
              ? null
              : random.nextInt(40) == 0 ? "rare" + i : categories.get(random.nextInt(3)),
          i
              + (kind == 0 ? " red apple " : kind == 1 ? " 绿色的梨子 " : " 蓝莓 blue berry ")
              + random.nextInt(),
          kind == 0 ? "A" : kind == 1 ? "b" : "中");
    }
    return table;
  }

  /** The bytes of the model as a graph over the prepared fields. */
  private static byte[] bytes(Table table, TrainedModel model) {
    OnnxGraph graph = new OnnxGraph("test");
    GraphFields fields = new GraphFields(graph);
    for (Field field : table.schema().fields()) {
      ElementType type = field.type().equals(Type.TEXT) ? ElementType.STRING : ElementType.DOUBLE;
      fields.set(field, graph.input(field.name(), type, 1));
    }
    model.body().emit(fields);
    return graph.toBytes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.mlp", "train.linear"})
  void threadsAndStorageOrderChangeNoBit(String name) throws IOException {
    OperatorSpec spec = name.equals("train.mlp") ? Mlp.SPEC : Linear.SPEC;
    Table table = table(500);
    String parameters =
        "{\"epochs\": 3, \"batch_size\": 100, \"early_stopping\": {\"patience\": 2}}";
    TrainedModel first = train(spec, parameters, table);
    byte[] expected = bytes(table, first);
    for (int threads : new int[] {2, 5}) {
      TrainedModel other = train(spec, parameters, table.threads(threads));
      assertThat(bytes(table, other)).isEqualTo(expected);
      assertThat(other.metrics()).isEqualTo(first.metrics());
    }
    TrainedModel shuffled = train(spec, parameters, table.shuffled(9));
    assertThat(bytes(table, shuffled)).isEqualTo(expected);
    assertThat(shuffled.metrics()).isEqualTo(first.metrics());
    assertThat(shuffled.history()).isEqualTo(first.history());
    assertThat(shuffled.details()).isEqualTo(first.details());
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.mlp", "train.linear"})
  void chineseAndEnglishTextsAreClassified(String name) throws IOException {
    OperatorSpec spec = name.equals("train.mlp") ? Mlp.SPEC : Linear.SPEC;
    TrainedModel model = train(spec, "{\"inputs\": [\"t\"], \"epochs\": 20}", table(1500));
    assertThat(metric(model, "accuracy").value().orElseThrow()).isGreaterThan(0.95);
    assertThat(metric(model, "recall 中").value().orElseThrow()).isGreaterThan(0.9);
    assertThat(model.answers().stream().map(answer -> answer.field().name()))
        .containsExactly(
            "prediction", "probability", "probability.A", "probability.b", "probability.中");
  }

  @Test
  void samplesWithoutTargetAreCountedAndNotUsed() throws IOException {
    Table table = table(400);
    table.add(Split.TRAIN, 1.0, "x", "t", null);
    table.add(Split.TEST, 1.0, "x", "t", null);
    table.add(Split.TEST, 1.0, "x", "t", "never in train");
    TrainedModel model = train(Linear.SPEC, "{\"epochs\": 1}", table);
    assertThat(model.details())
        .containsEntry("train_samples_without_target", 1L)
        .containsEntry("test_samples_read", 82L)
        .containsEntry("test_samples_scored", 80L)
        .containsEntry("test_samples_of_unknown_class", 1L);
    assertThat(metric(model, "accuracy").denominator()).isEqualTo(80);
  }

  @Test
  void withoutSplitsTrainIsMeasuredAndSaidSo() throws IOException {
    Table table = new Table("y", Field.of("x", Type.LONG), Field.of("y", Type.BOOL));
    for (int i = 0; i < 300; i++) {
      table.add(Split.NONE, (long) i, i > 150);
    }
    TrainedModel model = train(Linear.SPEC, "{\"epochs\": 40}", table);
    assertThat(model.metrics().get(0).name()).isEqualTo("train_accuracy");
    assertThat(model.metrics().get(0).value().orElseThrow()).isGreaterThan(0.95);
    assertThat(model.details()).containsEntry("positive", "true");
    TrainedModel stopped =
        train(Linear.SPEC, "{\"epochs\": 40, \"early_stopping\": {\"patience\": 1}}", table);
    assertThat(stopped.metrics().get(0).name()).isEqualTo("validation_accuracy");
    assertThat(stopped.details().get("validation_samples_scored"))
        .isEqualTo(300L - (Long) stopped.details().get("train_samples_used"));
  }

  @Test
  void thePositiveClassCanBeChosen() throws IOException {
    Table table = new Table("y", Field.of("x", Type.LONG), Field.of("y", Type.TEXT));
    for (int i = 0; i < 200; i++) {
      table.add(i % 2 == 0 ? Split.TRAIN : Split.TEST, (long) i, i > 100 ? "no" : "yes");
    }
    String rest = "\"epochs\": 60}";
    TrainedModel usual = train(Linear.SPEC, "{" + rest, table);
    TrainedModel chosen = train(Linear.SPEC, "{\"positive\": \"no\", " + rest, table);
    assertThat(usual.details()).containsEntry("positive", "yes");
    assertThat(chosen.details()).containsEntry("positive", "no");
    assertThat(metric(chosen, "auc").value().orElseThrow()).isGreaterThan(0.99);
    assertThat(metric(chosen, "accuracy").value().orElseThrow()).isGreaterThan(0.9);
  }

  @Test
  void whatCannotBeTrainedIsToldBeforeTheData() {
    Schema schema =
        Schema.of(
            Field.of("x", Type.LONG),
            Field.of("y", Type.TEXT),
            Field.of("d", Type.DOUBLE),
            Field.of("l", Type.list(Type.LONG)));
    assertThatThrownBy(() -> Table.trainer(Mlp.SPEC, "{}").predictions(schema, "z"))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("found: z");
    assertThatThrownBy(() -> Table.trainer(Mlp.SPEC, "{}").predictions(schema, "l"))
        .isInstanceOf(BindException.class)
        .hasMessage("target must be a number, a text or a bool; found: l, list<long>");
    assertThatThrownBy(
            () -> Table.trainer(Mlp.SPEC, "{\"loss\": \"mse\"}").predictions(schema, "y"))
        .isInstanceOf(BindException.class)
        .hasMessage("must be another than mse, or the target a number; found: y, text");
    assertThatThrownBy(
            () ->
                Table.trainer(Mlp.SPEC, "{\"loss\": \"binary_cross_entropy\"}")
                    .predictions(schema, "d"))
        .isInstanceOf(BindException.class)
        .hasMessageContaining(
            "an entropy only for a text, bool or long as target; found: d, double");
    assertThatThrownBy(
            () -> Table.trainer(Mlp.SPEC, "{\"inputs\": [\"l\"]}").predictions(schema, "y"))
        .isInstanceOf(BindException.class)
        .hasMessageContaining("found: l, list<long>");
    assertThatThrownBy(() -> Table.trainer(Mlp.SPEC, "{\"text_buckets\": 100}"))
        .hasMessageContaining("a power of 2 in [2, 16777216]");
    assertThatThrownBy(() -> Table.trainer(Mlp.SPEC, "{\"early_stopping\": {\"patience\": 0}}"))
        .hasMessageContaining("a map with patience, a whole number in [1, 100000]");
  }

  @Test
  void oneClassOrNoSampleIsRefused() {
    Table one = new Table("y", Field.of("x", Type.LONG), Field.of("y", Type.TEXT));
    one.add(Split.TRAIN, 1L, "secret").add(Split.TRAIN, 2L, "secret");
    assertThatThrownBy(() -> train(Linear.SPEC, "{}", one))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("at least 2 classes in train; found: 1")
        .hasMessageNotContaining("secret");
    Table none = new Table("y", Field.of("x", Type.LONG), Field.of("y", Type.TEXT));
    assertThatThrownBy(() -> train(Linear.SPEC, "{}", none))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "train split must have samples with a target; found: 0 train samples");
  }

  @Test
  void areaUnderTheCurveIsThatOfAllPairs() {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      int n = 2 + random.nextInt(60);
      float[] scores = new float[n];
      float[] truth = new float[n];
      for (int i = 0; i < n; i++) {
        scores[i] = random.nextInt(12) / 8f - 0.5f;
        truth[i] = random.nextInt(2);
      }
      double better = 0;
      double pairs = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if (truth[i] == 1 && truth[j] == 0) {
            pairs++;
            better += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
          }
        }
      }
      if (pairs == 0) {
        assertThat(Auc.of(scores, truth)).isEmpty();
      } else {
        assertThat(Auc.of(scores, truth).orElseThrow())
            .isCloseTo(better / pairs, org.assertj.core.data.Offset.offset(1e-12));
      }
    }
  }
}
