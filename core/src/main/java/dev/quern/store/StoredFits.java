package dev.quern.store;

import dev.quern.data.Digest;
import dev.quern.format.json.Json;
import dev.quern.operator.Fit;
import dev.quern.operator.Fits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the steps of runs have learnt, one file per key. Safe for several threads and processes. */
public final class StoredFits implements Fits {
  private final Path folder;
  private final Map<String, Manifest.Learnt> known = new ConcurrentHashMap<>();

  StoredFits(Path folder) {
    this.folder = folder;
  }

  @Override
  public Fit fit(String key) {
    try {
      return find(key)
          .map(Manifest.Learnt::fit)
          .orElseThrow(
              () -> new IllegalStateException("fit must be stored; found: none for " + key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what was learnt under {@code key}, with its step and operator. */
  public Optional<Manifest.Learnt> find(String key) throws IOException {
    Manifest.Learnt cached = known.get(key);
    if (cached != null) {
      return Optional.of(cached);
    }
    Path file = file(key);
    try {
      Manifest.Learnt learnt = ManifestJson.learnt(Json.readObject(file));
      known.put(key, learnt);
      return Optional.of(learnt);
    } catch (NoSuchFileException e) {
      return Optional.empty(); // Not learnt yet: what the caller asks.
    } catch (IllegalArgumentException e) {
      throw StoredJson.damaged("work/fits/" + file.getFileName(), "a fit", e);
    }
  }

  /** Stores what {@code step} has learnt. */
  public void put(String key, String step, String operator, Fit fit) throws IOException {
    Manifest.Learnt learnt = new Manifest.Learnt(step, operator, fit);
    Folders.replace(file(key), Json.write(ManifestJson.plain(learnt)) + "\n");
    // What later runs would read back is used by this one too: numbers as JSON has them.
    known.remove(key);
  }

  private Path file(String key) {
    return folder.resolve(fileName(key));
  }

  /** Returns the name of the file of what was learnt under {@code key}. */
  static String fileName(String key) {
    return Digest.ofText(key).substring(0, 32) + ".json";
  }
}
