package dev.quern.store;

import dev.quern.data.Digest;
import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.engine.Shard;
import dev.quern.engine.Stored;
import dev.quern.format.parquet.FieldKeys;
import dev.quern.format.parquet.ShardDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The datasets of a workspace and their versions. Safe for several threads and processes. */
public final class Datasets {
  private static final Logger LOG = LoggerFactory.getLogger(Datasets.class);

  private final Path root;
  private final FieldKeys fieldKeys;
  private final Versions versions;

  Datasets(Path root, FieldKeys fieldKeys) {
    this.fieldKeys = fieldKeys;
    this.root = root;
    this.versions = new Versions(root.resolve("datasets"), "dataset", ".json");
  }

  /** Returns the names of all datasets, sorted. */
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
   * @throws DataException if it means none or several, or its manifest is damaged
   */
  public Manifest resolve(Reference reference) throws IOException {
    return manifest(reference.name(), versions.resolve(reference));
  }

  /** Returns version {@code id} of {@code name}. */
  public Manifest manifest(String name, String id) throws IOException {
    Path file = versions.place(name, id);
    String where = relative(file);
    try {
      Manifest manifest = ManifestJson.read(file, where);
      if (!manifest.version().equals(id) || !manifest.dataset().equals(name)) {
        throw new DataException(
            "file_damaged", where + " must hold " + name + "@" + id + "; found: another version");
      }
      return manifest;
    } catch (NoSuchFileException e) {
      throw new DataException(
          "version_unknown", name + "@" + id + " must have a manifest; found: no " + where, e);
    }
  }

  /**
   * Publishes {@code manifest} as the newest version, or finds the version that holds the same
   * samples by the same recipe. Shards must be complete. Writers wait for each other: the later one
   * comes after the earlier one's version, and none is lost.
   *
   * @return the manifest as published, with version, previous version and relative paths
   * @throws DataException with code {@code head_busy} if another writer does not finish
   */
  public Manifest publish(Manifest manifest, Manifest.Head head) throws IOException {
    String name = manifest.dataset();
    if (!Reference.isName(name)) {
      throw new IllegalArgumentException(
          "dataset name must be " + Reference.NAME_RULE + "; found: " + name);
    }
    List<Shard> shards = new ArrayList<>();
    for (Shard shard : manifest.shards()) {
      Path path = root.resolve(shard.path()).normalize();
      shards.add(new Shard(relative(path), shard.sha256(), shard.samples(), shard.bytes()));
    }
    for (Shard shard : shards) {
      requireWhole(shard, manifest.dataset());
    }
    index(manifest.schema(), shards);
    try (WriteLock lock = versions.lock(name)) {
      Optional<String> before = versions.head(name);
      Optional<Manifest> same = find(manifest);
      Manifest published = same.isPresent() ? same.get() : write(manifest, before, shards);
      if (head == Manifest.Head.MOVES && !before.equals(Optional.of(published.version()))) {
        versions.moveHead(name, published.version());
      }
      return published;
    }
  }

  /** Writes which subjects {@code shards} hold, where their samples say so. */
  void index(Schema schema, List<Shard> shards) throws IOException {
    if (!SubjectIndex.fields(schema).isEmpty()) {
      SubjectIndex index = new SubjectIndex(root, SubjectKey.of(root), fieldKeys);
      for (Shard shard : shards) {
        index.ensure(shard, schema);
      }
    }
  }

  /** Puts {@code manifest} in the place of the version it is, some of whose samples are gone. */
  void supersede(Manifest manifest) throws IOException {
    try (WriteLock lock = versions.lock(manifest.dataset())) {
      Path file = versions.place(manifest.dataset(), manifest.version());
      Folders.replace(file, ManifestJson.write(manifest));
    }
  }

  /** Removes version {@code id} of {@code name}, unless HEAD has come to point to it. */
  boolean remove(String name, String id) throws IOException {
    try (WriteLock lock = versions.lock(name)) {
      return !versions.head(name).equals(Optional.of(id))
          && Files.deleteIfExists(versions.place(name, id));
    }
  }

