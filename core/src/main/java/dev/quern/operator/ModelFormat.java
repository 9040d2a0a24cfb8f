package dev.quern.operator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a trained model into files and files into answers; found by {@link
 * java.util.ServiceLoader}.
 */
public interface ModelFormat {

  /**
   * Writes {@code model} with the steps before it into the new folder {@code folder} and checks
   * that what was written answers like the trainer, within 1e-5.
   *
   * @return what the model's card and the report tell of the files: {@code onnx_bytes}, {@code
   *     parity} (largest difference), {@code parity_samples}, {@code inputs}, {@code host_steps} …
   * @throws IllegalStateException if the written model answers otherwise
   */
  Map<String, @Nullable Object> write(
      ServingPlan plan, TrainedModel model, Registry registry, Path folder) throws IOException;

  /** Opens the model in {@code folder}. */
  Predictor open(Path folder, Registry registry, Secrets secrets) throws IOException;
}
