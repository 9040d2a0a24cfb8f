package dev.quern.store;

import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a workspace a run relies on, told before it begins: so that nobody clears it away while
 * the run is at work, nor afterwards what the next run of the recipe would find finished.
 *
 * @param recipe name of the recipe
 * @param reading how much of the sources is read
 * @param passes names of the folders of its passes
 * @param fits keys of what its steps learn
 * @param downloads SHA-256 of the files fetched for it
 * @param versions the dataset versions it reads, {@code name@version}
 */
public record Needs(
    String recipe,
    Reading reading,
    List<String> passes,
    List<String> fits,
    List<String> downloads,
    List<String> versions) {
  static final String FILE = "needs.json";

  /** How much of its sources a run reads. */
  public enum Reading {
    /** All. */
    WHOLE,
    /** A limited number of samples, for a quick look: kept beside what whole runs rely on. */
    LIMITED
  }

  public Needs {
    passes = List.copyOf(passes);
    fits = List.copyOf(fits);
    downloads = List.copyOf(downloads);
    versions = List.copyOf(versions);
  }

  /** Returns the name of the file that holds what the last such run of the recipe relied on. */
  String fileOfRecipe() {
    return recipe + (reading == Reading.WHOLE ? ".json" : ".limited.json");
  }

  String json() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("recipe", recipe);
    plain.put("limited", reading == Reading.LIMITED);
    plain.put("passes", passes);
    plain.put("fits", fits);
    plain.put("downloads", downloads);
    plain.put("versions", versions);
    return Json.pretty(plain);
  }

  /**
   * Reads {@code file}; empty if it is not there.
   *
   * @param where the file for messages
   */
  static Optional<Needs> read(Path file, String where) throws IOException {
    try {
      Map<String, @Nullable Object> plain = Json.readObject(file);
      return Optional.of(
          new Needs(
              ManifestJson.text(plain, "recipe"),
              Boolean.TRUE.equals(plain.get("limited")) ? Reading.LIMITED : Reading.WHOLE,
              texts(plain, "passes"),
              texts(plain, "fits"),
              texts(plain, "downloads"),
              texts(plain, "versions")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "file_damaged",
          where + " must tell what a run relies on; found: something else; delete it",
          e);
    }
  }

  private static List<String> texts(Map<String, @Nullable Object> plain, String name) {
    return Json.list(plain.get(name)).stream().map(String::valueOf).toList();
  }
}
