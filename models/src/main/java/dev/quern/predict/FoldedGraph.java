package dev.quern.predict;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Task;
import dev.quern.feature.Numbers;
import dev.quern.format.json.Json;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.onnx.OnnxText;
import dev.quern.operator.Fitter;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Mapper;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Registry;
import dev.quern.operator.Serving;
import dev.quern.operator.ServingPlan;
import dev.quern.operator.ServingStep;
import dev.quern.operator.TrainedModel;
import dev.quern.operator.TrainedModel.HostFeature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model's graph with the steps before it: as many of the last steps as can be nodes become nodes;
 * the steps before them run on the host.
 *
 * @param host steps that run on the host, in order
 * @param boundary the fields between host and graph
 * @param folded steps that are part of the graph, in order
 * @param inputs field of the boundary by name of the graph input, only those that answers depend on
 * @param features what the host computes, of fields of the boundary
 * @param graph the whole graph
 */
record FoldedGraph(
    List<ServingStep> host,
    Schema boundary,
    List<ServingStep> folded,
    Map<String, String> inputs,
    List<HostFeature> features,
    OnnxGraph graph) {

  /**
   * Builds the graph.
   *
   * @throws IllegalStateException if the model depends on its target
   */
  static FoldedGraph of(ServingPlan plan, TrainedModel model, Registry registry) {
    List<ServingStep> steps = plan.steps().stream().filter(FoldedGraph::acts).toList();
    int first = 0;
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).place() == Serving.HOST) {
        first = i + 1;
      }
    }
    while (true) {
      Optional<FoldedGraph> built = build(plan, model, registry, steps, first);
      if (built.isPresent()) {
        return built.get();
      }
      first++;
    }
  }

  /** Steps for train samples alone do nothing at serving, whatever their operator. */
  private static boolean acts(ServingStep step) {
    return step.place() != Serving.TRAINING_ONLY && step.task().scope() == Task.Scope.ALL;
  }

  /**
   * Builds the graph with the steps from {@code first} on; empty if one of them changes a field
   * that the host computes a feature of. Without steps there is none.
   */
  private static Optional<FoldedGraph> build(
      ServingPlan plan, TrainedModel model, Registry registry, List<ServingStep> steps, int first) {
    List<ServingStep> folded = steps.subList(first, steps.size());
    Schema boundary =
        !folded.isEmpty()
            ? folded.get(0).input()
            : steps.isEmpty() ? plan.raw() : steps.get(steps.size() - 1).output();
    OnnxGraph graph = new OnnxGraph("quern");
    GraphFields fields = new GraphFields(graph);
    Map<String, String> inputs = declare(boundary, fields, reserved(model));
    for (ServingStep step : folded) {
      emit(step, registry, fields);
    }
    List<HostFeature> features = new ArrayList<>();
    for (HostFeature feature : model.features()) {
      String source = inputs.get(fields.value(feature.field()).tensor());
      if (source == null) {
        return Optional.empty();
      }
      features.add(new HostFeature(source, feature.input(), feature.values()));
    }
    model.body().emit(fields);
    graph.prune();
    inputs.keySet().retainAll(Set.copyOf(graph.inputNames()));
    requireWithoutTarget(inputs, plan.target());
    describe(graph, boundary, inputs, features);
    return Optional.of(
        new FoldedGraph(
            List.copyOf(steps.subList(0, first)),
            boundary,
            List.copyOf(folded),
            inputs,
            features,
            graph));
  }

  private static Set<String> reserved(TrainedModel model) {
    Set<String> names = new HashSet<>();
    model
        .answers()
        .forEach(
            answer -> {
              names.add(answer.output());
              names.add(answer.field().name());
            });
    model
        .features()
        .forEach(
            feature -> {
              names.add(feature.input() + ".ids");
              names.add(feature.input() + ".weights");
            });
    return names;
  }

  /** Declares an input for each field that can be one; returns the field of each. */
  static Map<String, String> declare(Schema schema, GraphFields fields, Set<String> reserved) {
    Map<String, String> inputs = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>(reserved);
    for (Field field : schema.fields()) {
      boolean text = field.type().equals(Type.TEXT);
      if (text || Numbers.supports(field.type())) {
        String name = OnnxText.name(field.name());
        // Generated names begin with a slash, and an output may have the field's name.
        while (name.startsWith("/") || !taken.add(name)) {
          name = "field." + name;
        }
        fields.graph().input(name, text ? ElementType.STRING : ElementType.DOUBLE, 1);
        fields.set(field, name);
        inputs.put(name, field.name());
      }
    }
    return inputs;
  }

  /** Adds a step to a graph. */
  static void emit(ServingStep step, Registry registry, GraphFields fields) {
    Operator operator = OperatorTasks.operator(registry, step.task());
    if (operator instanceof Mapper mapper) {
      mapper.emit(fields);
    } else if (operator instanceof Fitter<?> fitter && step.fit().isPresent()) {
      fitter.emit(fields, step.fit().get());
    } else {
      throw new IllegalStateException(
          "step "
              + step.task().step()
              + " must be a mapper or a fitter with its fit to be part of a model; found: "
              + step.task().operator());
    }
    fields.retain(step.output());
  }

  private static void requireWithoutTarget(Map<String, String> inputs, String target) {
    if (inputs.containsValue(target)) {
      throw new IllegalStateException(
          "model must not depend on its target "
              + target
              + ", which is missing at serving; found: a field made of it; exclude that field from"
              + " the inputs");
    }
  }

  /** Tells readers of the file its inputs. */
  private static void describe(
      OnnxGraph graph, Schema boundary, Map<String, String> inputs, List<HostFeature> features) {
    List<Object> all = new ArrayList<>();
    inputs.forEach(
        (name, fieldName) -> {
          Field field = boundary.field(fieldName).orElseThrow();
          Map<String, @Nullable Object> plain = new LinkedHashMap<>();
          plain.put("input", name);
          plain.put("field", fieldName);
          plain.put("type", field.type().toString());
          plain.put("encoding", encoding(field.type()));
          all.add(plain);
        });
    for (HostFeature feature : features) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      plain.put("input", feature.input() + ".ids, " + feature.input() + ".weights");
      plain.put("field", feature.field());
      plain.putAll(feature.values());
      all.add(plain);
    }
    graph.metadata("quern.inputs", Json.write(all));
  }

  private static String encoding(Type type) {
    return switch (type.kind()) {
      case TEXT -> "string; missing: empty string; empty text: U+FDD0";
      case BOOL -> "double 0 or 1; missing: NaN";
      case TIMESTAMP -> "double, microseconds since 1970-01-01T00:00:00Z; missing: NaN";
      case DATE -> "double, days since 1970-01-01; missing: NaN";
      case LONG, DOUBLE, FLOAT, DECIMAL -> "double; missing: NaN";
      case BYTES, LIST, STRUCT -> throw new IllegalStateException("type must be a scalar");
    };
  }
}
