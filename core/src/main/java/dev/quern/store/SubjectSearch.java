package dev.quern.store;

import dev.quern.data.Batch;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.engine.Shard;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Finds all versions that hold samples of a subject. Shards whose index denies it are not read.
 * Where a version does not say whose its samples are, or was made from one that holds the subject,
 * the ids of its samples are compared with those found elsewhere.
 */
final class SubjectSearch {
  private final Workspace workspace;
  private final SubjectIndex index;
  private final SubjectRows rows;
  private final Set<String> known;
  private final Map<String, Long> hits = new HashMap<>();
  private final Set<String> byId = new HashSet<>();
  private long read;

  /**
   * Makes a search.
   *
   * @param known versions that held the subject before some of them were rewritten
   */
  SubjectSearch(Workspace workspace, SubjectKey key, SubjectRows rows, Set<String> known) {
    this.workspace = workspace;
    this.known = Set.copyOf(known);
    this.index = new SubjectIndex(workspace.root(), key, workspace.fieldKeys());
    this.rows = rows;
  }

  /**
   * A version that holds the subject.
   *
   * @param shards the subject's samples in each shard that holds some
   */
  record Holding(Manifest manifest, Map<Shard, Long> shards) {
    long samples() {
      return shards.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /**
   * What was found.
   *
   * @param related versions that hold nothing of the subject but may have learnt of it: made from
   *     one that does, or by the same recipe
   * @param shardsRead how many shards were read for it
   */
  record Found(List<Holding> holdings, List<Manifest> related, long shardsRead) {}

  Found search() throws IOException {
    List<Manifest> all = new ArrayList<>();
    Datasets datasets = workspace.datasets();
    for (String name : datasets.names()) {
      for (String id : datasets.versions(name)) {
        all.add(datasets.manifest(name, id));
      }
    }
    for (Manifest manifest : all) {
      byValue(manifest);
    }
    Set<String> derived = new LinkedHashSet<>();
    int before = -1;
    while (before != derived.size()) {
      before = derived.size();
      for (Manifest manifest : all) {
        boolean from =
            manifest.parents().stream().anyMatch(p -> derived.contains(p) || holds(all, p));
        if (from) {
          derived.add(manifest.reference().toString());
        }
        if (from || rows.fields(manifest.schema()).isEmpty()) {
          byId(manifest);
        }
      }
    }
    return found(all, derived);
  }

  private boolean holds(List<Manifest> all, String reference) {
    return known.contains(reference)
        || all.stream()
            .filter(manifest -> manifest.reference().toString().equals(reference))
            .anyMatch(this::holds);
  }

  private boolean holds(Manifest manifest) {
    return manifest.shards().stream().anyMatch(shard -> hits.getOrDefault(shard.sha256(), 0L) > 0);
  }

  private Found found(List<Manifest> all, Set<String> derived) {
    List<Holding> holdings = new ArrayList<>();
    Set<String> recipes = new TreeSet<>();
    for (Manifest manifest : all) {
      Map<Shard, Long> shards = new LinkedHashMap<>();
      for (Shard shard : manifest.shards()) {
        long samples = hits.getOrDefault(shard.sha256(), 0L);
        if (samples > 0) {
          shards.put(shard, samples);
        }
      }
      if (!shards.isEmpty()) {
        holdings.add(new Holding(manifest, shards));
        recipes.add(manifest.recipe());
      }
    }
    List<Manifest> related =
        all.stream()
            .filter(manifest -> !holds(manifest))
            .filter(
                manifest ->
                    derived.contains(manifest.reference().toString())
                        || recipes.contains(manifest.recipe()))
            .toList();
    return new Found(holdings, related, read);
  }

  private void byValue(Manifest manifest) throws IOException {
    Schema wanted = new Schema(rows.fields(manifest.schema()));
    if (wanted.size() == 0) {
      return;
    }
    for (Shard shard : manifest.shards()) {
      if (!hits.containsKey(shard.sha256())) {
        Optional<Boolean> indexed =
            rows.looksFurther(manifest.schema())
                ? Optional.empty()
                : index.holds(shard, rows.subject());
        hits.put(
            shard.sha256(),
            indexed.equals(Optional.of(false)) ? 0 : count(manifest, shard, wanted));
      }
    }
  }

  private void byId(Manifest manifest) throws IOException {
    if (rows.ids().isEmpty()) {
      return;
    }
    for (Shard shard : manifest.shards()) {
      if (byId.add(shard.sha256())) {
        Schema wanted = new Schema(rows.fields(manifest.schema()));
        hits.put(shard.sha256(), count(manifest, shard, wanted));
      }
    }
  }

  /** Counts the subject's samples in {@code shard}, and learns their ids. */
  private long count(Manifest manifest, Shard shard, Schema wanted) throws IOException {
    read++;
    Set<SampleId> found = new HashSet<>();
    new ShardSamples(workspace.root(), manifest.schema(), workspace.fieldKeys())
        .read(List.of(shard), wanted, batch -> collect(batch, found));
    if (!rows.ids().containsAll(found)) {
      rows.add(found);
    }
    return found.size();
  }

  private void collect(Batch batch, Set<SampleId> found) {
    Predicate<Integer> isTheirs = rows.in(batch);
    for (int i = 0; i < batch.count(); i++) {
      if (isTheirs.test(batch.row(i))) {
        found.add(batch.keys().id(batch.row(i)));
      }
    }
  }
}
