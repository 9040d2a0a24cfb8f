package dev.quern.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One immutable version of a model.
 *
 * @param name of the model
 * @param version its id, {@code 3-1f0c2a9b}
 * @param key digest of all that decided the model
 * @param folder absolute folder of its files
 */
public record ModelVersion(String name, String version, String key, Path folder) {

  /** Returns {@code name@version}. */
  public Reference reference() {
    return new Reference(name, Optional.of(version));
  }
}
