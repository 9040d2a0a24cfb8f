package dev.quern.cli;

import dev.quern.engine.DataException;
import dev.quern.operator.ModelFormat;
import dev.quern.operator.Predictor;
import dev.quern.store.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** Opens models of a workspace for predictions. */
final class OpenedModels {
  private OpenedModels() {}

  /** Opens {@code version}. */
  static Predictor open(ModelVersion version, Stock stock, Session session) throws IOException {
    Path workspace = session.workspace();
    ClassLoader loader = session.loader(workspace);
    ModelFormat format =
        ServiceLoader.load(ModelFormat.class, loader)
            .findFirst()
            .orElseThrow(
                () ->
                    new DataException(
                        "no_model_format",
                        version.reference()
                            + ": a jar must know model files; found: none; fix: install Quern"
                            + " whole"));
    return format.open(
        stock.workspace().models().contents(version), session.registry(workspace), stock.secrets());
  }
}
