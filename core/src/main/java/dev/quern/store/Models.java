package dev.quern.store;

import dev.quern.data.Digest;
import dev.quern.engine.DamagedFiles;
import dev.quern.engine.DataException;
import dev.quern.engine.SampleFiles;
import dev.quern.format.json.Json;
import dev.quern.format.json.SealedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The models of a workspace and their versions. Safe for several threads and processes. */
public final class Models {
  private static final String CARD = "card.json";

  private final Path root;
  private final SampleFiles files;
  private final Versions versions;
  private final DamagedFiles damaged;

  Models(Path root, SampleFiles files, DamagedFiles damaged) {
    this.files = files;
    this.damaged = damaged;
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

  /**
   * Returns the newest version of {@code name} that was made under {@code key}. One that is damaged
   * does not count, which is told, so that the model is made again.
   */
  public Optional<ModelVersion> find(String name, String key) throws IOException {
    String ending = "-" + shortened(key).substring(0, 8);
    List<String> ids = versions.ids(name);
    for (int i = ids.size() - 1; i >= 0; i--) {
      if (ids.get(i).endsWith(ending)) {
        Optional<ModelVersion> version = whole(name, ids.get(i), key);
        if (version.isPresent()) {
          return version;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<ModelVersion> whole(String name, String id, String key) throws IOException {
    Path file = versions.place(name, id).resolve(ModelFiles.VERSION);
    try {
      ModelVersion version = version(name, id);
      if (!version.key().equals(key)) {
        return Optional.empty();
      }
      for (String path : new TreeMap<>(version.files()).keySet()) {
        file = version.folder().resolve(path);
        ModelFiles.bytes(version, path);
      }
      return Optional.of(version);
    } catch (DataException e) {
      if (Files.isRegularFile(file)) {
        damaged.add(file);
      }
      return Optional.empty();
    }
  }

  /**
   * Compares all files of {@code version} with the digests they were published with.
   *
   * @throws DataException with code {@code model_damaged} if one differs or is not there
   */
  public void requireWhole(ModelVersion version) throws IOException {
    for (String path : new TreeMap<>(version.files()).keySet()) {
      ModelFiles.bytes(version, path);
    }
  }

  /**
   * Returns the text of a file of {@code version}.
   *
   * @param path relative to its folder, with slashes
   * @throws DataException with code {@code model_damaged} if it is not as it was published
   */
  String text(ModelVersion version, String path) throws IOException {
    return new String(content(version, path), StandardCharsets.UTF_8);
  }

  private byte[] content(ModelVersion version, String path) throws IOException {
    byte[] bytes = ModelFiles.bytes(version, path);
    return files.content(bytes, version.folder().resolve(path));
  }

  /**
   * Returns all files of {@code version} by their paths, in clear.
   *
   * @throws DataException with code {@code model_damaged} if they are not as they were published;
   *     or if they are encrypted, and the key is not there
   */
  public Map<String, byte[]> contents(ModelVersion version) throws IOException {
    Map<String, byte[]> contents = new TreeMap<>();
    for (String path : new TreeMap<>(version.files()).keySet()) {
      contents.put(path, content(version, path));
    }
    return contents;
  }

  /**
   * Returns by what {@code version} was made, as far as its files tell without any key; empty if
   * they do not.
   */
  public Optional<Made> made(ModelVersion version) throws IOException {
    if (version.made().isPresent()) {
      return version.made();
    }
    Map<String, @Nullable Object> card = card(version);
    return card.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Made(
                version.key(),
                card.get("dataset") + "@" + card.get("dataset_version"),
                String.valueOf(card.get("run"))));
  }

  /**
   * Returns the card of {@code version}: what it was made of and measures; empty if it has none.
   *
   * @throws DataException with code {@code model_damaged} if it is not as it was published
   */
  public Map<String, @Nullable Object> card(ModelVersion version) throws IOException {
    return version.files().containsKey(CARD) ? Json.parseObject(text(version, CARD)) : Map.of();
  }

  /**
   * Returns the newest version of {@code name} that was made under {@code key} and does with HEAD
   * what publishing it would: the one who published it may have been killed before HEAD moved, or
   * HEAD may have gone on to another version since.
   */
  public Optional<ModelVersion> reuse(String name, String key, Manifest.Head head)
      throws IOException {
    if (find(name, key).isEmpty()) {
      return Optional.empty();
    }
    try (WriteLock lock = versions.lock(name)) {
      Optional<ModelVersion> known = find(name, key);
      if (known.isPresent()) {
        move(known.get(), head);
      }
      return known;
    }
  }

  private void move(ModelVersion version, Manifest.Head head) throws IOException {
    String name = version.name();
    if (head == Manifest.Head.MOVES
        && !versions.head(name).equals(Optional.of(version.version()))) {
      versions.moveHead(name, version.version());
    }
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
   * Deletes the files of {@code reference}, HEAD or not; HEAD then points to the newest version
   * that is not among {@code others}, which go as well, or to none.
   *
   * @return whether it was there
   */
  boolean retire(Reference reference, Set<String> others) throws IOException {
    String name = reference.name();
    String id = reference.version().orElseThrow();
    try (WriteLock lock = versions.lock(name)) {
      if (!versions.ids(name).contains(id)) {
        return false;
      }
      if (versions.head(name).equals(Optional.of(id))) {
        List<String> stay =
            versions.ids(name).stream().filter(v -> !others.contains(name + "@" + v)).toList();
        if (stay.isEmpty()) {
          versions.removeHead(name);
        } else {
          versions.moveHead(name, stay.get(stay.size() - 1));
        }
      }
      Folders.remove(versions.place(name, id));
      return true;
    }
  }

  /**
   * Publishes a model of these files as the newest version in one step. If another writer has
   * published under {@code key} meanwhile, that version stands.
   *
   * @param made by what the model was made
   * @param contents of the files, by their paths relative to the version's folder, with slashes
   */
  public ModelVersion publish(
      String name, Made made, Map<String, byte[]> contents, Manifest.Head head) throws IOException {
    if (!Reference.isName(name)) {
      throw new IllegalArgumentException(
          "model name must be " + Reference.NAME_RULE + "; found: " + name);
    }
    try (WriteLock lock = versions.lock(name)) {
      Optional<ModelVersion> same = find(name, made.key());
      ModelVersion published = same.isPresent() ? same.get() : write(name, made, contents);
      move(published, head);
      return published;
    }
  }

  /**
   * By what a model was made.
   *
   * @param key digest of all that decides the model
   * @param dataset the version it was trained on
   * @param run id of the run
   */
  public record Made(String key, String dataset, String run) {}

  private ModelVersion write(String name, Made made, Map<String, byte[]> contents)
      throws IOException {
    String id = versions.next(name, shortened(made.key()));
    Path draft = Folders.unfinishedFolder(versions.folder().resolve(name));
    for (Map.Entry<String, byte[]> file : new TreeMap<>(contents).entrySet()) {
      Path path = draft.resolve(file.getKey());
      Folders.create(Optional.ofNullable(path.getParent()).orElse(draft));
      Path place = versions.place(name, id).resolve(file.getKey());
      Files.write(path, files.stored(file.getValue(), place));
    }
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("name", name);
    plain.put("version", id);
    plain.put("key", made.key());
    if (!files.encryption().isEmpty()) {
      // The card cannot be read by who clears up.
      plain.put("dataset", made.dataset());
      plain.put("run", made.run());
    }
    plain.put("files", ModelFiles.digests(draft));
    Folders.replace(draft.resolve(ModelFiles.VERSION), SealedJson.pretty(plain));
    Folders.forceAll(draft);
    Folders.move(draft, versions.place(name, id));
    return version(name, id);
  }

  private ModelVersion version(String name, String id) throws IOException {
    Path folder = versions.place(name, id);
    Path file = folder.resolve(ModelFiles.VERSION);
    String where = root.relativize(file).toString().replace('\\', '/');
    try {
      Map<String, @Nullable Object> plain = SealedJson.read(file);
      Map<String, String> digests = new TreeMap<>();
      Json.object(plain.get("files"))
          .forEach((path, sha) -> digests.put(path, String.valueOf(sha)));
      if (!name.equals(plain.get("name")) || !id.equals(plain.get("version"))) {
        throw new IllegalArgumentException("it is that of another version");
      }
      String key = ManifestJson.text(plain, "key");
      Optional<Made> made =
          plain.get("dataset") instanceof String dataset
              ? Optional.of(new Made(key, dataset, ManifestJson.text(plain, "run")))
              : Optional.empty();
      return new ModelVersion(name, id, key, folder.toAbsolutePath(), digests, made);
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
