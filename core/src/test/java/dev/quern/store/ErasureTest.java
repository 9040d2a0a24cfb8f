package dev.quern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Digest;
import dev.quern.data.Field;
import dev.quern.data.Keys;
import dev.quern.data.Role;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.Shard;
import dev.quern.engine.Writing;
import dev.quern.format.parquet.FieldKeys;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.format.parquet.ParquetWriting;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions of real shards, four samples each: two people, one of whom is forgotten. */
class ErasureTest {
  private static final String RUN = "20260101-000000-000";
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final String SUBJECT = "canary-person";
  private static final Schema NAMED =
      Schema.of(
          new Field("user", Type.TEXT, Set.of(Role.SUBJECT), Optional.empty()),
          Field.of("n", Type.LONG));
  private static final Schema BARE = Schema.of(Field.of("n", Type.LONG));

  @TempDir private Path folder;
  private Workspace workspace;

  @BeforeEach
  void open() {
    workspace = new Workspace(folder);
  }

  /** Makes anew nothing, and fails when it is asked for the {@code fails}-th time, if ever. */
  private static final class Bare implements Renewal {
    private int calls;
    private final int fails;

    Bare(int fails) {
      this.fails = fails;
    }

    private void call() {
      if (++calls == fails) {
        throw new IllegalStateException("killed");
      }
    }

    @Override
    public Manifest measured(Manifest manifest, List<Manifest.State> before) {
      call();
      return manifest;
    }

    @Override
    public Map<String, @Nullable Object> report(Map<String, @Nullable Object> report) {
      call();
      return report;
    }

    @Override
    public String page(Map<String, @Nullable Object> report) {
      call();
      return "page";
    }
  }

  private Erasure forget(Renewal renewal) throws IOException {
    return workspace
        .subjects()
        .forget(SUBJECT, "request", Set.of(), Subjects.ModelPolicy.RETIRE, renewal, NOW);
  }

  private Shard shard(Schema schema, String... users) throws IOException {
    BatchBuilder builder = new BatchBuilder(schema);
    for (String user : users) {
      long n = Long.parseLong(user.substring(user.indexOf('/') + 1));
      builder.keys().append(5, n, 0, n, 0, Split.TRAIN.code());
      if (schema.size() == 2) {
        builder.column(0).appendText(user.substring(0, user.indexOf('/')));
      }
      builder.column(schema.size() - 1).appendLong(n);
    }
    return write(schema, builder.build());
  }

  private Shard write(Schema schema, Batch batch) throws IOException {
    Path file = workspace.shards().resolve("new.parquet");
    try (Writing.Output out = new ParquetWriting(schema, Ids.STORED).open(file)) {
      out.write(batch);
    }
    String sha = HexFormat.of().formatHex(Digest.sha256().digest(Files.readAllBytes(file)));
    Path named = workspace.shards().resolve(sha + ".parquet");
    Files.move(file, named, StandardCopyOption.REPLACE_EXISTING);
    return new Shard(named.toString(), sha, batch.count(), Files.size(named));
  }

  private Manifest publish(String name, Schema schema, List<String> parents, Shard... shards)
      throws IOException {
    Digest digest = new Digest();
    long samples = 0;
    for (Shard shard : shards) {
      samples += shard.samples();
    }
    List<Shard> relative = new ArrayList<>();
    for (Shard shard : shards) {
      String path = "shards/" + shard.sha256() + ".parquet";
      relative.add(new Shard(path, shard.sha256(), shard.samples(), shard.bytes()));
    }
    new ShardSamples(folder, schema, FieldKeys.NONE).read(relative, schema, digest::add);
    workspace
        .audit()
        .add(
            Instant.EPOCH,
            List.of(
                AuditEvent.of(AuditEvent.Action.RUN, "recipe/" + name, "run").in(RUN),
                AuditEvent.of(AuditEvent.Action.PUBLISH, "dataset/" + name, name).in(RUN)));
    return workspace
        .datasets()
        .publish(
            new Manifest(
                name,
                "",
                digest.of(schema),
                schema,
                List.of(shards),
                Map.of(Split.TRAIN, samples),
                name,
                Digest.ofText(name),
                RUN,
                "2026-01-01T00:00:00Z",
                Optional.empty(),
                parents,
                Map.of(),
                Map.of()),
            Manifest.Head.MOVES);
  }

