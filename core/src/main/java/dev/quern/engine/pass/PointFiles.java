package dev.quern.engine.pass;

import dev.quern.format.json.Json;
import dev.quern.format.json.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What of a pass's folder the next execution of the pass would take up, finished or killed. */
public final class PointFiles {
  private PointFiles() {}

  /**
   * Returns the names of all files that the pass in {@code folder} relies on, of shards as well,
   * which lie elsewhere. What else is in the folder was left by a kill. A folder that cannot be
   * understood relies on nothing.
   */
  public static Set<String> of(Path folder) throws IOException {
    Path result = folder.resolve(ResultFile.NAME);
    if (Files.isRegularFile(result)) {
      try {
        return ofResult(SealedJson.read(result));
      } catch (IllegalArgumentException e) {
        return Set.of(); // The engine begins such a pass anew.
      }
    }
    Path journal = folder.resolve(Journal.NAME);
    return Files.isRegularFile(journal)
        ? Journal.files(Files.readAllBytes(journal))
        : new TreeSet<>();
  }

  private static Set<String> ofResult(Map<String, @Nullable Object> map) {
    Optional<Set<String>> sealed = SealedText.names(map);
    return sealed.isPresent() ? sealed.get() : ofClear(map);
  }

  private static Set<String> ofClear(Map<String, @Nullable Object> map) {
    Set<String> names = new TreeSet<>(ResultFile.names((int) TaskLine.number(map.get("folds"))));
    Json.list(map.get("shards"))
        .forEach(shard -> names.add(TaskLine.text(TaskLine.list(shard, 4).get(0))));
    Json.list(map.get("dropped")).forEach(name -> names.add(TaskLine.text(name)));
    Json.list(map.get("changed")).forEach(name -> names.add(TaskLine.text(name)));
    Json.list(map.get("quarantined")).forEach(name -> names.add(TaskLine.text(name)));
    return names;
  }
}
