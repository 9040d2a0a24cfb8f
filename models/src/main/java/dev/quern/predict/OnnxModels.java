package dev.quern.predict;

import dev.quern.operator.ModelFormat;
import dev.quern.operator.Predictor;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.operator.ServingPlan;
import dev.quern.operator.TrainedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
  public Map<String, @Nullable Object> write(
      ServingPlan plan, TrainedModel model, Registry registry, Path folder) throws IOException {
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
    Files.createDirectories(folder);
    Files.write(folder.resolve(GRAPH), graph);
    String json = description.toJson();
    Files.writeString(folder.resolve(DESCRIPTION), json, StandardCharsets.UTF_8);
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
    return told;
  }

  @Override
  public Predictor open(Path folder, Registry registry, Secrets secrets) throws IOException {
    String json = Files.readString(folder.resolve(DESCRIPTION), StandardCharsets.UTF_8);
    byte[] graph = Files.readAllBytes(folder.resolve(GRAPH));
    return new OnnxPredictor(ServingDescription.parse(json), graph, registry, secrets);
  }
}
