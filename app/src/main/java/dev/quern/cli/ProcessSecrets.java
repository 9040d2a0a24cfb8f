package dev.quern.cli;

import dev.quern.operator.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Secrets from the environment and from files; the only place that reads them.
 *
 * @param outside the process
 * @param folders where relative paths are looked for, in this order
 */
record ProcessSecrets(Outside outside, List<Path> folders) implements Secrets {

  @Override
  public byte[] secret(String reference) {
    if (reference.startsWith("env:")) {
      return fromEnvironment(reference.substring("env:".length()));
    }
    if (reference.startsWith("file:")) {
      return fromFile(reference);
    }
    throw new IllegalArgumentException(
        "secret must be env:NAME or file:PATH; found: another reference");
  }

  private byte[] fromEnvironment(String name) {
    String value = outside.environment().get(name);
    if (value == null || value.isEmpty()) {
      throw new MissingSecretException(
          "secret env:" + name + " must be set; found: no such variable; fix: export " + name);
    }
    return value.getBytes(StandardCharsets.UTF_8);
  }

  /** A line end behind the secret is the editor's, not the secret's. */
  private byte[] fromFile(String reference) {
    Path path = Path.of(reference.substring("file:".length()));
    byte[] bytes = null;
    for (Path folder : folders) {
      Path file = folder.resolve(path);
      if (bytes == null && Files.isReadable(file)) {
        try {
          bytes = Files.readAllBytes(file);
        } catch (IOException e) {
          throw new MissingSecretException(
              "secret " + reference + " must be a readable file; found: one that cannot be read");
        }
      }
    }
    if (bytes == null) {
      throw new MissingSecretException(
          "secret "
              + reference
              + " must be a readable file; found: none in "
              + String.join(", ", folders.stream().map(Path::toString).toList()));
    }
    int end = bytes.length;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
      end--;
    }
    if (end == 0) {
      throw new MissingSecretException("secret " + reference + " must not be empty; found: empty");
    }
    return Arrays.copyOf(bytes, end);
  }
}
