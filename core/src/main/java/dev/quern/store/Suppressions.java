package dev.quern.store;

import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.format.json.Json;
import dev.quern.format.json.SealedJson;
import dev.quern.operator.Suppression;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The subjects that are forgotten in a workspace, by keyed hash, so that no run brings them back.
 * An entry stays when its erasure is closed.
 *
 * @param entries fields in which the subject was named, beside those with the role, by hash
 */
public record Suppressions(Map<String, Set<String>> entries) {
  /** Where they lie, relative to the workspace. */
  static final String FILE = "erasure/suppressed.json";

  public Suppressions {
    entries = new TreeMap<>(entries);
  }

  /**
   * Reads those of the workspace {@code root}.
   *
   * @throws dev.quern.engine.DataException if the file is damaged: what is forgotten must be known
   *     before anything is read
   */
  static Suppressions of(Path root) throws IOException {
    Map<String, Set<String>> entries = new TreeMap<>();
    try {
      for (Object one : Json.list(SealedJson.read(root.resolve(FILE)).get("subjects"))) {
        Map<String, @Nullable Object> plain = Json.object(one);
        Set<String> fields = new TreeSet<>();
        Json.list(plain.get("fields")).forEach(field -> fields.add(String.valueOf(field)));
        entries.put(ManifestJson.text(plain, "subject"), fields);
      }
    } catch (NoSuchFileException e) {
      return new Suppressions(Map.of()); // Nobody is forgotten.
    } catch (IllegalArgumentException e) {
      throw StoredJson.damaged(FILE, "a list of forgotten subjects", e);
    }
    return new Suppressions(entries);
  }

  /** Adds {@code subject}; the caller holds the workspace's lock. */
  void add(Path root, String subject, Set<String> fields) throws IOException {
    Map<String, Set<String>> more = new TreeMap<>(entries);
    Set<String> all = new TreeSet<>(fields);
    all.addAll(entries.getOrDefault(subject, Set.of()));
    more.put(subject, all);
    List<Object> plain = new ArrayList<>();
    more.forEach(
        (hash, names) -> {
          Map<String, @Nullable Object> one = new LinkedHashMap<>();
          one.put("subject", hash);
          one.put("fields", new ArrayList<>(names));
          plain.add(one);
        });
    Map<String, @Nullable Object> file = new LinkedHashMap<>();
    file.put("subjects", plain);
    Folders.replace(root.resolve(FILE), SealedJson.pretty(file));
  }

  /** Returns whether nobody is forgotten. */
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Returns what drops the forgotten subjects of samples of {@code schema}, if it names any. */
  public Optional<Suppression> of(Schema schema) {
    Set<String> named = new TreeSet<>();
    entries.values().forEach(named::addAll);
    List<String> fields =
        schema.fields().stream()
            .filter(field -> field.is(Role.SUBJECT) || named.contains(field.name()))
            .map(Field::name)
            .toList();
    return entries.isEmpty() || fields.isEmpty()
        ? Optional.empty()
        : Optional.of(new Suppression(new ArrayList<>(entries.keySet()), fields));
  }
}