  private List<Long> numbers(Manifest manifest) throws IOException {
    List<Long> numbers = new ArrayList<>();
    Manifest now = workspace.datasets().resolve(manifest.reference());
    new ShardSamples(folder, now.schema(), FieldKeys.NONE)
        .read(
            now.shards(),
            BARE,
            batch -> {
              for (int i = 0; i < batch.count(); i++) {
                numbers.add(batch.column(0).longAt(batch.row(i)));
              }
            });
    return numbers;
  }

  @Test
  void onlyShardsThatHoldTheSubjectAreReadAndWritten() throws IOException {
    Shard with = shard(NAMED, "other/1", SUBJECT + "/2");
    Shard without = shard(NAMED, "other/3", "third/4");
    Manifest version = publish("d", NAMED, List.of(), with, without);
    Object untouched = Files.readAttributes(Path.of(without.path()), "lastModifiedTime");
    Subjects.Found found = workspace.subjects().find(SUBJECT, Set.of(), NOW);
    assertThat(found.shardsRead()).isEqualTo(1);
    assertThat(found.versions()).isEqualTo(Map.of(version.reference().toString(), 1L));
    assertThat(workspace.subjects().find("nobody", Set.of(), NOW).shardsRead()).isZero();

    forget(new Bare(-1));
    assertThat(numbers(version)).containsExactly(1L, 3L, 4L);
    Manifest now = workspace.datasets().resolve(version.reference());
    assertThat(now.shards().get(1).sha256()).isEqualTo(without.sha256());
    assertThat((Object) Files.readAttributes(Path.of(without.path()), "lastModifiedTime"))
        .isEqualTo(untouched);
    assertThat(Path.of(with.path())).doesNotExist();
    assertThat(now.splits()).isEqualTo(Map.of(Split.TRAIN, 3L));
    assertThat(now.version()).isEqualTo(version.version());
    assertThat(now.digest()).isNotEqualTo(version.digest());
    assertThat(workspace.datasets().damaged(now)).isEmpty();
  }

  @Test
  void theDigestIsThatOfAVersionThatNeverHeldTheSubject() throws IOException {
    Manifest version = publish("d", NAMED, List.of(), shard(NAMED, "a/1", SUBJECT + "/2", "b/3"));
    forget(new Bare(-1));
    Manifest never = publish("e", NAMED, List.of(), shard(NAMED, "a/1", "b/3"));
    assertThat(workspace.datasets().resolve(version.reference()).digest())
        .isEqualTo(never.digest());
  }

  @Test
  void tombstonesAreSignedAndHoldNoValueAndNoDigestOfBefore() throws IOException {
    Manifest version = publish("d", NAMED, List.of(), shard(NAMED, "a/1", SUBJECT + "/2"));
    Erasure erasure = forget(new Bare(-1));
    Tombstone stone = workspace.datasets().resolve(version.reference()).tombstones().get(0);
    assertThat(stone.samples()).isEqualTo(1);
    assertThat(stone.subject()).isEqualTo(erasure.subject());
    assertThat(stone.isSignedBy(AuditKey.opened(folder.resolve(AuditKey.PUBLIC)))).isTrue();
    Tombstone forged =
        new Tombstone(
            stone.erasure(), stone.subject(), stone.key(), 0, "x", "t", stone.signature());
    assertThat(forged.isSignedBy(AuditKey.opened(folder.resolve(AuditKey.PUBLIC)))).isFalse();
    assertThat(files(SUBJECT)).isEmpty();
    assertThat(files(version.digest())).isEmpty();
    assertThat(files("00000000000000050000000000000002")).isEmpty();
  }

  @Test
  void samplesThatKeptTheirIdsAreFollowedWhereTheFieldIsGone() throws IOException {
    Manifest first = publish("d", NAMED, List.of(), shard(NAMED, "a/1", SUBJECT + "/2"));
    Manifest dropped =
        publish("e", BARE, List.of(first.reference().toString()), shard(BARE, "x/1", "x/2"));
    Manifest alike = publish("f", BARE, List.of(), shard(BARE, "x/2", "x/7"));
    Manifest children = publish("g", BARE, List.of(), children());
    forget(new Bare(-1));
    assertThat(numbers(first)).containsExactly(1L);
    assertThat(numbers(dropped)).containsExactly(1L);
    assertThat(numbers(alike)).containsExactly(7L);
    assertThat(numbers(children)).containsExactly(1L, 1L);
  }

