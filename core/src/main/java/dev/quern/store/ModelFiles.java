package dev.quern.store;

import dev.quern.data.Digest;
import dev.quern.engine.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a model's version and their digests. */
final class ModelFiles {
  /** The file of a version that holds its key and the digests of the others. */
  static final String VERSION = "version.json";

  private ModelFiles() {}

  /** Returns the SHA-256 of all files below {@code folder} by path, with slashes. */
  static Map<String, String> digests(Path folder) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        if (!path.equals(VERSION)) {
          digests.put(path, sha256(Files.readAllBytes(file)));
        }
      }
    }
    return digests;
  }

  /**
   * Returns the bytes of a file of {@code version}.
   *
   * @throws DataException with code {@code model_damaged} if they are not as they were published
   */
  static byte[] bytes(ModelVersion version, String path) throws IOException {
    String wanted = version.files().get(path);
    if (wanted == null) {
      throw damaged(version, path, "no such file among those published");
    }
    try {
      byte[] bytes = Files.readAllBytes(version.folder().resolve(path));
      if (!sha256(bytes).equals(wanted)) {
        throw damaged(version, path, "another content");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw damaged(version, path, "no file");
    }
  }

  private static DataException damaged(ModelVersion version, String path, String found) {
    return new DataException(
        "model_damaged",
        "models/"
            + version.name()
            + "/"
            + version.version()
            + "/"
            + path
            + " of "
            + version.reference()
            + ": content must have the SHA-256 it was published with; found: "
            + found
            + "; restore it from a copy, or run the recipe again, which makes the model anew");
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Digest.sha256().digest(bytes));
  }
}
