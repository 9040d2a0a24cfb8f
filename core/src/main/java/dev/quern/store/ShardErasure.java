package dev.quern.store;

import dev.quern.data.Batch;
import dev.quern.data.Digest;
import dev.quern.data.Split;
import dev.quern.engine.Shard;
import dev.quern.engine.Writing;
import dev.quern.format.parquet.FieldEncryption;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.format.parquet.ParquetWriting;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Writes the shards that hold a subject again without its samples, and manifests that supersede
 * those of their versions. Shards that do not hold the subject are shared with the version as it
 * was.
 */
final class ShardErasure {
  private static final String ENDING = ".parquet";

  private final Workspace workspace;
  private final Erasure erasure;
  private final SubjectRows rows;
  private final Renewal renewal;
  private final AuditKey signing;
  private final Instant now;

  /** What became of each shard, empty where all of its samples are gone. */
  private final Map<String, Optional<Shard>> written = new HashMap<>();

  ShardErasure(
      Workspace workspace,
      Erasure erasure,
      SubjectRows rows,
      Renewal renewal,
      AuditKey signing,
      Instant now) {
    this.workspace = workspace;
    this.erasure = erasure;
    this.rows = rows;
    this.renewal = renewal;
    this.signing = signing;
    this.now = now;
  }

  void rewrite(SubjectSearch.Found found) throws IOException {
    for (SubjectSearch.Holding holding : found.holdings()) {
      rewrite(holding);
    }
    for (String related : erasure.related()) {
      Manifest manifest = workspace.datasets().resolve(Reference.parse(related));
      if (!manifest.fits().isEmpty()) {
        workspace.datasets().supersede(manifest.unlearnt());
      }
    }
  }

  private void rewrite(SubjectSearch.Holding holding) throws IOException {
    Manifest manifest = holding.manifest();
    List<Shard> left = new ArrayList<>();
    for (Shard shard : manifest.shards()) {
      if (holding.shards().containsKey(shard)) {
        Optional<Shard> made = written.get(shard.sha256());
        if (made == null) {
          made = without(manifest, shard);
          written.put(shard.sha256(), made);
        }
        made.ifPresent(left::add);
      } else {
        left.add(shard);
      }
    }
    workspace.datasets().index(manifest.schema(), left);
    Digest digest = new Digest();
    long[] splits = new long[Split.values().length];
    new ShardSamples(workspace.root(), manifest.schema(), workspace.fieldKeys())
        .read(left, manifest.schema(), batch -> count(batch, digest, splits));
    Map<Split, Long> bySplit = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      if (splits[split.code()] > 0) {
        bySplit.put(split, splits[split.code()]);
      }
    }
    Tombstone stone =
        new Tombstone(
                erasure.id(),
                erasure.subject(),
                erasure.key(),
                holding.samples(),
                erasure.reason(),
                now.toString(),
                "")
            .signed(signing);
    List<Tombstone> stones = new ArrayList<>(manifest.tombstones());
    stones.add(stone);
    String told = workspace.encryptingLike(manifest).files().told(digest.of(manifest.schema()));
    Manifest bare = manifest.without(told, left, bySplit, stones);
    workspace.datasets().supersede(renewal.measured(bare, manifest.states()));
  }

  private static void count(Batch batch, Digest digest, long[] splits) {
    digest.add(batch);
    for (int i = 0; i < batch.count(); i++) {
      splits[batch.keys().splitCode(batch.row(i))]++;
    }
  }

  /** Returns {@code shard} without the subject's samples, complete on the disk. */
  private Optional<Shard> without(Manifest manifest, Shard shard) throws IOException {
    Path shards = workspace.shards();
    Path temporary = Files.createTempFile(shards, Folders.UNFINISHED, ENDING);
    Files.delete(temporary);
    long[] kept = {0};
    // What was encrypted stays so, under the same keyset.
    Optional<FieldEncryption> encryption =
        FieldEncryption.of(
            workspace.root().resolve(shard.path()), workspace.fieldKeys(), manifest.dataset());
    try {
      try (Writing.Output out =
          new ParquetWriting(manifest.schema(), Ids.STORED, encryption).open(temporary)) {
        new ShardSamples(workspace.root(), manifest.schema(), workspace.fieldKeys())
            .read(
                List.of(shard),
                manifest.schema(),
                batch -> {
                  Batch others = others(batch);
                  kept[0] += others.count();
                  if (others.count() > 0) {
                    out.write(others);
                  }
                });
      }
      if (kept[0] == 0) {
        return Optional.empty();
      }
      String sha256 = sha256(temporary);
      Path file = shards.resolve(sha256 + ENDING);
      Shard made = new Shard("shards/" + sha256 + ENDING, sha256, kept[0], Files.size(temporary));
      Folders.move(temporary, file);
      return Optional.of(made);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private Batch others(Batch batch) {
    Predicate<Integer> isTheirs = rows.in(batch);
    int[] selected = new int[batch.count()];
    int size = 0;
    for (int i = 0; i < batch.count(); i++) {
      if (!isTheirs.test(batch.row(i))) {
        selected[size++] = batch.row(i);
      }
    }
    return batch.select(selected, size);
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest sha = Digest.sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }
}
