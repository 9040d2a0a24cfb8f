package dev.quern.store;

import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.format.json.Json;
import dev.quern.format.json.SchemaJson;
import dev.quern.format.source.RemoteFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of input files: the digest of their content by path, size and time of change, and
 * schemas inferred from them. Safe for several threads; of several processes the last one's
 * knowledge is kept, which costs the others a second look and nothing else.
 */
public final class FileDigests {
  private static final Logger LOG = LoggerFactory.getLogger(FileDigests.class);
  private static final int PART = 1 << 20;

  /** Entries of each kind that are kept, about 30 MB of JSON. */
  private static final int MAX_ENTRIES = 200_000;

  /**
   * A file changed less than this before the cache was written may have changed again at the same
   * time of change: file systems count in up to 2 s (FAT).
   */
  private static final long UNSURE_MILLIS = 2_000;

  private final Path file;
  private final Map<String, @Nullable Object> digests;
  private final Map<String, @Nullable Object> schemas;
  private final long written;

  FileDigests(Path file) throws IOException {
    this.file = file;
    Map<String, @Nullable Object> plain = load(file);
    this.digests = part(plain, "digests");
    this.schemas = part(plain, "schemas");
    this.written = plain.isEmpty() ? 0 : Files.getLastModifiedTime(file).toMillis();
  }

  /** Infers a schema. */
  public interface Inference {
    /** Returns the schema; called where it is not known. */
    Schema infer() throws IOException;
  }

  /**
   * Returns the digest of names and contents of {@code files}, 32 hexadecimal digits. Contents are
   * read only of files that are new or have changed.
   *
   * @throws DataException if a file is no longer there or changes while it is read
   */
  public synchronized String digest(List<InputFile> files) throws IOException {
    Hash128 all = new Hash128();
    boolean news = false;
    for (InputFile input : files) {
      String known = known(input);
      String digest = known == null ? content(input) : known;
      if (known == null) {
        remember(digests, key(input), digest);
        news = true;
      }
      all.putText(input.name()).putText(digest);
    }
    if (news) {
      save();
    }
    all.finish();
    return hex(all);
  }

  /** Returns whether {@link #digest} of these files needs no reading. */
  public synchronized boolean isKnown(List<InputFile> files) {
    return files.stream().allMatch(input -> known(input) != null);
  }

  private @Nullable String known(InputFile input) {
    boolean sure = input.modified() < written - UNSURE_MILLIS;
    return sure && digests.get(key(input)) instanceof String text ? text : null;
  }

  private static String key(InputFile input) {
    return input.bytes() + " " + input.modified() + " " + input.path();
  }

  /** Returns the schema known under {@code key}, else what {@code inference} tells. */
  public synchronized Schema schema(String key, Inference inference) throws IOException {
    String shortKey = hex(new Hash128().putText(key).finish());
    Optional<Schema> known = known(shortKey);
    if (known.isPresent()) {
      return known.get();
    }
    Schema schema = inference.infer();
    remember(schemas, shortKey, SchemaJson.plain(schema));
    save();
    return schema;
  }

  private Optional<Schema> known(String key) {
    Object plain = schemas.get(key);
    try {
      return plain == null ? Optional.empty() : Optional.of(SchemaJson.schema(plain));
    } catch (IllegalArgumentException e) {
      LOG.warn("{} holds a damaged schema, inferred anew: {}", file.getFileName(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Hashes parts of 1 MiB and then their hashes, so that memory stays small. */
  private static String content(InputFile input) throws IOException {
    if (RemoteFiles.isAddress(input.path())) {
      // What may be larger than this machine's disk is known by place, size and time.
      return InputFile.looks(List.of(input));
    }
    Hash128 parts = new Hash128();
    Hash128 part = new Hash128();
    byte[] buffer = new byte[PART];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(Path.of(input.path()))) {
      for (int n = in.readNBytes(buffer, 0, PART); n > 0; n = in.readNBytes(buffer, 0, PART)) {
        part.hash(buffer, 0, n, 0);
        parts.putLong(part.high()).putLong(part.low());
        bytes += n;
      }
    } catch (NoSuchFileException e) {
      throw new DataException(
          "file_not_found", input.name() + " must stay until it is read; found: no file", e);
    }
    if (bytes != input.bytes()) {
      throw new DataException(
          "file_changed",
          input.name()
              + " must not change while it is read; found: "
              + bytes
              + " bytes instead of "
              + input.bytes()
              + "; run again when it is complete");
    }
    return hex(parts.putLong(bytes).finish());
  }

  private static String hex(Hash128 hash) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(hash.high()) + hex.toHexDigits(hash.low());
  }

  private static void remember(Map<String, @Nullable Object> map, String key, Object value) {
    map.remove(key);
    while (map.size() >= MAX_ENTRIES) {
      map.remove(map.keySet().iterator().next());
    }
    map.put(key, value);
  }

  private void save() throws IOException {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("digests", digests);
    plain.put("schemas", schemas);
    try {
      Folders.replace(file, Json.write(plain) + "\n");
    } catch (FileSystemException e) {
      // A workspace that can only be read may still be planned for; the next look costs a reading.
      LOG.info("{} cannot be kept: {}", file.getFileName(), e.getClass().getSimpleName());
    }
  }

  /** A damaged cache is worth no error: it is told and begun anew. */
  private static Map<String, @Nullable Object> load(Path file) throws IOException {
    try {
      Map<String, @Nullable Object> plain = Json.readObject(file);
      Json.object(plain.get("digests"));
      Json.object(plain.get("schemas"));
      return plain;
    } catch (NoSuchFileException e) {
      return Map.of(); // The first run of a workspace.
    } catch (IllegalArgumentException e) {
      LOG.warn("{} is damaged and will be written anew: {}", file.getFileName(), e.getMessage());
      return Map.of();
    }
  }

  private static Map<String, @Nullable Object> part(
      Map<String, @Nullable Object> plain, String key) {
    return plain.get(key) == null
        ? new LinkedHashMap<>()
        : new LinkedHashMap<>(Json.object(plain.get(key)));
  }
}
