package dev.quern.predict;

import dev.quern.operator.ModelFormat;
import dev.quern.operator.Predictor;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.operator.ServingPlan;
import dev.quern.operator.TrainedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models as {@code model.onnx}, the graph with the steps that can be nodes, and {@code
 * serving.json}, what runs on the host before it.
 */
public final class OnnxModels implements ModelFormat {
  private static final String GRAPH = "model.onnx";
  private static final String DESCRIPTION = "serving.json";

  /** Made by {@link java.util.ServiceLoader}. */
  public OnnxModels() {}

  @Override
  public Encoded encode(ServingPlan plan, TrainedModel model, Registry registry)
      throws IOException {
    FoldedGraph folded = FoldedGraph.of(plan, model, registry);
    byte[] graph = folded.graph().toBytes();
    ServingDescription description =
        new ServingDescription(
            plan.raw(),
            plan.target(),
            folded.host(),
            folded.boundary(),
            folded.inputs(),
            folded.features(),
            model.answers());
    Parity parity = new Parity(plan, model, registry);
    double ofModel = parity.checkModel();
    double ofSteps = parity.checkSteps(folded, graph);
    String json = description.toJson();
    // What is published must open from its own text.
    ServingDescription.parse(json);

    Map<String, @Nullable Object> told = new LinkedHashMap<>();
    told.put("onnx_bytes", (long) graph.length);
    told.put("parity", ofModel);
    told.put("parity_samples", (long) model.check().expected().size());
    if (!folded.folded().isEmpty()) {
      told.put("parity_of_steps", ofSteps);
    }
    told.put("inputs", List.copyOf(folded.graph().inputNames()));
    told.put("host_steps", folded.host().stream().map(step -> step.task().step()).toList());
    told.put("graph_steps", folded.folded().stream().map(step -> step.task().step()).toList());
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(GRAPH, graph);
    files.put(DESCRIPTION, json.getBytes(StandardCharsets.UTF_8));
    return new Encoded(files, told);
  }

  @Override
  public Predictor open(Map<String, byte[]> files, Registry registry, Secrets secrets) {
    String json = new String(file(files, DESCRIPTION), StandardCharsets.UTF_8);
    return new OnnxPredictor(ServingDescription.parse(json), file(files, GRAPH), registry, secrets);
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new IllegalArgumentException("a model must have the file " + name + "; found: none");
    }
    return bytes;
  }
}