  /** Two children of sample 1 and two of sample 2. */
  private Shard children() throws IOException {
    Keys.Builder parents = new Keys.Builder();
    parents.append(5, 1, 0, 1, 0, Split.TRAIN.code());
    parents.append(5, 2, 0, 2, 0, Split.TRAIN.code());
    Keys keys = parents.build();
    BatchBuilder builder = new BatchBuilder(BARE);
    for (int parent = 0; parent < 2; parent++) {
      for (int child = 0; child < 2; child++) {
        builder.keys().appendChild(keys, parent, child, null);
        builder.column(0).appendLong(parent + 1);
      }
    }
    return write(BARE, builder.build());
  }

  @Test
  void pseudonymsInPlaceOfTheSubjectAreFollowedByLineage() throws IOException {
    Manifest first = publish("d", NAMED, List.of(), shard(NAMED, "a/1", SUBJECT + "/2"));
    Manifest masked =
        publish("e", NAMED, List.of(first.reference().toString()), shard(NAMED, "p1/1", "p2/2"));
    forget(new Bare(-1));
    assertThat(numbers(masked)).containsExactly(1L);
  }

  @Test
  void aVersionOfWhichNothingIsLeftStillResolves() throws IOException {
    Manifest version = publish("d", NAMED, List.of(), shard(NAMED, SUBJECT + "/2"));
    forget(new Bare(-1));
    assertThat(numbers(version)).isEmpty();
    assertThat(workspace.datasets().resolve(version.reference()).samples()).isZero();
  }

  @Test
  void anInterruptedErasureRefusesAllElseAndGoesOn() throws IOException {
    int interrupted = 0;
    for (int at = 1; ; at++) {
      workspace = new Workspace(folder.resolve("w" + at));
      Path root = folder;
      folder = workspace.root();
      Manifest first = publish("d", NAMED, List.of(), shard(NAMED, "a/1", SUBJECT + "/2"));
      Manifest second =
          publish("e", BARE, List.of(first.reference().toString()), shard(BARE, "x/1", "x/2"));
      run();
      Bare failing = new Bare(at);
      try {
        forget(failing);
      } catch (IllegalStateException e) {
        interrupted++;
        assertRefused();
      }
      forget(new Bare(-1));
      assertThat(numbers(first)).containsExactly(1L);
      assertThat(numbers(second)).containsExactly(1L);
      assertThat(files(SUBJECT)).isEmpty();
      assertThat(workspace.subjects().unfinished()).isEmpty();
      assertThat(workspace.audit().verify(Optional.empty()).problems()).isEmpty();
      folder = root;
      if (failing.calls < at) {
        break;
      }
    }
    assertThat(interrupted).isGreaterThanOrEqualTo(4);
  }

  private void assertRefused() {
    Needs needs = new Needs("r", Needs.Reading.WHOLE, List.of(), List.of(), List.of(), List.of());
    assertThatThrownBy(() -> workspace.begin(NOW, needs))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("erasures must be closed before anything else begins; found: ")
        .hasMessageNotContaining(SUBJECT);
    assertThatThrownBy(() -> Garbage.remove(workspace, Garbage.Rules.USUAL))
        .isInstanceOf(DataException.class);
    assertThatThrownBy(
            () ->
                workspace
                    .subjects()
                    .forget(
                        "another",
                        "request",
                        Set.of(),
                        Subjects.ModelPolicy.RETIRE,
                        new Bare(-1),
                        NOW))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("one subject must be forgotten before the next; found: erasure ");
  }

