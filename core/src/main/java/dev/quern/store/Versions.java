package dev.quern.store;

import dev.quern.engine.DataException;
import dev.quern.text.Suggestion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Numbered versions of named things in a folder each, with a HEAD: what datasets and models share.
 *
 * <p>A version's id is its number and the beginning of its digest, {@code 3-1f0c2a9b}. Numbers are
 * given under the folder's lock, so they are unique and grow.
 *
 * @param folder the folder of all names
 * @param kind what is versioned, for messages: {@code dataset} or {@code model}
 * @param ending what the name of a version's file adds to its id, empty for a folder
 */
record Versions(Path folder, String kind, String ending) {
  /** How long a writer waits for another: publishing takes milliseconds. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String HEAD = "HEAD";

  /** Hexadecimal digits of the digest in an id. */
  private static final int SHORT = 8;

  /** Digits up to which a reference is a version's number only; more may begin a digest. */
  private static final int NUMBER_DIGITS = 4;

  /** Returns all names, sorted. */
  List<String> names() throws IOException {
    return Folders.names(folder).stream()
        .filter(Reference::isName)
        .filter(name -> Files.isDirectory(folder.resolve(name)))
        .toList();
  }

  /** Returns the ids of the versions of {@code name}, oldest first. */
  List<String> ids(String name) throws IOException {
    return Folders.names(folder.resolve(name)).stream()
        .filter(file -> file.endsWith(ending) && file.matches("\\d{1,9}-[0-9a-f]{8}(\\.json)?"))
        .map(file -> file.substring(0, file.length() - ending.length()))
        .sorted(Comparator.comparingInt(Versions::number))
        .toList();
  }

  /** Returns the file or folder of version {@code id}. */
  Path place(String name, String id) {
    return folder.resolve(name).resolve(id + ending);
  }

  /** Returns the id HEAD points to. */
  Optional<String> head(String name) throws IOException {
    Path file = folder.resolve(name).resolve(HEAD);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    // Any bytes are a text so; only an id is one of the versions.
    String id = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
    if (!ids(name).contains(id)) {
      throw new DataException(
          "head_damaged",
          kind
              + " "
              + name
              + ": HEAD must name a version; found: one that is not there; write one of "
              + ids(name)
              + " into "
              + file);
    }
    return Optional.of(id);
  }

  /** Points HEAD to {@code id}; the caller holds the lock. */
  void moveHead(String name, String id) throws IOException {
    Folders.replace(folder.resolve(name).resolve(HEAD), id + "\n");
  }

  /** Lets HEAD point to no version; the caller holds the lock. */
  void removeHead(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name).resolve(HEAD));
  }

  /** Returns the id of a new version with {@code digest}; the caller holds the lock. */
  String next(String name, String digest) throws IOException {
    List<String> ids = ids(name);
    int number = ids.isEmpty() ? 0 : number(ids.get(ids.size() - 1));
    return (number + 1) + "-" + digest.substring(0, SHORT);
  }

  WriteLock lock(String name) throws IOException {
    return WriteLock.take(folder.resolve(name), kind + " " + name, PATIENCE);
  }

  static int number(String id) {
    return Integer.parseInt(id.substring(0, id.indexOf('-')));
  }

  /**
   * Returns the id that {@code reference} means: HEAD, a whole id, a number, or the beginning of a
   * digest.
   *
   * @throws DataException if it means none or several
   */
  String resolve(Reference reference) throws IOException {
    String name = reference.name();
    List<String> ids = ids(name);
    if (ids.isEmpty()) {
      List<String> names = names();
      throw new DataException(
          kind + "_unknown",
          name
              + " must be the name of a "
              + kind
              + "; found: none with versions"
              + Suggestion.of(name, names)
              + (names.isEmpty() ? "" : "; known: " + String.join(", ", names)));
    }
    if (reference.version().isEmpty()) {
      return head(name)
          .orElseThrow(
              () ->
                  new DataException(
                      "head_absent",
                      name
                          + " must have a HEAD; found: none, because no version of whole sources"
                          + " has passed its checks; name a version: "
                          + String.join(", ", ids)));
    }
    return chosen(reference, reference.version().get(), ids);
  }

  private static boolean isNumber(String version) {
    return version.length() <= NUMBER_DIGITS && version.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private String chosen(Reference reference, String version, List<String> ids) {
    for (String id : ids) {
      if (id.equals(version) || id.startsWith(version + "-")) {
        return id;
      }
    }
    // A short number is a number: version 9 that is not there must not be the digest 9ffe….
    List<String> found =
        isNumber(version)
            ? List.of()
            : ids.stream()
                .filter(
                    id ->
                        id.startsWith(version)
                            || id.substring(id.indexOf('-') + 1).startsWith(version))
                .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    throw new DataException(
        "version_unknown",
        reference
            + " must be one version of "
            + reference.name()
            + "; found: "
            + (found.isEmpty() ? "none" : String.join(", ", found))
            + (found.isEmpty() ? "; known: " + String.join(", ", ids) : "; write more of it"));
  }
}
