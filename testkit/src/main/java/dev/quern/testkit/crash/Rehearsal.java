package dev.quern.testkit.crash;

import dev.quern.data.Digest;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What undisturbed runs come to: a workspace with earlier versions and, for each recipe, the
 * outcome of a run in a copy of it.
 *
 * @param program the program, started in the folder with recipes and files
 * @param base the workspace with earlier versions, never changed any more
 * @param earlier digests of all files of earlier versions and models, by name
 * @param exports digest of the exported earlier version of each dataset
 * @param scripts by name of the recipe
 */
record Rehearsal(
    Program program,
    Path base,
    Map<String, String> earlier,
    Map<String, String> exports,
    Map<String, Script> scripts) {

  /**
   * An undisturbed run.
   *
   * @param outcome what it came to
   * @param timeline where its time went
   * @param files names of all files of the workspace after it and {@code quern gc}, without runs
   */
  record Script(RunOutcome outcome, Timeline timeline, List<String> files) {}

  /** Makes files, earlier versions and undisturbed runs in {@code folder}. */
  static Rehearsal of(Path launcher, Path folder, long bytes)
      throws IOException, InterruptedException {
    Path material = Files.createDirectories(folder.resolve("material"));
    Material.write(material, bytes);
    Program program = new Program(launcher, material);
    Path base = folder.resolve("base");
    program.run(List.of("run", "people.yaml", "--workspace", base.toString(), "--quiet"));
    program.run(
        List.of("export", "people", "--output", "people.parquet", "--workspace", base.toString()));
    for (Act act : List.of(Act.ORDERS, Act.BASKETS)) {
      program.run(act.run(base, Act.Way.USUAL, Act.EARLIER));
    }
    Map<String, String> exports = new LinkedHashMap<>();
    for (String name : new Workspace(base).datasets().names()) {
      exports.put(name, export(program, base, name + "@1", folder.resolve("earlier.csv")));
    }
    Map<String, Script> scripts = new LinkedHashMap<>();
    for (Act act : Act.all()) {
      Path copy = folder.resolve("undisturbed-" + act.name());
      copy(base, copy);
      scripts.put(act.name(), script(program, act, copy));
    }
    return new Rehearsal(program, base, versions(base), exports, scripts);
  }

  private static Script script(Program program, Act act, Path workspace)
      throws IOException, InterruptedException {
    Instant began = Instant.now();
    program.run(act.run(workspace, Act.Way.USUAL));
    Instant ended = Instant.now();
    List<String> runs = Moment.runs(workspace);
    Path run = workspace.resolve("runs").resolve(runs.get(runs.size() - 1));
    Timeline timeline = Timeline.of(act, began, ended, KillPhase.events(run));
    program.run(List.of("gc", "--workspace", workspace.toString()));
    List<String> orphans = Inventory.orphans(workspace);
    if (!orphans.isEmpty()) {
      throw new Misbehaviour("an undisturbed run must leave no orphan; found: " + orphans);
    }
    return new Script(RunOutcome.newest(workspace), timeline, Inventory.names(workspace));
  }

  Script script(Act act) {
    return Optional.ofNullable(scripts.get(act.name())).orElseThrow();
  }

  /** Exports {@code version} to {@code file} and returns the digest of what was written. */
  static String export(Program program, Path workspace, String version, Path file)
      throws IOException, InterruptedException {
    Files.deleteIfExists(file);
    program.run(
        List.of(
            "export",
            version,
            "--output",
            file.toString(),
            "--workspace",
            workspace.toString(),
            "--quiet"));
    String digest = digest(file);
    Files.delete(file);
    return digest;
  }

  /** Returns the digests of all manifests, shards and files of models, without HEAD and locks. */
  static Map<String, String> versions(Path workspace) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    for (String kind : List.of("datasets", "models", "shards")) {
      for (Path file : Inventory.files(workspace.resolve(kind))) {
        String name = String.valueOf(file.getFileName());
        if (!Files.isDirectory(file) && !name.equals("HEAD") && !name.equals(".lock")) {
          digests.put(workspace.relativize(file).toString(), digest(file));
        }
      }
    }
    return digests;
  }

  private static String digest(Path file) throws IOException {
    return HexFormat.of().formatHex(Digest.sha256().digest(Files.readAllBytes(file)));
  }

  /** Copies a workspace with the times of its files, by which known input files are told. */
  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : all.toList()) {
        Files.copy(
            path,
            to.resolve(from.relativize(path).toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Deletes {@code folder} and all below it. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
