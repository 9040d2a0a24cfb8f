package dev.quern.engine.pass;

import dev.quern.engine.SampleFiles;
import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects that a pass remembers itself by: as they are where files are in clear. Where they
 * are encrypted, an object is too, bound to its place, so that nobody else can write, move or read
 * one; names of files stay readable, for who clears up without a key.
 *
 * @param files tells whether and how to encrypt
 */
record SealedText(SampleFiles files) {
  private static final String NAMES = "names";
  private static final String SEALED = "sealed";

  /**
   * Returns what is written for {@code plain}.
   *
   * @param names the files it tells of
   * @param place where it will be read, in the workspace
   */
  Map<String, @Nullable Object> written(
      Map<String, @Nullable Object> plain, Set<String> names, Path place) throws IOException {
    if (files.encryption().isEmpty()) {
      return plain;
    }
    byte[] stored = files.stored(Json.write(plain).getBytes(StandardCharsets.UTF_8), place);
    Map<String, @Nullable Object> sealed = new LinkedHashMap<>();
    sealed.put(NAMES, List.copyOf(names));
    sealed.put(SEALED, Base64.getEncoder().encodeToString(stored));
    return sealed;
  }

  /**
   * Returns what {@link #written} was given.
   *
   * @throws IllegalArgumentException if it is something else
   * @throws dev.quern.engine.DataException if it is not as it was encrypted at this place, or its
   *     key is not there
   */
  Map<String, @Nullable Object> read(Map<String, @Nullable Object> written, Path place)
      throws IOException {
    if (files.encryption().isEmpty()) {
      return written;
    }
    byte[] stored = Base64.getDecoder().decode(TaskLine.text(written.get(SEALED)));
    return Json.parseObject(new String(files.content(stored, place), StandardCharsets.UTF_8));
  }

  /**
   * Returns the names of files that {@code written} tells of without a key, empty if it is clear.
   */
  static Optional<Set<String>> names(Map<String, @Nullable Object> written) {
    if (!written.containsKey(SEALED)) {
      return Optional.empty();
    }
    Set<String> names = new TreeSet<>();
    Json.list(written.get(NAMES)).forEach(name -> names.add(TaskLine.text(name)));
    return Optional.of(names);
  }
}
