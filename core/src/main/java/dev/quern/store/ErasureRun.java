package dev.quern.store;

import dev.quern.engine.DataException;
import dev.quern.engine.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Forgets one subject, step by step. Each step can be done again: what is found is written down
 * before anything is changed, files are replaced whole, and the old ones go last, so that a process
 * that is killed anywhere leaves a workspace in which the next one goes on.
 */
final class ErasureRun {
  /** What of {@code work} holds nothing of samples: schemas of input files. */
  private static final Set<String> KEPT_WORK = Set.of("inputs.json", ".lock");

  private final Workspace workspace;
  private final Path root;
  private final Path folder;
  private final Erasure erasure;
  private final SubjectKey key;
  private final SubjectRows rows;
  private final Mentions mentions;
  private final Renewal renewal;
  private final Subjects.ModelPolicy policy;
  private final Instant now;

  ErasureRun(
      Workspace workspace,
      Erasure erasure,
      SubjectKey key,
      SubjectRows rows,
      Mentions mentions,
      Renewal renewal,
      Subjects.ModelPolicy policy,
      Instant now) {
    this.workspace = workspace;
    this.root = workspace.root();
    this.folder = root.resolve(Subjects.FOLDER);
    this.erasure = erasure;
    this.key = key;
    this.rows = rows;
    this.mentions = mentions;
    this.renewal = renewal;
    this.policy = policy;
    this.now = now;
  }

  void execute() throws IOException {
    reach(Erasure.State.RECEIVED);
    // From here on nobody brings the subject back, whatever becomes of this process.
    workspace.subjects().suppressions().add(root, erasure.subject(), erasure.fields());
    SubjectSearch.Found found =
        new SubjectSearch(workspace, key, rows, erasure.versions()).search();
    note(found);
    reach(Erasure.State.RUNNING);
    caches();
    models();
    AuditKey signing = AuditKey.of(root);
    ShardErasure shards = new ShardErasure(workspace, erasure, rows, renewal, signing, now);
    shards.rewrite(found);
    RunTraces traces = new RunTraces(workspace, rows, mentions, fieldNames(), erasure, renewal);
    erasure.count("lines", traces.clean(workspace.runs()));
    unreferenced();
    verify(traces);
    reach(Erasure.State.VERIFIED);
    new Certificate(erasure, signing).write(folder, now);
    reach(Erasure.State.CLOSED);
  }

  /** The state is on the disk before the audit tells it, and both before what follows. */
  private void reach(Erasure.State state) throws IOException {
    if (erasure.state().compareTo(state) <= 0) {
      String resource = "subject/" + erasure.subject();
      String purpose = "subject forget " + state.name().toLowerCase(java.util.Locale.ROOT);
      AuditEvent event = AuditEvent.of(AuditEvent.Action.ERASE, resource, purpose);
      for (Map.Entry<String, Long> count : erasure.counts().entrySet()) {
        event = event.with(count.getKey(), count.getValue());
      }
      workspace.audit().add(now, event.using(key.id()));
      erasure.reach(state, now.toString());
    }
    erasure.save(folder);
  }

  /** Takes up what was found; what an interrupted try had found before is known already. */
  private void note(SubjectSearch.Found found) throws IOException {
    Set<String> fresh = new TreeSet<>();
    for (SubjectSearch.Holding holding : found.holdings()) {
      Manifest manifest = holding.manifest();
      fresh.add(manifest.reference().toString());
      erasure.hashes().add(manifest.digest());
      holding.shards().keySet().forEach(shard -> erasure.hashes().add(shard.sha256()));
      manifest.states().forEach(state -> erasure.hashes().add(state.file().sha256()));
      if (erasure.versions().add(manifest.reference().toString())) {
        erasure.count("samples", holding.samples());
        erasure.count("shards", holding.shards().size());
      }
    }
    found.related().forEach(one -> erasure.related().add(one.reference().toString()));
    erasure.related().removeAll(erasure.versions());
    erasure.ids().addAll(rows.ids());
    Set<String> all = new TreeSet<>(erasure.versions());
    all.addAll(erasure.related());
    erasure.models().addAll(workspace.subjects().models(all));
    all.addAll(erasure.models());
    erasure.exports(workspace.subjects().exports(all));
  }

