package dev.quern.store;

import dev.quern.data.Digest;
import dev.quern.engine.DamagedFiles;
import dev.quern.engine.DataException;
import dev.quern.engine.SampleFiles;
import dev.quern.format.json.SealedJson;
import dev.quern.operator.Fit;
import dev.quern.operator.Fits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What the steps of runs have learnt, one file per key. Safe for several threads and processes. */
public final class StoredFits implements Fits {
  private final Path folder;
  private final SampleFiles files;
  private final DamagedFiles damaged;
  private final Map<String, Manifest.Learnt> known = new ConcurrentHashMap<>();

  StoredFits(Path folder, SampleFiles files, DamagedFiles damaged) {
    this.files = files;
    this.damaged = damaged;
    this.folder = folder;
  }

  @Override
  public Fit fit(String key) {
    try {
      return read(key)
          .map(Manifest.Learnt::fit)
          .orElseThrow(
              () -> new IllegalStateException("fit must be stored; found: none for " + key));
    } catch (IllegalArgumentException e) {
      throw StoredJson.damaged("work/fits/" + fileName(key), "a fit", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns what was learnt under {@code key}, with its step and operator; empty also where it is
   * damaged, which is told, so that it is learnt again.
   */
  public Optional<Manifest.Learnt> find(String key) throws IOException {
    try {
      return read(key);
    } catch (IllegalArgumentException e) {
      return anew(key);
    } catch (DataException e) {
      if (e.code().equals(DataException.NOT_AUTHENTIC)) {
        return anew(key);
      }
      throw e;
    }
  }

  /**
   * Returns whether something was learnt under {@code key}, readable with the keys at hand or not.
   */
  public boolean isThere(String key) {
    return Files.isRegularFile(file(key));
  }

  private Optional<Manifest.Learnt> anew(String key) {
    damaged.add(file(key));
    return Optional.empty();
  }

  private Optional<Manifest.Learnt> read(String key) throws IOException {
    Manifest.Learnt cached = known.get(key);
    if (cached != null) {
      return Optional.of(cached);
    }
    try {
      Manifest.Learnt learnt = ManifestJson.learnt(SealedJson.parse(text(file(key))));
      known.put(key, learnt);
      return Optional.of(learnt);
    } catch (NoSuchFileException e) {
      return Optional.empty(); // Not learnt yet: what the caller asks.
    }
  }

  /** Stores what {@code step} has learnt. */
  public void put(String key, String step, String operator, Fit fit) throws IOException {
    Manifest.Learnt learnt = new Manifest.Learnt(step, operator, fit);
    byte[] text = SealedJson.write(ManifestJson.plain(learnt)).getBytes(StandardCharsets.UTF_8);
    Folders.replace(file(key), files.stored(text, file(key)));
    // What later runs would read back is used by this one too: numbers as JSON has them.
    known.remove(key);
  }

  private String text(Path file) throws IOException {
    return new String(files.content(file), StandardCharsets.UTF_8);
  }

  private Path file(String key) {
    return folder.resolve(fileName(key));
  }

  /** Returns the name of the file of what was learnt under {@code key}. */
  static String fileName(String key) {
    return Digest.ofText(key).substring(0, 32) + ".json";
  }
}
