package dev.quern.store;

import dev.quern.engine.Shard;
import dev.quern.engine.pass.PointFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds what nobody needs. Only what Quern makes is looked at: a file of another form than those
 * below is somebody else's and stays.
 */
final class GarbageSearch {
  private static final Pattern SHARD = Pattern.compile("[0-9a-f]{64}\\.[a-z0-9.]{1,20}");
  private static final Pattern STATE = Pattern.compile("[0-9a-f]{64}\\.state");
  private static final Pattern POINT = Pattern.compile("[0-9a-f]{32}|handed-.*");
  private static final Pattern FIT = Pattern.compile("[0-9a-f]{32}\\.json");
  private static final Pattern RUN = Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9]{3}(-[0-9]+)?");
  private static final String PART = ".part";
  private static final String LOCK = ".lock";

  private final Workspace workspace;
  private final Garbage.Rules rules;
  private final Path root;
  private final Path work;
  private final List<Garbage.Piece> items = new ArrayList<>();
  private final Set<Path> listed = new TreeSet<>();
  private final List<String> live = new ArrayList<>();
  private final List<Needs> liveNeeds = new ArrayList<>();
  private final List<Needs> lastNeeds = new ArrayList<>();
  private final Set<String> neededShards = new TreeSet<>();
  private final Set<String> neededStates = new TreeSet<>();

  GarbageSearch(Workspace workspace, Garbage.Rules rules) {
    this.workspace = workspace;
    this.rules = rules;
    this.root = workspace.root();
    this.work = root.resolve("work");
  }

  Garbage.Found search() throws IOException {
    needs();
    NeededVersions needed = NeededVersions.of(workspace, rules.versions(), liveNeeds, live);
    for (ModelVersion model : needed.oldModels()) {
      add(Garbage.Kind.MODEL, model.folder());
    }
    for (Manifest manifest : needed.oldManifests()) {
      String file = manifest.version() + ".json";
      add(Garbage.Kind.VERSION, root.resolve("datasets").resolve(manifest.dataset()).resolve(file));
    }
    for (Manifest manifest : needed.manifests()) {
      for (Shard shard : manifest.shards()) {
        neededShards.add(name(Path.of(shard.path())));
        neededShards.add(SubjectIndex.fileName(shard));
      }
      manifest.states().forEach(state -> neededStates.add(name(Path.of(state.file().path()))));
    }
    points();
    // Points name shards too, so these come after them.
    shards();
    states();
    fits();
    downloads();
    runs(needed.runs());
    if (live.isEmpty()) {
      unfinished();
      for (Path scratch : list(work.resolve(EngineScratch.ENGINES))) {
        add(Garbage.Kind.UNFINISHED, scratch);
      }
      deserted(root.resolve("datasets"));
      deserted(root.resolve("models"));
    }
    return new Garbage.Found(items, needed.kept(), live);
  }

  private void needs() throws IOException {
    for (Path run : list(workspace.runs())) {
      if (RUN.matcher(name(run)).matches() && LiveRun.isLive(run)) {
        live.add(name(run));
        Path file = run.resolve(Needs.FILE);
        liveNeeds.addAll(Needs.read(file, relative(file)).stream().toList());
      }
    }
    if (rules.points() == Garbage.Points.LAST) {
      for (Path file : list(workspace.needs())) {
        if (name(file).endsWith(".json")) {
          lastNeeds.addAll(Needs.read(file, relative(file)).stream().toList());
        }
      }
    }
  }

  private static Set<String> all(
      List<Needs> needs, java.util.function.Function<Needs, List<String>> part) {
    Set<String> all = new LinkedHashSet<>();
    needs.forEach(one -> all.addAll(part.apply(one)));
    return all;
  }

  private void points() throws IOException {
    Set<String> untouched = all(liveNeeds, Needs::passes);
    live.forEach(run -> untouched.add("handed-" + run));
    Set<String> needed = all(lastNeeds, Needs::passes);
    for (Path path : list(work.resolve("passes"))) {
      String name = name(path);
      if (name.endsWith(LOCK) && live.isEmpty()) {
        add(Garbage.Kind.LOCK, path);
      } else if (!POINT.matcher(name).matches() || !isFolder(path)) {
        continue;
      } else if (untouched.contains(name)) {
        neededShards.addAll(PointFiles.of(path));
      } else if (needed.contains(name)) {
        point(path);
      } else {
        add(Garbage.Kind.POINT, path);
      }
    }
  }

  /** Finds what a killed run has left beside the files of a needed point. */
  private void point(Path folder) throws IOException {
    Set<String> files = PointFiles.of(folder);
    if (files.isEmpty()) {
      add(Garbage.Kind.UNFINISHED, folder);
      return;
    }
    neededShards.addAll(files);
    for (Path file : list(folder)) {
      if (!files.contains(name(file))) {
        add(Garbage.Kind.UNFINISHED, file);
      }
    }
  }

  private void shards() throws IOException {
    if (!live.isEmpty()) {
      return; // A run at work may have written any of them and not yet published it.
    }
    for (Path file : list(root.resolve("shards"))) {
      String name = name(file);
      if (SHARD.matcher(name).matches() && !neededShards.contains(name)) {
        add(name.endsWith(PART) ? Garbage.Kind.UNFINISHED : Garbage.Kind.SHARD, file);
      }
    }
  }

  private void states() throws IOException {
    if (!live.isEmpty()) {
      return; // As with shards: a run at work may have stored any of them.
    }
    for (Path file : list(StoredStates.folder(root))) {
      if (STATE.matcher(name(file)).matches() && !neededStates.contains(name(file))) {
        add(Garbage.Kind.STATE, file);
      }
    }
  }

  private void fits() throws IOException {
    Set<String> needed = new TreeSet<>();
    all(liveNeeds, Needs::fits).forEach(key -> needed.add(StoredFits.fileName(key)));
    all(lastNeeds, Needs::fits).forEach(key -> needed.add(StoredFits.fileName(key)));
    for (Path file : list(work.resolve("fits"))) {
      if (FIT.matcher(name(file)).matches() && !needed.contains(name(file))) {
        add(Garbage.Kind.FIT, file);
      }
    }
  }

  private void downloads() throws IOException {
    Set<String> needed = all(liveNeeds, Needs::downloads);
    needed.addAll(all(lastNeeds, Needs::downloads));
    List<Path> files = list(work.resolve("downloads"));
    for (Map.Entry<Path, Garbage.Kind> file : FetchedFiles.unneeded(files, needed).entrySet()) {
      add(file.getValue(), file.getKey());
    }
  }

  private void runs(Set<String> makers) throws IOException {
    List<Path> finished = new ArrayList<>();
    for (Path run : list(workspace.runs())) {
      String id = name(run);
      if (!RUN.matcher(id).matches() || live.contains(id)) {
        continue;
      }
      if (Files.exists(run.resolve("report.json"))) {
        finished.add(run);
      } else {
        add(Garbage.Kind.RUN, run);
      }
    }
    if (rules.runs().isPresent()) {
      int old = Math.max(0, finished.size() - rules.runs().getAsInt());
      for (Path run : finished.subList(0, old)) {
        if (!makers.contains(name(run))) {
          add(Garbage.Kind.RUN, run);
        }
      }
    }
  }

  /** Finds files and folders that never got their names. */
  private void unfinished() throws IOException {
    List<Path> folders =
        new ArrayList<>(List.of(root, work, workspace.runs(), StoredStates.folder(root)));
    for (String name : List.of("shards", Audit.FOLDER, "keys", Subjects.FOLDER)) {
      folders.add(root.resolve(name));
    }
    for (Path parent : List.of(root.resolve("datasets"), root.resolve("models"), work)) {
      folders.addAll(list(parent));
    }
    folders.addAll(list(workspace.runs()));
    for (Path folder : folders) {
      if (isFolder(folder) && !listed.contains(folder)) {
        for (Path path : list(folder)) {
          boolean mark = name(path).equals(".live") || name(path).equals(Needs.FILE);
          boolean left = mark && folder.startsWith(workspace.runs());
          if (name(path).startsWith(Folders.UNFINISHED) || left) {
            add(Garbage.Kind.UNFINISHED, path);
          }
        }
      }
    }
  }

  /** Finds folders of names that never got a version. */
  private void deserted(Path parent) throws IOException {
    for (Path folder : list(parent)) {
      if (isFolder(folder) && Reference.isName(name(folder))) {
        boolean empty =
            list(folder).stream()
                .allMatch(
                    path -> name(path).equals(LOCK) || name(path).startsWith(Folders.UNFINISHED));
        if (empty) {
          items.removeIf(item -> item.path().startsWith(relative(folder) + "/"));
          add(Garbage.Kind.UNFINISHED, folder);
        }
      }
    }
  }

  private void add(Garbage.Kind kind, Path path) throws IOException {
    listed.add(path);
    items.add(new Garbage.Piece(kind, relative(path), bytes(path)));
  }

  private static long bytes(Path path) throws IOException {
    long bytes = 0;
    if (!isFolder(path)) {
      return size(path);
    }
    for (Path part : list(path)) {
      bytes += bytes(part);
    }
    return bytes;
  }

  /** Beside a run at work files come and go. */
  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /** Returns what is in {@code folder}, sorted; nothing if it is not there. */
  private static List<Path> list(Path folder) throws IOException {
    if (!isFolder(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static boolean isFolder(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  private String relative(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  private static String name(Path path) {
    return Optional.ofNullable(path.getFileName()).map(Path::toString).orElse("");
  }
}
