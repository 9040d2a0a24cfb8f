package dev.quern.operator;

import dev.quern.data.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Trained models as files in memory, and such files as models that answer; on every worker.
 *
 * @param registry the operators
 * @param secrets of their steps
 */
public record ModelFiles(Registry registry, Secrets secrets) {
  private static final Cleaner CLEANER = Cleaner.create();

  /**
   * Returns the files of {@code model}, which was trained on samples of {@code schema} as they are.
   */
  public Map<String, byte[]> of(Schema schema, String target, TrainedModel model)
      throws IOException {
    return format()
        .encode(new ServingPlan(schema, target, List.of(), schema), model, registry)
        .files();
  }

  /** Opens the model in {@code files}; it is closed when {@code owner} is not used any more. */
  public Predictor open(Map<String, byte[]> files, Object owner) {
    try {
      Predictor predictor = format().open(files, registry, secrets);
      CLEANER.register(owner, predictor::close);
      return predictor;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ModelFormat format() {
    return ServiceLoader.load(ModelFormat.class, ModelFormat.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException("a model format must be on the class path; found: none"));
  }
}
