package dev.quern.operator;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a trained model into files and files into answers; found by {@link
 * java.util.ServiceLoader}.
 */
public interface ModelFormat {

  /**
   * A model as files.
   *
   * @param files by name
   * @param told what the model's card and the report tell of them: {@code onnx_bytes}, {@code
   *     parity} (largest difference), {@code parity_samples}, {@code inputs}, {@code host_steps} …
   */
  record Encoded(Map<String, byte[]> files, Map<String, @Nullable Object> told) {}

  /**
   * Makes the files of {@code model} with the steps before it and checks that they answer like the
   * trainer, within 1e-5.
   *
   * @throws IllegalStateException if they answer otherwise
   */
  Encoded encode(ServingPlan plan, TrainedModel model, Registry registry) throws IOException;

  /** Opens the model in {@code files}. */
  Predictor open(Map<String, byte[]> files, Registry registry, Secrets secrets) throws IOException;
}
