package dev.quern.predict;

import ai.onnxruntime.OnnxTensor;
import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.feature.Numbers;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.onnx.OnnxText;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Predictor;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.operator.ServingPlan;
import dev.quern.operator.ServingStep;
import dev.quern.operator.TrainedModel;
import dev.quern.operator.TrainedModel.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether files answer like the trainer, within {@link #TOLERANCE}.
 *
 * <ol>
 *   <li>The model alone, over prepared samples, against what the trainer computed.
 *   <li>Each step that became nodes, against its operator's code, over made-up rows (see {@link
 *       ProbeRows}), because raw samples are not at hand.
 *   <li>Those steps and the model as one graph, against the operators' code and the model alone.
 * </ol>
 */
final class Parity {
  /** Largest difference, as a part of the unit of the answers. */
  static final double TOLERANCE = 1e-5;

  private final ServingPlan plan;
  private final TrainedModel model;
  private final Registry registry;

  Parity(ServingPlan plan, TrainedModel model, Registry registry) {
    this.plan = plan;
    this.model = model;
    this.registry = registry;
  }

  /** Returns the largest difference between the model's graph and the trainer. */
  double checkModel() {
    Batch samples = model.check().samples();
    double largest = 0;
    try (Predictor alone = alone()) {
      Batch answers = alone.predict(samples);
      for (int i = 0; i < answers.count(); i++) {
        double[] expected = model.check().expected().get(i);
        int next = 0;
        for (int c = 0; c < answers.schema().size(); c++) {
          if (model.answers().get(c).values().isEmpty()) {
            double found = Numbers.at(answers.column(c), i);
            largest = Math.max(largest, difference(expected[next++], found));
          }
        }
      }
    }
    require(largest, "the model");
    return largest;
  }

  /** The model without steps, over prepared samples. */
  private Predictor alone() {
    ServingPlan bare = new ServingPlan(plan.prepared(), plan.target(), List.of(), plan.prepared());
    FoldedGraph graph = FoldedGraph.of(bare, model, registry);
    return predictor(bare.raw(), graph, graph.graph().toBytes());
  }

  private Predictor predictor(Schema raw, FoldedGraph graph, byte[] bytes) {
    ServingDescription description =
        new ServingDescription(
            raw,
            plan.target(),
            List.of(),
            graph.boundary(),
            graph.inputs(),
            graph.features(),
            model.answers());
    return new OnnxPredictor(description, bytes, registry, Secrets.NONE);
  }

  /** Returns the largest difference between steps as nodes and steps as code. */
  double checkSteps(FoldedGraph folded, byte[] bytes) {
    if (folded.folded().isEmpty()) {
      return 0;
    }
    Batch probes =
        new ProbeRows(folded.boundary(), plan.target(), folded.folded(), model.check().samples())
            .batch();
    double largest = 0;
    Batch current = probes;
    for (ServingStep step : folded.folded()) {
      Batch input = HostSteps.project(current, step.input());
      current = new HostSteps(List.of(step), registry, Secrets.NONE).run(input);
      double ofStep = difference(step, input, current);
      require(ofStep, "step " + step.task().step());
      largest = Math.max(largest, ofStep);
    }
    double whole;
    try (Predictor alone = alone();
        Predictor all = predictor(folded.boundary(), folded, bytes)) {
      Batch prepared = HostSteps.project(current, plan.prepared()).compact();
      whole = difference(alone.predict(prepared), all.predict(probes));
    }
    require(whole, "the model with the steps before it");
    return Math.max(largest, whole);
  }

  /** Compares answers; {@code expected} may lack samples that a step set aside. */
  private double difference(Batch expected, Batch found) {
    double largest = 0;
    for (int i = 0; i < expected.count(); i++) {
      int row = (int) expected.keys().position(i);
      for (int c = 0; c < expected.schema().size(); c++) {
        Answer answer = model.answers().get(c);
        if (answer.values().isEmpty()) {
          double wanted = Numbers.at(expected.column(c), i);
          largest = Math.max(largest, difference(wanted, Numbers.at(found.column(c), row)));
        }
      }
    }
    return largest;
  }

  private double difference(double expected, double found) {
    return relative(expected, found, model.check().unit());
  }