  private Manifest write(Manifest manifest, Optional<String> before, List<Shard> shards)
      throws IOException {
    String name = manifest.dataset();
    String id = versions.next(name, manifest.digest());
    Manifest published = manifest.published(id, before, shards);
    Folders.replace(versions.place(name, id), ManifestJson.write(published));
    return published;
  }

  /** Returns the newest version with the same samples as {@code manifest} by the same recipe. */
  public Optional<Manifest> find(Manifest manifest) throws IOException {
    List<String> ids = versions.ids(manifest.dataset());
    String ending = manifest.digest().substring(0, 8);
    // The id of a version of which samples are forgotten still tells of the digest before.
    boolean forgotten = !Suppressions.of(root).isEmpty();
    for (int i = ids.size() - 1; i >= 0; i--) {
      if (forgotten || ids.get(i).endsWith("-" + ending)) {
        Manifest other = manifest(manifest.dataset(), ids.get(i));
        if (other.digest().equals(manifest.digest())
            && other.recipeDigest().equals(manifest.recipeDigest())
            && isWhole(other)) {
          return Optional.of(other);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the samples of {@code manifest}, with absolute paths.
   *
   * @param number number of the source that reads them, the upper part of their rank
   * @throws DataException if a shard is missing or has another size
   */
  public Stored stored(Manifest manifest, int number) throws IOException {
    List<Shard> shards = new ArrayList<>();
    for (Shard shard : manifest.shards()) {
      requireWhole(shard, manifest.reference().toString());
      String path = root.resolve(shard.path()).toString();
      shards.add(new Shard(path, shard.sha256(), shard.samples(), shard.bytes()));
    }
    String key = Digest.ofText("version " + manifest.digest()) + ":" + number;
    return new Stored(key, manifest.schema(), Stored.Format.PARQUET, shards, number);
  }

  /**
   * Returns what compares shards with their digests, and names their versions where they differ.
   */
  public ShardDigests digests() {
    return new ShardDigests(this::owners);
  }

  /** Returns the versions that hold {@code shard}; manifests that cannot be read hold none. */
  private String owners(Shard shard) throws IOException {
    List<String> owners = new ArrayList<>();
    for (String name : names()) {
      for (String id : versions(name)) {
        try {
          Manifest manifest = manifest(name, id);
          if (manifest.shards().stream().anyMatch(own -> own.sha256().equals(shard.sha256()))) {
            owners.add(manifest.reference().toString());
          }
        } catch (DataException e) {
          LOG.warn("{}", e.getMessage());
        }
      }
    }
    return String.join(", ", owners);
  }

  /**
   * Reads all shards and states of {@code manifest} and returns those that are not as they were
   * published, with paths relative to the workspace.
   */
  public List<Shard> damaged(Manifest manifest) throws IOException {
    List<Shard> damaged = new ArrayList<>();
    List<Shard> files = new ArrayList<>(manifest.shards());
    manifest.states().forEach(state -> files.add(state.file()));
    for (Shard shard : files) {
      String path = root.resolve(shard.path()).toString();
      Shard there = new Shard(path, shard.sha256(), shard.samples(), shard.bytes());
      if (size(shard) != shard.bytes() || !ShardDigests.isWhole(there)) {
        damaged.add(shard);
      }
    }
    return damaged;
  }

  private boolean isWhole(Manifest manifest) throws IOException {
    for (Shard shard : manifest.shards()) {
      if (size(shard) != shard.bytes()) {
        return false;
      }
    }
    return true;
  }

  private void requireWhole(Shard shard, String of) throws IOException {
    long size = size(shard);
    if (size != shard.bytes()) {
      throw new DataException(
          "shard_damaged",
          shard.path()
              + " must have "
              + shard.bytes()
              + " bytes; found: "
              + (size < 0 ? "no file" : size + " bytes")
              + "; restore it from a copy, or run the recipe of "
              + of
              + " again");
    }
  }

  /** Returns the size of a shard's file, -1 if there is none. */
  private long size(Shard shard) throws IOException {
    Path path = root.resolve(shard.path());
    return Files.isRegularFile(path) ? Files.size(path) : -1;
  }

  private String relative(Path path) {
    if (!path.startsWith(root)) {
      throw new IllegalArgumentException(
          "file must lie in the workspace; found: one that does not");
    }
    return root.relativize(path).toString().replace('\\', '/');
  }
}
