package dev.quern.store;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What lies in a workspace and so must be in its audit: nothing is done before it is told. Thus an
 * audit that was put back together with its signed heads, or taken away as a whole, is found.
 */
final class AuditTraces {
  private final Path root;
  private final Set<String> told;
  private final List<String> untold = new ArrayList<>();

  /**
   * Compares with what was told.
   *
   * @param told events of the audit, as {@link #event} writes them
   */
  AuditTraces(Path root, Set<String> told) {
    this.root = root;
    this.told = told;
  }

  /** Returns an event of the audit as a key. */
  static String event(String action, String resource, String run) {
    return switch (action) {
      case "run" -> "run " + run;
      case "publish" -> "publish " + resource + " " + run;
      default -> action + " " + resource;
    };
  }

  /** Returns a sentence for each thing that was never told. */
  List<String> untold() throws IOException {
    Path runs = root.resolve("runs");
    for (String run : Folders.names(runs)) {
      Path report = runs.resolve(run).resolve("report.json");
      if (Files.exists(report)) {
        run(run, read(report));
      }
    }
    Path datasets = root.resolve("datasets");
    for (String dataset : Folders.names(datasets)) {
      for (String file : Folders.names(datasets.resolve(dataset))) {
        if (file.endsWith(".json")) {
          version(dataset, file, read(datasets.resolve(dataset).resolve(file)));
        }
      }
    }
    Path erasures = root.resolve("erasure");
    for (String file : Folders.names(erasures)) {
      if (read(erasures.resolve(file)).get("subject") instanceof String subject
          && read(erasures.resolve(file)).get("state") instanceof String) {
        must(event("erase", "subject/" + subject, ""), "erasure " + file.replace(".json", ""));
      }
    }
    return untold;
  }

  /** A run whose report can be read published the version that the report names. */
  private void run(String run, Map<String, @Nullable Object> report) {
    String sentence = "run " + run;
    if (must(event("run", "", run), sentence)
        && report.get("dataset") instanceof Map<?, ?> dataset
        && dataset.get("name") instanceof String name) {
      must(event("publish", "dataset/" + name, run), "what " + sentence + " published");
    }
  }

  private void version(String dataset, String file, Map<String, @Nullable Object> manifest) {
    if (manifest.get("run") instanceof String run) {
      String version = dataset + "@" + file.substring(0, file.length() - ".json".length());
      must(event("publish", "dataset/" + dataset, run), "version " + version);
    }
  }

  private boolean must(String event, String what) {
    boolean is = told.contains(event);
    if (!is) {
      untold.add(what + " must be in the audit; found: no line of it");
    }
    return is;
  }

  /** What is damaged or encrypted tells nothing here: who reads it finds out. */
  private static Map<String, @Nullable Object> read(Path file) throws IOException {
    try {
      return Json.readObject(file);
    } catch (IllegalArgumentException e) {
      return Map.of();
    }
  }
}