  private static double relative(double expected, double found, double unit) {
    if (Double.isNaN(expected) || Double.isNaN(found)) {
      return Double.isNaN(expected) && Double.isNaN(found) ? 0 : Double.POSITIVE_INFINITY;
    }
    if (expected == found) {
      return 0;
    }
    double difference = Math.abs(expected - found) / Math.max(unit, Math.abs(expected));
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  /** Compares a step as nodes with what its code made of the same samples. */
  private double difference(ServingStep step, Batch input, Batch output) {
    OnnxGraph graph = new OnnxGraph("step");
    GraphFields fields = new GraphFields(graph);
    Map<String, String> inputs = FoldedGraph.declare(step.input(), fields, Set.of());
    FoldedGraph.emit(step, registry, fields);
    Map<String, Field> outputs = new LinkedHashMap<>();
    for (GraphFields.Value value : new ArrayList<>(fields.values().values())) {
      String name = "step." + outputs.size();
      boolean text = value.isText();
      graph.output(value.tensor(), name, text ? ElementType.STRING : ElementType.DOUBLE, 1);
      outputs.put(name, value.field());
    }
    graph.prune();
    if (outputs.isEmpty() || output.count() == 0) {
      return 0;
    }
    inputs.keySet().retainAll(Set.copyOf(graph.inputNames()));
    int[] rows = new int[output.count()];
    int[] places = places(input);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = places[(int) output.keys().position(output.row(i))];
    }
    try (Session session = new Session(graph.toBytes())) {
      return session.run(
          tensors -> {
            for (Map.Entry<String, String> entry : inputs.entrySet()) {
              Column column = input.column(input.schema().indexOf(entry.getValue()));
              tensors.put(entry.getKey(), Tensors.of(session.environment(), input, column));
            }
          },
          outputs.keySet(),
          result -> {
            double largest = 0;
            for (Map.Entry<String, Field> entry : outputs.entrySet()) {
              OnnxTensor tensor = (OnnxTensor) result.get(entry.getKey()).orElseThrow();
              Column expected = output.column(output.schema().indexOf(entry.getValue().name()));
              largest = Math.max(largest, difference(expected, output, tensor, rows));
            }
            return largest;
          });
    }
  }

  private static int[] places(Batch input) {
    int most = 0;
    for (int i = 0; i < input.count(); i++) {
      most = Math.max(most, (int) input.keys().position(input.row(i)) + 1);
    }
    int[] places = new int[most];
    for (int i = 0; i < input.count(); i++) {
      places[(int) input.keys().position(input.row(i))] = i;
    }
    return places;
  }

  private static double difference(Column expected, Batch output, OnnxTensor tensor, int[] rows)
      throws ai.onnxruntime.OrtException {
    double largest = 0;
    if (!expected.type().equals(Type.TEXT)) {
      double[][] found = (double[][]) tensor.getValue();
      for (int i = 0; i < rows.length; i++) {
        double wanted = Numbers.at(expected, output.row(i));
        largest = Math.max(largest, relative(wanted, found[rows[i]][0], 1));
      }
      return largest;
    }
    String[][] found = (String[][]) tensor.getValue();
    for (int i = 0; i < rows.length; i++) {
      int row = output.row(i);
      String wanted = OnnxText.encode(expected.isNull(row) ? null : expected.textAt(row));
      if (comparable(wanted) && !wanted.equals(found[rows[i]][0])) {
        return Double.POSITIVE_INFINITY;
      }
    }
    return 0;
  }

  /** ONNX Runtime's Java interface cannot hand back characters beyond U+FFFF, nor NUL. */
  private static boolean comparable(String text) {
    return text.chars().noneMatch(c -> c == 0 || Character.isSurrogate((char) c));
  }

  private static void require(double difference, String what) {
    if (!(difference <= TOLERANCE)) {
      throw new IllegalStateException(
          what
              + " in ONNX Runtime must answer as in training, within "
              + TOLERANCE
              + "; found: a difference of "
              + (Double.isInfinite(difference)
                  ? "more than any bound (missing on one side, or another text)"
                  : difference)
              + "; the model is not published");
    }
  }
}
