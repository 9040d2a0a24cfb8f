package dev.quern.train;

import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Slice;
import dev.quern.data.Type;
import dev.quern.onnx.Attribute;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.onnx.OnnxTensor;
import dev.quern.onnx.OnnxText;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Metric;
import dev.quern.operator.TrainedModel.Answer;
import dev.quern.tensor.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of several classes, in the order of their text.
 *
 * @param samples of each class in train
 * @param positive the class whose probability two classes are decided by
 * @param loss of the two entropies
 */
record ClassTarget(Field field, SortedTexts classes, List<Long> samples, int positive, Loss loss)
    implements Target {
  /** With more classes only the probability of the predicted one is given. */
  private static final int MOST_PROBABILITIES = 20;

  /** A class is named in metrics and cards only where so many samples share it. */
  private static final int NAMED_FROM = 5;

  private static final String INDEX = "prediction.index";

  private boolean isBinary() {
    return loss == Loss.BINARY_CROSS_ENTROPY;
  }

  private int size() {
    return classes.texts().size();
  }

  @Override
  public int outputs() {
    return isBinary() ? 1 : size();
  }

  @Override
  public float trained(Column column, int row) {
    Slice slice = new Slice();
    TargetSurvey.written(column, row, slice);
    int found = classes.indexOf(slice);
    if (found < 0) {
      return Float.NaN;
    }
    return isBinary() ? (found == positive ? 1 : 0) : found;
  }

  @Override
  public List<Answer> answers() {
    List<Answer> answers = new ArrayList<>();
    answers.add(new Answer(Field.of("prediction", field.type()), INDEX, classes.texts()));
    answers.add(new Answer(Field.of("probability", Type.DOUBLE), "probability", List.of()));
    if (size() <= MOST_PROBABILITIES) {
      List<String> outputs = probabilityOutputs();
      for (int i = 0; i < size(); i++) {
        Field each = Field.of("probability." + classes.texts().get(i), Type.DOUBLE);
        answers.add(new Answer(each, outputs.get(i), List.of()));
      }
    }
    return answers;
  }

  /** Graph outputs of the classes' probabilities; unique where escaping made two names equal. */
  private List<String> probabilityOutputs() {
    Set<String> outputs = new LinkedHashSet<>();
    for (String name : classes.texts()) {
      String output = "probability." + OnnxText.name(name);
      while (!outputs.add(output)) {
        output += "_";
      }
    }
    return List.copyOf(outputs);
  }

  @Override
  public void emit(GraphFields fields, String prediction) {
    OnnxGraph graph = fields.graph();
    String wide = graph.cast(prediction, ElementType.DOUBLE);
    List<String> each = new ArrayList<>();
    String index;
    String best;
    if (isBinary()) {
      String one = graph.constant("one", new double[] {1}, 1, 1);
      String rest = graph.node("Sub", List.of(one, wide));
      each.add(positive == 0 ? wide : rest);
      each.add(positive == 0 ? rest : wide);
      String half = graph.constant("half", new double[] {0.5}, 1, 1);
      String says = graph.node("GreaterOrEqual", List.of(wide, half));
      String yes = graph.constant("positive", new long[] {positive}, 1, 1);
      String no = graph.constant("negative", new long[] {1 - positive}, 1, 1);
      index = graph.node("Where", List.of(says, yes, no));
      best = graph.node("Max", List.of(wide, rest));
    } else {
      index =
          graph.node(
              "ArgMax", List.of(prediction), Attribute.of("axis", 1), Attribute.of("keepdims", 1));
      best =
          graph.node(
              "ReduceMax", List.of(wide), Attribute.ints("axes", 1), Attribute.of("keepdims", 1));
      for (int i = 0; i < size() && size() <= MOST_PROBABILITIES; i++) {
        String at = graph.constant("class", new long[] {i}, 1);
        each.add(graph.node("Gather", List.of(wide, at), Attribute.of("axis", 1)));
      }
    }
    String values = graph.constant("classes", values());
    String named = graph.node("Gather", List.of(values, index), Attribute.of("axis", 0));
    graph.output(named, "prediction", elementType(), 1);
    graph.output(index, INDEX, ElementType.INT64, 1);
    graph.output(best, "probability", ElementType.DOUBLE, 1);
    if (size() <= MOST_PROBABILITIES) {
      List<String> outputs = probabilityOutputs();
      for (int i = 0; i < size(); i++) {
        graph.output(each.get(i), outputs.get(i), ElementType.DOUBLE, 1);
      }
    }
  }

  private ElementType elementType() {
    return switch (field.type().kind()) {
      case BOOL -> ElementType.BOOL;
      case LONG -> ElementType.INT64;
      default -> ElementType.STRING;
    };
  }

  private OnnxTensor values() {
    List<String> texts = classes.texts();
    return switch (elementType()) {
      case BOOL -> {
        boolean[] bools = new boolean[texts.size()];
        for (int i = 0; i < bools.length; i++) {
          bools[i] = Boolean.parseBoolean(texts.get(i));
        }
        yield OnnxTensor.of(bools, bools.length);
      }
      case INT64 -> {
        long[] longs = texts.stream().mapToLong(Long::parseLong).toArray();
        yield OnnxTensor.of(longs, longs.length);
      }
      default -> OnnxTensor.of(texts, texts.size());
    };
  }

  @Override
  public double[] answer(float[] predictions, int from) {
    double[] each = new double[size()];
    if (isBinary()) {
      each[positive] = predictions[from];
      each[1 - positive] = 1 - (double) predictions[from];
    } else {
      for (int i = 0; i < each.length; i++) {
        each[i] = predictions[from + i];
      }
    }
    double best = each[0];
    for (double probability : each) {
      best = Math.max(best, probability);
    }
    if (each.length > MOST_PROBABILITIES) {
      return new double[] {best};
    }
    double[] answer = new double[each.length + 1];
    answer[0] = best;
    System.arraycopy(each, 0, answer, 1, each.length);
    return answer;
  }

  @Override
  public double unit() {
    return 1;
  }

  @Override
  public List<Metric> metrics(String prefix, float[] predictions, float[] trained) {
    return new ClassMetrics(field.name(), prefix, names(), isBinary() ? positive : -1)
        .of(predictions, trained);
  }

  /** Names that may be shown. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      names.add(samples.get(i) >= NAMED_FROM ? classes.texts().get(i) : "class " + (i + 1));
    }
    return names;
  }

  @Override
  public void describe(Map<String, @Nullable Object> details) {
    details.put("task", "classification");
    Map<String, Object> counts = new LinkedHashMap<>();
    List<String> names = names();
    for (int i = 0; i < size(); i++) {
      counts.put(names.get(i), samples.get(i));
    }
    details.put("classes", counts);
    if (isBinary()) {
      details.put("positive", names.get(positive));
    }
  }
}