  /** A run that has told of the subject in every way it can. */
  private void run() throws IOException {
    Path run = folder.resolve("runs").resolve(RUN);
    Files.createDirectories(run.resolve("quarantine"));
    Files.createDirectories(run.resolve("dropped"));
    String raw =
        Base64.getEncoder().encodeToString((SUBJECT + ",7").getBytes(StandardCharsets.UTF_16LE));
    Files.writeString(
        run.resolve("quarantine/0000.jsonl"),
        "{\"position\":1,\"raw\":\"" + raw + "\"}\n{\"position\":2,\"raw\":\"YQ==\"}\n");
    Files.writeString(
        run.resolve("dropped/0000.jsonl"),
        "{\"id\":\"00000000000000050000000000000002\",\"sample\":{\"n\":2}}\n"
            + "{\"id\":\"00000000000000050000000000000001\",\"sample\":{\"user\":\"a\"}}\n"
            + "{\"id\":\"x\",\"sample\":{\"user\":\""
            + SUBJECT
            + "\"}}\n");
    Files.writeString(
        run.resolve("report.json"),
        "{\"started\": \"2025-01-01\", \"dataset\": {\"name\": \"d\"}, \"note\": \""
            + SUBJECT
            + " said\"}");
    Files.writeString(run.resolve("report.html"), "<b>" + SUBJECT + "</b>");
    Files.writeString(run.resolve("recipe.yaml"), "where: user <> '" + SUBJECT + "'");
  }

  @Test
  void whatRunsHaveToldIsCleanedLineByLine() throws IOException {
    publish("d", NAMED, List.of(), shard(NAMED, "a/1", SUBJECT + "/2"));
    run();
    Erasure erasure = forget(new Bare(-1));
    Path run = folder.resolve("runs").resolve(RUN);
    assertThat(Files.readString(run.resolve("quarantine/0000.jsonl")))
        .isEqualTo("{\"position\":2,\"raw\":\"YQ==\"}\n");
    assertThat(Files.readAllLines(run.resolve("dropped/0000.jsonl")))
        .containsExactly(
            "{\"id\":\"00000000000000050000000000000001\",\"sample\":{\"user\":\"a\"}}");
    assertThat(Files.readString(run.resolve("recipe.yaml")))
        .isEqualTo("where: user <> '[forgotten]'");
    assertThat(erasure.counts()).containsEntry("lines", 3L).containsEntry("samples", 1L);
    assertThat(erasure.mentioned()).isEmpty();
    assertThat(files(SUBJECT)).isEmpty();
  }

  @Test
  void aDamagedIndexIsNotBelieved() throws IOException {
    Shard shard = shard(NAMED, "a/1", SUBJECT + "/2");
    publish("d", NAMED, List.of(), shard);
    Path index = workspace.shards().resolve(SubjectIndex.fileName(shard));
    byte[] bytes = Files.readAllBytes(index);
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= 1;
      Files.write(index, changed);
      assertThat(workspace.subjects().find(SUBJECT, Set.of(), NOW).versions())
          .as("byte " + i)
          .hasSize(1);
    }
  }

  @Test
  void theIndexTellsNothingWithoutTheKey() throws IOException {
    Shard shard = shard(NAMED, SUBJECT + "/2");
    publish("d", NAMED, List.of(), shard);
    byte[] one = Files.readAllBytes(workspace.shards().resolve(SubjectIndex.fileName(shard)));
    Workspace other = new Workspace(folder.resolve("other"));
    workspace = other;
    folder = other.root();
    Shard same = shard(NAMED, SUBJECT + "/2");
    publish("d", NAMED, List.of(), same);
    byte[] two = Files.readAllBytes(other.shards().resolve(SubjectIndex.fileName(same)));
    assertThat(same.sha256()).isEqualTo(shard.sha256());
    assertThat(one).hasSameSizeAs(two).isNotEqualTo(two);
  }

  @Test
  void aRunAtWorkRefusesErasure() throws IOException {
    Needs needs = new Needs("r", Needs.Reading.WHOLE, List.of(), List.of(), List.of(), List.of());
    try (LiveRun live = workspace.begin(NOW, needs)) {
      assertThatThrownBy(() -> forget(new Bare(-1)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("runs must have ended before a subject is forgotten; found: ");
    }
  }

  /** Returns the files, beside shards, that hold {@code text}. */
  private List<String> files(String text) throws IOException {
    Map<String, Boolean> found = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(workspace.root())) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          found.put(workspace.root().relativize(file).toString(), true);
        }
      }
    }
    return List.copyOf(found.keySet());
  }
}
