package dev.quern.store;

import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON documents that a workspace keeps: what has been damaged is told with its name and a fix. */
public final class StoredJson {
  private StoredJson() {}

  /**
   * Reads {@code file}.
   *
   * @param where the file, relative to the workspace, for messages
   * @param what it must be: {@code a report}
   * @throws DataException with code {@code file_damaged} if it is no JSON object
   * @throws java.nio.file.NoSuchFileException if it is not there
   */
  public static Map<String, @Nullable Object> read(Path file, String where, String what)
      throws IOException {
    try {
      return Json.readObject(file);
    } catch (IllegalArgumentException e) {
      throw damaged(where, what, e);
    }
  }

  /** No cause is carried: a parser's own message may quote the file, which may hold values. */
  static DataException damaged(String where, String what, IllegalArgumentException e) {
    return new DataException(
        "file_damaged",
        where
            + " must be "
            + what
            + "; found: damage ("
            + e.getMessage()
            + "); restore it from a copy, or delete it and run the recipe again");
  }
}
