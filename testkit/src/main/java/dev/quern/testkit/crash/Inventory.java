package dev.quern.testkit.crash;

import dev.quern.data.Digest;
import dev.quern.engine.Shard;
import dev.quern.format.json.Json;
import dev.quern.store.Manifest;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A walk over a workspace in which no run is at work and which has been cleared up: every file must
 * be explained by a version, a model, a finished run or what the last run of a recipe relied on.
 * Knows nothing of how {@code quern gc} finds what may go.
 */
public final class Inventory {
  private static final Set<String> OF_MODEL =
      Set.of("version.json", "card.json", "metrics.json", "model.onnx", "serving.json");

  private static final Pattern OF_RUN =
      Pattern.compile(
          "(plan|report|lineage)\\.json|recipe\\.yaml|report\\.html|log\\.jsonl"
              + "|(dropped|quarantine|changes|verdicts|aside)/[0-9]{4}\\.jsonl");

  private final Workspace workspace;
  private final Set<String> explained = new TreeSet<>();

  private Inventory(Path root) {
    this.workspace = new Workspace(root);
  }

  /** Returns every file below {@code folder}, and every folder without one, sorted. */
  static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted().toList()) {
        if (!Files.isDirectory(path) || isEmpty(path)) {
          found.add(path);
        }
      }
    }
    return found;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> list = Files.list(folder)) {
      return list.findAny().isEmpty();
    }
  }

  /** Returns the names of all files below {@code workspace}, without those of runs. */
  static List<String> names(Path workspace) throws IOException {
    return files(workspace).stream()
        .map(file -> workspace.relativize(file).toString())
        .filter(name -> !name.startsWith("runs"))
        .toList();
  }

  /** Returns the files of the workspace at {@code root} that nothing explains, sorted. */
  public static List<String> orphans(Path root) throws IOException {
    Inventory inventory = new Inventory(root);
    inventory.versions();
    inventory.models();
    inventory.runs();
    inventory.work();
    return files(root).stream()
        .map(file -> root.relativize(file).toString())
        .filter(name -> !inventory.explained.contains(name))
        .toList();
  }

  private void versions() throws IOException {
    for (String name : workspace.datasets().names()) {
      String folder = "datasets/" + name + "/";
      explained.add(folder + ".lock");
      workspace.datasets().head(name).ifPresent(head -> explained.add(folder + "HEAD"));
      for (String id : workspace.datasets().versions(name)) {
        Manifest manifest = workspace.datasets().manifest(name, id);
        explained.add(folder + id + ".json");
        manifest.shards().stream().map(Shard::path).forEach(explained::add);
        manifest.states().forEach(state -> explained.add(state.file().path()));
      }
    }
  }

  private void models() throws IOException {
    for (String name : workspace.models().names()) {
      String folder = "models/" + name + "/";
      explained.add(folder + ".lock");
      workspace.models().head(name).ifPresent(head -> explained.add(folder + "HEAD"));
      for (String id : workspace.models().versions(name)) {
        OF_MODEL.forEach(file -> explained.add(folder + id + "/" + file));
      }
    }
  }

  private void runs() throws IOException {
    for (String id : Moment.runs(workspace.root())) {
      Path folder = workspace.runs().resolve(id);
      if (Files.exists(folder.resolve("report.json"))) {
        for (Path file : files(folder)) {
          String name = folder.relativize(file).toString();
          if (OF_RUN.matcher(name).matches()) {
            explained.add("runs/" + id + "/" + name);
          }
        }
      }
    }
  }

  private void work() throws IOException {
    explained.addAll(List.of("work/.lock", "work/inputs.json"));
    // Empty where nothing is kept.
    explained.addAll(List.of("runs", "shards", "states", "work/fits", "work/passes"));
    explained.addAll(List.of("availability/.lock", "availability/attempts.jsonl"));
    explained.addAll(List.of("audit.jsonl", "audit/heads.jsonl", "audit/key.pub", "audit/.lock"));
    explained.add("keys/audit.ed25519");
    for (Path file : files(workspace.root().resolve("work/needs"))) {
      String name = String.valueOf(file.getFileName());
      if (!name.endsWith(".json") || name.startsWith(".")) {
        continue;
      }
      explained.add("work/needs/" + name);
      explained.add("work/plans/" + name);
      Map<String, @Nullable Object> needs = json(file);
      for (Object key : Json.list(needs.get("fits"))) {
        String digest = Digest.ofText(String.valueOf(key));
        explained.add("work/fits/" + digest.substring(0, 32) + ".json");
      }
      for (Object pass : Json.list(needs.get("passes"))) {
        point("work/passes/" + pass + "/");
      }
    }
  }

  /** What a finished pass has left: its result, states of folds, blocks, what was set aside. */
  private void point(String folder) throws IOException {
    Path file = workspace.root().resolve(folder).resolve("result.json");
    if (!Files.exists(file)) {
      return;
    }
    Map<String, @Nullable Object> result = json(file);
    explained.add(folder + "result.json");
    long folds = result.get("folds") instanceof Long number ? number : 0;
    for (int i = 0; i < folds; i++) {
      explained.add(folder + "fold" + i + ".state");
    }
    for (Object shard : Json.list(result.get("shards"))) {
      String name = String.valueOf(Json.list(shard).get(0));
      explained.add((name.endsWith(".blocks") ? folder : "shards/") + name);
    }
    for (String kind : List.of("dropped", "quarantined")) {
      Json.list(result.get(kind)).forEach(name -> explained.add(folder + name));
    }
  }

  private static Map<String, @Nullable Object> json(Path file) throws IOException {
    return Json.parseObject(Files.readString(file, StandardCharsets.UTF_8));
  }
}
