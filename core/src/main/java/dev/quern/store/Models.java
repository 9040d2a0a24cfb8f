package dev.quern.store;

import dev.quern.data.Digest;
import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The models of a workspace and their versions. Safe for several threads and processes. */
public final class Models {
  /** The file of a version that holds its key. */
  private static final String KEY_FILE = "version.json";

  private final Path root;
  private final Versions versions;

  Models(Path root) {
    this.root = root;
    this.versions = new Versions(root.resolve("models"), "model", "");
  }

  /** Returns the names of all models, sorted. */
  public List<String> names() throws IOException {
    return versions.names();
  }

  /** Returns the ids of the versions of {@code name}, oldest first; none for an unknown name. */
  public List<String> versions(String name) throws IOException {
    return versions.ids(name);
  }

  /** Returns the id of the version HEAD points to. */
  public Optional<String> head(String name) throws IOException {
    return versions.head(name);
  }

  /**
   * Returns the version that {@code reference} means.
   *
   * @throws DataException if it means none or several, or it is damaged
   */
  public ModelVersion resolve(Reference reference) throws IOException {
    return version(reference.name(), versions.resolve(reference));
  }

  /** Returns the newest version of {@code name} that was made under {@code key}. */
  public Optional<ModelVersion> find(String name, String key) throws IOException {
    String ending = "-" + shortened(key).substring(0, 8);
    List<String> ids = versions.ids(name);
    for (int i = ids.size() - 1; i >= 0; i--) {
      if (ids.get(i).endsWith(ending)) {
        ModelVersion version = version(name, ids.get(i));
        if (version.key().equals(key)) {
          return Optional.of(version);
        }
      }
    }
    return Optional.empty();
  }

  /** Returns a new folder to write a model's files to; nobody sees it until it is published. */
  public Path draft(String name) throws IOException {
    if (!Reference.isName(name)) {
      throw new IllegalArgumentException(
          "model name must be " + Reference.NAME_RULE + "; found: " + name);
    }
    return Folders.unfinishedFolder(versions.folder().resolve(name));
  }

  /** Removes version {@code id} of {@code name}, unless HEAD has come to point to it. */
  boolean remove(String name, String id) throws IOException {
    try (WriteLock lock = versions.lock(name)) {
      if (versions.head(name).equals(Optional.of(id))) {
        return false;
      }
      Folders.remove(versions.place(name, id));
      return true;
    }
  }

  /**
   * Publishes the files in {@code draft} as the newest version in one step. If another writer has
   * published under {@code key} meanwhile, that version stands and the draft is deleted.
   *
   * @param key digest of all that decides the model
   */
  public ModelVersion publish(String name, String key, Path draft, Manifest.Head head)
      throws IOException {
    try (WriteLock lock = versions.lock(name)) {
      Optional<ModelVersion> same = find(name, key);
      ModelVersion published = same.isPresent() ? same.get() : move(name, key, draft);
      if (same.isPresent()) {
        Folders.delete(draft);
      }
      if (head == Manifest.Head.MOVES
          && !versions.head(name).equals(Optional.of(published.version()))) {
        versions.moveHead(name, published.version());
      }
      return published;
    }
  }

  private ModelVersion move(String name, String key, Path draft) throws IOException {
    String id = versions.next(name, shortened(key));
    Map<String, Object> plain = new TreeMap<>(Map.of("name", name, "version", id, "key", key));
    Folders.replace(draft.resolve(KEY_FILE), Json.pretty(plain));
    Folders.forceAll(draft);
    Folders.move(draft, versions.place(name, id));
    return version(name, id);
  }

  private ModelVersion version(String name, String id) throws IOException {
    Path folder = versions.place(name, id);
    Path file = folder.resolve(KEY_FILE);
    String where = root.relativize(file).toString().replace('\\', '/');
    try {
      String key = ManifestJson.text(Json.readObject(file), "key");
      return new ModelVersion(name, id, key, folder.toAbsolutePath());
    } catch (IllegalArgumentException e) {
      throw StoredJson.damaged(where, "the key of a model", e);
    } catch (NoSuchFileException e) {
      throw new DataException("file_damaged", where + " must be there; found: nothing", e);
    }
  }

  private static String shortened(String key) {
    return Digest.ofText(key);
  }
}
