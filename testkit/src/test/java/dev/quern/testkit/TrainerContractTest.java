package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.Pass;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.operator.Example;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import dev.quern.operator.TrainedModel;
import dev.quern.operator.Trainer;
import dev.quern.operator.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every trainer of the catalogs promises, over a generated table; a new one is covered. */
class TrainerContractTest {
  private static final Registry REGISTRY =
      Registry.load(TrainerContractTest.class.getClassLoader());

  private static final Schema TABLE =
      Schema.of(
          Field.of("number", Type.DOUBLE),
          Field.of("whole", Type.LONG),
          Field.of("category", Type.TEXT),
          Field.of("amount", Type.DOUBLE),
          Field.of("kind", Type.TEXT));

  @TestFactory
  Stream<DynamicNode> everyTrainerKeepsItsContract() {
    List<DynamicNode> tests = new ArrayList<>();
    for (OperatorSpec spec : REGISTRY.operators()) {
      if (spec.stage().equals("train")) {
        for (Example example : spec.examples()) {
          for (String target : List.of("amount", "kind")) {
            tests.add(
                DynamicTest.dynamicTest(
                    spec.name() + " " + example.parameters() + " of " + target,
                    () -> check(spec, example, target)));
          }
        }
      }
    }
    assertThat(tests).hasSizeGreaterThanOrEqualTo(4);
    return tests.stream();
  }

  private static void check(OperatorSpec spec, Example example, String target) throws IOException {
    Trainer trainer = (Trainer) spec.create().apply(Trial.params(spec, example.parameters()));
    Schema promised = trainer.predictions(TABLE, target);
    TrainedModel model = trainer.train(new Table(target, 1, 42));
    List<Field> answered = model.answers().stream().map(TrainedModel.Answer::field).toList();
    assertThat(answered.subList(0, promised.size())).isEqualTo(promised.fields());
    assertThat(model.metrics()).isNotEmpty();
    assertThat(model.metrics()).allSatisfy(metric -> assertThat(metric.unit()).isNotBlank());
    assertThat(model.check().expected()).hasSize(model.check().samples().count());
    String bits = bits(model);
    assertThat(bits(trainer.train(new Table(target, 2, 42)))).isEqualTo(bits);
    assertThat(bits(trainer.train(new Table(target, 1, 42)))).isEqualTo(bits);
    assertThat(told(model)).doesNotContain(Gen.CANARY);
  }

  /** The model as a graph, its metrics and its history. */
  private static String bits(TrainedModel model) {
    OnnxGraph graph = new OnnxGraph("contract");
    GraphFields fields = new GraphFields(graph);
    for (Field field : TABLE.fields()) {
      ElementType type = field.type().equals(Type.TEXT) ? ElementType.STRING : ElementType.DOUBLE;
      fields.set(field, graph.input(field.name(), type, 1));
    }
    model.body().emit(fields);
    return HexFormat.of().formatHex(graph.toBytes()) + told(model);
  }

  private static String told(TrainedModel model) {
    StringBuilder told = new StringBuilder();
    for (Metric metric : model.metrics()) {
      told.append(metric).append('\n');
    }
    return told.append(model.history()).toString();
  }

  /** A table whose targets follow from its fields, with missing values and a rare category. */
  private record Table(String target, int threads, long seed) implements Training {
    private static final Batch SAMPLES = samples();

    private static Batch samples() {
      SplittableRandom random = new SplittableRandom(11);
      List<Map<String, @Nullable Object>> samples = new ArrayList<>();
      List<String> splits = List.of("train", "train", "train", "validation", "test");
      for (int i = 0; i < 200; i++) {
        double number = random.nextDouble() * 10 - 5;
        long whole = random.nextInt(4);
        Map<String, @Nullable Object> sample = new LinkedHashMap<>();
        sample.put(JsonSamples.SPLIT, splits.get(i % splits.size()));
        sample.put("number", random.nextInt(10) == 0 ? null : number);
        sample.put("whole", whole);
        sample.put("category", i == 17 ? Gen.CANARY : random.nextBoolean() ? "甲" : "b");
        sample.put("amount", 2 * number + whole);
        sample.put("kind", number > 0 ? "high" : "low");
        samples.add(sample);
      }
      return JsonSamples.batch(0, TABLE, samples);
    }

    @Override
    public Schema schema() {
      return TABLE;
    }

    @Override
    public long samples(Split split) {
      long samples = 0;
      for (int i = 0; i < SAMPLES.count(); i++) {
        samples += SAMPLES.keys().split(SAMPLES.row(i)) == split ? 1 : 0;
      }
      return samples;
    }

    @Override
    public void read(Pass.BatchReceiver receiver) {
      receiver.receive(SAMPLES);
    }

    @Override
    public void progress(long done, long total, String metric) {
      assertThat(done).isBetween(0L, total);
      assertThat(metric).doesNotContain(Gen.CANARY);
    }
  }
}
