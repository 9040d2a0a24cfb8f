package dev.quern.operator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer hands over.
 *
 * @param body adds the model to a graph whose fields are the samples as trained on
 * @param features code that runs on the host before the graph to make inputs that ONNX has no means
 *     for (hashed n-grams), as plain values read by the predictor; empty map if none
 * @param metrics test metrics first, each with the number of samples it speaks of
 * @param history values per epoch: epoch, loss, validation_loss …
 * @param details what the card tells: architecture, parameters, classes, inputs
 * @param check probability or value the trainer computed for the first test (or train) samples, by
 *     sample id, to be compared with ONNX Runtime within 1e-5
 */
public record TrainedModel(
    ModelBody body,
    Map<String, @Nullable Object> features,
    List<Metric> metrics,
    List<Map<String, @Nullable Object>> history,
    Map<String, @Nullable Object> details,
    Map<dev.quern.data.SampleId, double[]> check) {

  /** Adds a trained model to a graph. */
  public interface ModelBody {
    /** Adds nodes that read {@code fields} and the graph outputs of the predictions. */
    void emit(GraphFields fields);
  }
}
