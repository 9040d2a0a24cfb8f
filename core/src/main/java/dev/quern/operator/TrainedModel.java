package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer hands over.
 *
 * @param body adds the model to a graph whose fields are the samples as trained on
 * @param features what the host computes before the graph because ONNX has no means for it: for
 *     each graph input that the body declares itself, how to make it (see {@link HostFeature})
 * @param answers the fields of the predictions: those of {@link Trainer#predictions} first, then
 *     those that only training could know, such as one per class
 * @param metrics test metrics first, each with the number of samples it speaks of
 * @param history values per epoch: epoch, loss, validation_loss …
 * @param details what the card tells: architecture, parameters, classes, inputs
 * @param check what ONNX Runtime must compute
 */
public record TrainedModel(
    ModelBody body,
    List<HostFeature> features,
    List<Answer> answers,
    List<Metric> metrics,
    List<Map<String, @Nullable Object>> history,
    Map<String, @Nullable Object> details,
    Check check) {

  /** Adds a trained model to a graph. */
  public interface ModelBody {
    /** Adds nodes that read {@code fields} and the graph outputs of the predictions. */
    void emit(GraphFields fields);
  }

  /**
   * A host feature as plain values, read again by the predictor.
   *
   * @param field the prepared field it is made of
   * @param input stem of the names of the graph inputs
   * @param values kind and settings
   */
  public record HostFeature(String field, String input, Map<String, @Nullable Object> values) {}

  /**
   * A field of the predictions.
   *
   * @param field its name and type
   * @param output the graph output it comes from, [N,1]
   * @param values where not empty, the output is the position (int64) of the value among these, in
   *     written form; else a double
   */
  public record Answer(Field field, String output, List<String> values) {}

  /**
   * Answers the trainer computed itself.
   *
   * @param samples some prepared samples, first of the test split, else of train
   * @param expected for each selected sample in order the values of the double answers in order
   * @param unit what the tolerance of 1e-5 is a part of: 1 for probabilities
   */
  public record Check(Batch samples, List<double[]> expected, double unit) {}
}
