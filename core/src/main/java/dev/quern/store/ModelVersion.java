package dev.quern.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One immutable version of a model.
 *
 * @param name of the model
 * @param version its id, {@code 3-1f0c2a9b}
 * @param key digest of all that decided the model
 * @param folder absolute folder of its files
 * @param files SHA-256 of each file, by its path relative to the folder, with slashes
 * @param made by what it was made, where its card is encrypted
 */
public record ModelVersion(
    String name,
    String version,
    String key,
    Path folder,
    Map<String, String> files,
    Optional<Models.Made> made) {
  public ModelVersion {
    files = Map.copyOf(files);
  }

  /** Returns {@code name@version}. */
  public Reference reference() {
    return new Reference(name, Optional.of(version));
  }
}
