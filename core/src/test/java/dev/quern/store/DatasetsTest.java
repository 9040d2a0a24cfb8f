package dev.quern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quern.engine.DataException;
import dev.quern.engine.Stored;
import dev.quern.format.json.Json;
import dev.quern.format.json.SealedJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {
  private Workspace workspace;
  private Datasets datasets;

  @BeforeEach
  void open(@TempDir Path folder) {
    workspace = new Workspace(folder.resolve("a").resolve("workspace"));
    datasets = workspace.datasets();
  }

  private Manifest publish(String content) throws IOException {
    return publish(content, "r", Manifest.Head.MOVES);
  }

  private Manifest publish(String content, String recipe, Manifest.Head head) throws IOException {
    return datasets.publish(TestVersions.version(workspace, "d", content, recipe), head);
  }

  private DataException refused(String reference) {
    return catchThrowableOfType(
        DataException.class, () -> datasets.resolve(Reference.parse(reference)));
  }

  @Test
  void aVersionIsReadAsItWasPublished() throws IOException {
    Manifest draft = TestVersions.version(workspace, "d", "x", "r");
    Manifest published = datasets.publish(draft, Manifest.Head.MOVES);
    assertThat(published.version()).isEqualTo("1-" + draft.digest().substring(0, 8));
    assertThat(published.shards().get(0).path())
        .isEqualTo("shards/" + draft.shards().get(0).sha256() + ".parquet");
    assertThat(new Workspace(workspace.root()).datasets().resolve(Reference.parse("d")))
        .isEqualTo(published);
    assertThat(published)
        .usingRecursiveComparison()
        .ignoringFields("version", "shards")
        .isEqualTo(draft);
    assertThat(published.samples()).isEqualTo(4);
  }

  @Test
  void samplesHaveAbsolutePathsAndTheNumberOfTheirSource() throws IOException {
    Manifest published = publish("x");
    Stored stored = datasets.stored(published, 3);
    assertThat(Path.of(stored.shards().get(0).path())).isAbsolute().hasContent("x");
    assertThat(stored.source()).isEqualTo(3);
    assertThat(stored.key()).isNotEqualTo(datasets.stored(published, 0).key());
    assertThat(stored.format()).isEqualTo(Stored.Format.PARQUET);
  }

  @Test
  void versionsAreNumberedAndKnowTheOneBefore() throws IOException {
    Manifest first = publish("x");
    Manifest second = publish("y");
    assertThat(first.previous()).isEqualTo(Optional.empty());
    assertThat(second.previous()).contains(first.version());
    assertThat(second.version()).startsWith("2-");
    assertThat(datasets.versions("d")).containsExactly(first.version(), second.version());
    assertThat(datasets.head("d")).contains(second.version());
    assertThat(datasets.names()).containsExactly("d");
    assertThat(datasets.versions("none")).isEmpty();
  }

  @Test
  void theTenthVersionComesAfterTheNinth() throws IOException {
    for (int i = 1; i <= 11; i++) {
      publish("x" + i);
    }
    assertThat(datasets.versions("d").get(10)).startsWith("11-");
    assertThat(datasets.resolve(Reference.parse("d@1")).version()).startsWith("1-");
  }

  @Test
  void equalSamplesOfTheSameRecipeAreTheSameVersion() throws IOException {
    Manifest first = publish("x");
    Manifest second = publish("y");
    assertThat(publish("x")).isEqualTo(first);
    assertThat(datasets.versions("d")).containsExactly(first.version(), second.version());
    assertThat(datasets.head("d")).contains(first.version());
    assertThat(publish("x", "other", Manifest.Head.MOVES).version()).startsWith("3-");
  }

  @Test
  void aVersionThatLostItsShardIsPublishedAnew() throws IOException {
    Manifest first = publish("x");
    Path shard = workspace.root().resolve(first.shards().get(0).path());
    Files.delete(shard);
    assertThatThrownBy(() -> datasets.stored(first, 0))
        .isInstanceOf(DataException.class)
        .hasMessage(
            first.shards().get(0).path()
                + " must have 1 bytes; found: no file; restore it from a copy, or run the recipe of d@"
                + first.version()
                + " again");
    Manifest draft = TestVersions.version(workspace, "d", "x", "r");
    Files.delete(shard);
    assertThatThrownBy(() -> datasets.publish(draft, Manifest.Head.MOVES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must have 1 bytes; found: no file");
  }

  @Test
  void headStaysWhereACheckFailed() throws IOException {
    Manifest first = publish("x", "r", Manifest.Head.STAYS);
    assertThat(datasets.head("d")).isEqualTo(Optional.empty());
    assertThat(refused("d").code()).isEqualTo("head_absent");
    assertThat(refused("d"))
        .hasMessage(
            "d must have a HEAD; found: none, because no version of whole sources has passed its checks; name a"
                + " version: "
                + first.version());
    publish("y");
    publish("x", "r", Manifest.Head.STAYS);
    assertThat(datasets.head("d").orElseThrow()).startsWith("2-");
    assertThat(datasets.versions("d")).hasSize(2);
  }

  @Test
  void aVersionIsFoundByHeadIdNumberAndDigest() throws IOException {
    Manifest first = publish("x");
    Manifest second = publish("y");
    for (String version :
        List.of(
            first.version(),
            "1",
            first.digest().substring(0, 5),
            first.version().substring(0, 6))) {
      assertThat(datasets.resolve(Reference.parse("d@" + version))).isEqualTo(first);
    }
    assertThat(datasets.resolve(Reference.parse("d@HEAD"))).isEqualTo(second);
    assertThat(first.reference()).hasToString("d@" + first.version());
  }

  @Test
  void aShortNumberIsNeverTheBeginningOfADigest() throws IOException {
    int content = 0;
    while (!TestVersions.version(workspace, "d", "x" + content, "r").digest().matches("[2-9].*")) {
      content++;
    }
    Manifest first = publish("x" + content);
    String reference = "d@" + first.digest().charAt(0);
    assertThat(refused(reference))
        .hasMessage(
            reference + " must be one version of d; found: none; known: " + first.version());
  }

  @Test
  void whatNamesNoVersionIsRefusedWithWhatThereIs() throws IOException {
    Manifest first = publish("x");
    publish("x", "other", Manifest.Head.MOVES);
    String digest = first.digest().substring(0, 8);
    assertThat(refused("d@9zz"))
        .hasMessage(
            "d@9zz must be one version of d; found: none; known: 1-" + digest + ", 2-" + digest);
    assertThat(refused("d@" + digest))
        .hasMessage(
            "d@"
                + digest
                + " must be one version of d; found: 1-"
                + digest
                + ", 2-"
                + digest
                + "; write more of it");
    assertThat(refused("dd"))
        .hasMessage(
            "dd must be the name of a dataset; found: none with versions; did you mean 'd'?; known:"
                + " d");
    assertThat(refused("dd").code()).isEqualTo("dataset_unknown");
  }

  @Test
  void damageIsNamedWithItsFileAndTheWayOut() throws IOException {
    Manifest first = publish("x");
    Path file = workspace.root().resolve("datasets/d/" + first.version() + ".json");
    String text = Files.readString(file);
    Files.writeString(file, text.substring(0, text.length() / 2));
    assertThat(refused("d"))
        .hasMessageStartingWith(
            "datasets/d/"
                + first.version()
                + ".json must be a manifest; found: damage (JSON must be")
        .hasMessageEndingWith("restore it from a copy, or delete it and run the recipe again");
    assertThat(refused("d").code()).isEqualTo("file_damaged");
    Files.writeString(file, "{}");
    assertThat(refused("d"))
        .hasMessageContaining(
            "damage (content must have the seal it was written with; found: none)");
    Files.writeString(file, text.replace("\"samples\": 4", "\"samples\": 5"));
    assertThat(refused("d"))
        .hasMessageContaining(
            "damage (content must have the seal it was written with; found: another)");
    Files.writeString(file, SealedJson.write(Map.of()));
    assertThat(refused("d")).hasMessageContaining("damage (form must be a whole number from 0)");
    Files.writeString(file, resealed(text.replace("\"form\": 1", "\"form\": 2")));
    assertThat(refused("d"))
        .hasMessageEndingWith("must be of form 1; found: 2; use the newer program that wrote it");
    Files.writeString(file, resealed(text.replace("\"dataset\": \"d\"", "\"dataset\": \"e\"")));
    assertThat(refused("d")).hasMessageEndingWith("found: another version");
    for (String path : List.of("/etc/passwd", "../x", "shards/..", "shards/\\\\u0000", "", "a b")) {
      Files.writeString(
          file, resealed(text.replaceFirst("\"path\": \"[^\"]*\"", "\"path\": \"" + path + "\"")));
      assertThat(refused("d"))
          .as(path)
          .hasMessageContaining("damage (path must lie in the workspace)");
    }
    Files.writeString(
        file,
        resealed(
            text.replaceFirst(
                "\"samples\": \\d+,\\s+\"bytes\": \\d+\\s+}", "\"samples\": -1, \"bytes\": 1 }")));
    assertThat(refused("d")).hasMessageContaining("damage (samples must be a whole number from 0)");
    Files.writeString(file, "[".repeat(600));
    assertThat(refused("d")).hasMessageContaining("damage (JSON must be well-formed");
    Files.write(file, new byte[] {'{', (byte) 0xff, '}'});
    assertThat(refused("d"))
        .hasMessageContaining("damage (JSON must be UTF-8; found: other bytes)");
    Files.writeString(file, text);
    Files.write(file.resolveSibling("HEAD"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(refused("d"))
        .hasMessageContaining("HEAD must name a version; found: one that is not");
    Files.writeString(file.resolveSibling("HEAD"), "7-00000000\n");
    assertThat(refused("d"))
        .hasMessageContaining("HEAD must name a version; found: one that is not");
  }

  @Test
  void numbersThatNothingCanHaveAreDamage() throws IOException {
    Path file = workspace.root().resolve("datasets/d/" + publish("x").version() + ".json");
    String text = Files.readString(file);
    String shard =
        "{\"path\": \"shards/a\", \"sha256\": \"a\", \"samples\": 9223372036854775807, \"bytes\": 1}";
    Map<String, @Nullable Object> plain = new LinkedHashMap<>(Json.parseObject(text));
    plain.put("shards", List.of(Json.parseObject(shard), Json.parseObject(shard)));
    Files.writeString(file, resealed(Json.pretty(plain)));
    assertThat(refused("d"))
        .hasMessageContaining("damage (samples of all shards must be below 2^63)");
    plain = new LinkedHashMap<>(Json.parseObject(text));
    plain.put(
        "states",
        List.of(
            Map.of(
                "operator",
                "quality.count",
                "revision",
                1L << 31,
                "parameters",
                Map.of(),
                "file",
                Json.parseObject(shard))));
    Files.writeString(file, resealed(Json.pretty(plain)));
    assertThat(refused("d")).hasMessageContaining("damage (revision must be up to 2147483647)");
  }

  /** What would be believed if seals were all that is looked at. */
  private static String resealed(String text) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>(Json.parseObject(text));
    plain.remove("seal");
    return SealedJson.write(plain);
  }

  @Test
  void aFlippedBitOfHeadIsNoOtherVersion() throws IOException {
    publish("x");
    Manifest second = publish("y");
    Path head = workspace.root().resolve("datasets/d/HEAD");
    byte[] bytes = Files.readAllBytes(head);
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(head, flipped);
      if (new String(flipped, StandardCharsets.UTF_8).strip().equals(second.version())) {
        continue; // Another white space at the end means the same.
      }
      assertThat(refused("d").code()).isEqualTo("head_damaged");
    }
  }

  @Test
  void whatACrashLeavesBehindIsNeverRead() throws IOException {
    Manifest first = publish("x");
    Path folder = workspace.root().resolve("datasets/d");
    Files.writeString(folder.resolve(".unfinished-1"), "{\"form\": 1, \"data");
    Files.writeString(folder.resolve(".unfinished-2"), "2-");
    assertThat(datasets.versions("d")).containsExactly(first.version());
    assertThat(datasets.resolve(Reference.parse("d"))).isEqualTo(first);
    assertThat(publish("y").version()).startsWith("2-");
  }

  @Test
  void aCrashBeforeHeadMovedIsRepairedByTheNextRun() throws IOException {
    Manifest first = publish("x");
    Manifest second = publish("y");
    Files.writeString(workspace.root().resolve("datasets/d/HEAD"), first.version());
    assertThat(publish("y")).isEqualTo(second);
    assertThat(datasets.versions("d")).hasSize(2);
    assertThat(datasets.head("d")).contains(second.version());
  }

  @Test
  void everythingBelongsToItsOwnerAlone() throws IOException {
    publish("x");
    Needs needs = new Needs("r", Needs.Reading.WHOLE, List.of(), List.of(), List.of(), List.of());
    workspace.begin(java.time.Instant.EPOCH, needs).close();
    workspace.replace(workspace.root().resolve("work/plans/r.json"), "{}");
    if (!workspace.root().getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return; // Windows has no such permissions.
    }
    try (Stream<Path> paths = Files.walk(workspace.root())) {
      for (Path path : paths.toList()) {
        String allowed = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        if (Files.isDirectory(path)) {
          assertThat(allowed).as(path.toString()).isEqualTo("rwx------");
        } else if (path.toString().endsWith(".json") || path.endsWith("HEAD")) {
          assertThat(allowed).as(path.toString()).isEqualTo("rw-------");
        }
      }
    }
  }

  @Test
  void filesElsewhereAreNotReplaced() {
    assertThatThrownBy(() -> workspace.replace(Path.of("/tmp/x"), ""))
        .hasMessage("file must lie in the workspace");
  }
}