  /** All that can be computed again goes: nobody can tell cheaply what of it holds the subject. */
  private void caches() throws IOException {
    for (Path path : list(root.resolve("work"))) {
      if (!KEPT_WORK.contains(String.valueOf(path.getFileName()))) {
        Folders.delete(path);
      }
    }
    for (Path parent : List.of(root.resolve("datasets"), root.resolve("models"))) {
      for (Path named : list(parent)) {
        unfinished(named);
      }
    }
    unfinished(root.resolve("states"));
    unfinished(root.resolve("shards"));
    for (Path run : list(workspace.runs())) {
      if (Files.exists(run.resolve("report.json"))) {
        unfinished(run);
      } else {
        Folders.delete(run); // Killed: only its finished work was of use, and that is gone.
      }
    }
  }

  private static void unfinished(Path parent) throws IOException {
    for (Path path : list(parent)) {
      if (String.valueOf(path.getFileName()).startsWith(Folders.UNFINISHED)) {
        Folders.delete(path);
      }
    }
  }

  private void models() throws IOException {
    if (policy == Subjects.ModelPolicy.KEEP) {
      return;
    }
    for (String model : erasure.models()) {
      if (workspace.models().retire(Reference.parse(model), erasure.models())) {
        erasure.count("models_retired", 1);
      }
    }
    erasure.save(folder);
  }

  /** Fields that say whose data a sample is, by the names versions give them. */
  private Set<String> fieldNames() throws IOException {
    Set<String> names = new TreeSet<>(erasure.fields());
    for (Manifest manifest : manifests()) {
      rows.fields(manifest.schema()).forEach(field -> names.add(field.name()));
    }
    return names;
  }

  private List<Manifest> manifests() throws IOException {
    List<Manifest> all = new ArrayList<>();
    for (String name : workspace.datasets().names()) {
      for (String id : workspace.datasets().versions(name)) {
        all.add(workspace.datasets().manifest(name, id));
      }
    }
    return all;
  }

  /** Deletes the bytes: every shard, index and state that no version names. */
  private void unreferenced() throws IOException {
    Set<String> needed = new TreeSet<>();
    for (Manifest manifest : manifests()) {
      for (Shard shard : manifest.shards()) {
        needed.add(String.valueOf(Path.of(shard.path()).getFileName()));
        needed.add(SubjectIndex.fileName(shard));
      }
      manifest
          .states()
          .forEach(state -> needed.add(String.valueOf(Path.of(state.file().path()).getFileName())));
    }
    for (Path parent : List.of(root.resolve("shards"), StoredStates.folder(root))) {
      for (Path file : list(parent)) {
        if (!needed.contains(String.valueOf(file.getFileName()))) {
          erasure.count("bytes_deleted", Files.size(file));
          Files.delete(file);
        }
      }
    }
  }

  /** Searches again, as if nothing had been done. */
  private void verify(RunTraces traces) throws IOException {
    SubjectSearch.Found left = new SubjectSearch(workspace, key, rows, erasure.versions()).search();
    if (!left.holdings().isEmpty()) {
      throw new DataException(
          "erasure_incomplete",
          "nothing of the subject must be found after erasure "
              + erasure.id()
              + "; found: it in "
              + String.join(
                  ", ",
                  left.holdings().stream()
                      .map(one -> one.manifest().reference().toString())
                      .toList())
              + "; see what wrote these versions, then run quern subject forget again");
    }
    // The same characters may mean something else there: people are told and decide.
    erasure.mentioned(traces.mentions(root));
  }

  private static List<Path> list(Path parent) throws IOException {
    if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(parent)) {
      return paths.sorted().toList();
    }
  }
}
