package dev.quern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.DataException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final String POINT = "0123456789abcdef0123456789abcdef";

  private Workspace workspace;

  @BeforeEach
  void open(@TempDir Path folder) {
    workspace = new Workspace(folder.resolve("workspace"));
  }

  private Manifest publish(String dataset, String content, List<String> parents)
      throws IOException {
    Manifest draft = TestVersions.version(workspace, dataset, content, "r");
    Manifest made =
        new Manifest(
            draft.dataset(),
            "",
            draft.digest(),
            draft.schema(),
            draft.shards(),
            draft.splits(),
            draft.recipe(),
            draft.recipeDigest(),
            draft.run(),
            draft.created(),
            draft.previous(),
            parents,
            draft.fits(),
            draft.profile());
    return workspace.datasets().publish(made, Manifest.Head.MOVES);
  }

  private static Needs needs(String recipe, List<String> passes, List<String> versions) {
    return new Needs(recipe, Needs.Reading.WHOLE, passes, List.of(), List.of(), versions);
  }

  private static Garbage.Rules keeping(int versions) {
    return new Garbage.Rules(OptionalInt.of(versions), OptionalInt.empty(), Garbage.Points.LAST);
  }

  private Path write(String path) throws IOException {
    Path file = workspace.root().resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "1234");
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> paths = Files.walk(workspace.root())) {
      Set<String> files = new TreeSet<>();
      paths
          .filter(Files::isRegularFile)
          .forEach(path -> files.add(workspace.root().relativize(path).toString()));
      return files;
    }
  }

  @Test
  void nothingGoesThatAVersionOrAnotherProgramNeeds() throws IOException {
    publish("d", "x", List.of());
    publish("d", "y", List.of());
    write("operators/mine.jar");
    write("shards/notes.txt");
    write("work/passes/notes/result.json");
    Set<String> before = files();
    assertThat(Garbage.remove(workspace, Garbage.Rules.USUAL).pieces()).isEmpty();
    before.add("work/.lock");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void whatAKillHasLeftGoesAndIsNamedWithItsSize() throws IOException {
    publish("d", "x", List.of());
    String shard = "shards/" + "0".repeat(64) + ".parquet";
    List<String> left =
        List.of(
            "datasets/d/.unfinished-1",
            "models/m/.unfinished-2/model.onnx",
            "runs/20261121-100000-000/plan.json",
            shard,
            shard + ".part",
            "work/.unfinished-3",
            "work/fits/" + POINT + ".json",
            "work/needs/.unfinished-4",
            "work/passes/" + POINT + "/s0-f0-0.blocks",
            "work/passes/" + POINT + ".lock",
            "work/passes/handed-20261121-100000-000/s0-f0-0.spill.part");
    for (String path : left) {
      write(path);
    }
    Set<String> before = files();
    Garbage.Found told = Garbage.find(workspace, Garbage.Rules.USUAL);
    assertThat(files()).isEqualTo(before);
    Garbage.Found found = Garbage.remove(workspace, Garbage.Rules.USUAL);
    assertThat(found).isEqualTo(told);
    assertThat(found.bytes()).isEqualTo(4L * left.size());
    assertThat(found.pieces())
        .contains(new Garbage.Piece(Garbage.Kind.SHARD, shard, 4))
        .contains(new Garbage.Piece(Garbage.Kind.RUN, "runs/20261121-100000-000", 4))
        .contains(new Garbage.Piece(Garbage.Kind.UNFINISHED, "models/m", 4));
    before.removeAll(left);
    before.add("work/.lock");
    assertThat(files()).isEqualTo(before);
    assertThat(Garbage.remove(workspace, Garbage.Rules.USUAL).pieces()).isEmpty();
  }

  @Test
  void ofARunAtWorkNothingGoes() throws IOException {
    String shard = "shards/" + "0".repeat(64) + ".parquet";
    try (LiveRun run = workspace.begin(NOW, needs("r", List.of(POINT), List.of()))) {
      write(shard);
      write("datasets/d/.unfinished-1");
      write("work/passes/" + POINT + "/s0-f0-0.blocks.part");
      write("work/passes/" + POINT + ".lock");
      write("work/passes/" + POINT.replace('0', 'f') + "/s0-f0-0.blocks");
      Garbage.Found found = Garbage.remove(workspace, Garbage.Rules.USUAL);
      assertThat(found.live()).containsExactly("20261121-100000-000");
      assertThat(found.pieces())
          .extracting(Garbage.Piece::path)
          .containsExactly("work/passes/" + POINT.replace('0', 'f'));
      assertThat(run.folder()).isDirectory();
    }
    assertThat(Garbage.remove(workspace, Garbage.Rules.USUAL).pieces())
        .extracting(Garbage.Piece::path)
        .containsExactly(
            "work/passes/" + POINT,
            "work/passes/" + POINT + ".lock",
            shard,
            "runs/20261121-100000-000",
            "datasets/d");
  }

  @Test
  void fetchedFilesGoUnlessTheLastRunOfARecipeOrSomeoneWhoFetchesNeedsThem() throws IOException {
    String needed = "a".repeat(64);
    String left = "b".repeat(64);
    String fetched = "c".repeat(64);
    List<String> downloads = List.of(needed);
    Needs needs = new Needs("r", Needs.Reading.WHOLE, List.of(), List.of(), downloads, List.of());
    workspace.begin(NOW, needs).close();
    Set<String> kept = new TreeSet<>();
    for (String ending : List.of("", ".checked", ".lock")) {
      write("work/downloads/" + left + ending);
      kept.add("work/downloads/" + needed + ending);
    }
    kept.add("work/downloads/" + needed + ".part");
    kept.add("work/downloads/" + fetched + ".part");
    kept.add("work/downloads/" + fetched + ".lock");
    kept.add("work/downloads/notes.txt");
    for (String path : kept) {
      write(path);
    }
    write("work/downloads/" + left + ".part");
    Path lock = workspace.root().resolve("work/downloads/" + fetched + ".lock");
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      channel.lock();
      Garbage.remove(workspace, Garbage.Rules.USUAL);
      assertThat(files())
          .filteredOn(file -> file.startsWith("work/downloads/"))
          .hasSameElementsAs(kept);
    }
    Garbage.Rules all =
        new Garbage.Rules(OptionalInt.empty(), OptionalInt.empty(), Garbage.Points.NONE);
    Garbage.remove(workspace, all);
    assertThat(files())
        .filteredOn(file -> file.startsWith("work/downloads/"))
        .containsExactly("work/downloads/notes.txt");
  }

  @Test
  void aRunOfAnotherProcessIsAtWorkUntilItIsKilled() throws Exception {
    Process process = TestVersions.start(workspace.root(), "run");
    try {
      TestVersions.await(process, "running");
      assertThat(Garbage.remove(workspace, Garbage.Rules.USUAL).live()).hasSize(1);
      assertThat(workspace.runs()).isNotEmptyDirectory();
    } finally {
      process.destroyForcibly().waitFor();
    }
    Garbage.Found found = Garbage.remove(workspace, Garbage.Rules.USUAL);
    assertThat(found.live()).isEmpty();
    assertThat(found.pieces()).extracting(Garbage.Piece::kind).containsExactly(Garbage.Kind.RUN);
    assertThat(workspace.runs()).isEmptyDirectory();
  }

  @Test
  void oldVersionsGoWithTheirShardsButNotHeadAndNotWhatKeptOnesWereMadeFrom() throws IOException {
    Manifest first = publish("d", "1", List.of());
    Manifest second = publish("d", "2", List.of());
    publish("d", "3", List.of());
    Manifest fourth = publish("d", "4", List.of());
    Manifest shared = publish("d", "5", List.of());
    Files.writeString(workspace.root().resolve("datasets/d/HEAD"), second.version());
    Manifest child = publish("e", "5", List.of(first.reference().toString()));

    Garbage.Found found = Garbage.remove(workspace, keeping(1));
    assertThat(found.kept())
        .containsExactly(
            new Garbage.Kept(first.reference().toString(), child.reference().toString()));
    assertThat(workspace.datasets().versions("d"))
        .containsExactly(first.version(), second.version(), shared.version());
    assertThat(workspace.root().resolve(fourth.shards().get(0).path())).doesNotExist();
    for (Manifest kept : List.of(first, second, shared, child)) {
      assertThat(workspace.datasets().stored(kept, 0).samples()).isEqualTo(4);
    }
    assertThat(workspace.datasets().head("d")).contains(second.version());
    assertThat(publish("d", "6", List.of()).version()).startsWith("6-");
  }

  @Test
  void whatARunAtWorkReadsIsKeptAndSaid() throws IOException {
    Manifest first = publish("d", "1", List.of());
    publish("d", "2", List.of());
    List<String> versions = List.of(first.reference().toString());
    try (LiveRun run = workspace.begin(NOW, needs("r", List.of(), versions))) {
      String id = String.valueOf(run.folder().getFileName());
      assertThat(Garbage.remove(workspace, keeping(1)).kept())
          .containsExactly(new Garbage.Kept(first.reference().toString(), id));
    }
    assertThat(Garbage.remove(workspace, keeping(1)).kept()).isEmpty();
    assertThat(workspace.datasets().versions("d")).hasSize(1);
  }

  @Test
  void aRunWhoseVersionWentBeforeItBeganIsToldSo() throws IOException {
    Manifest first = publish("d", "1", List.of());
    Needs needs = needs("r", List.of(), List.of(first.reference().toString()));
    publish("d", "2", List.of());
    Garbage.remove(workspace, keeping(1));
    assertThatThrownBy(() -> workspace.begin(NOW, needs))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            first.reference() + " must be one version of d; found: none; known:");
    assertThat(workspace.runs()).doesNotExist();
  }

  @Test
  void aDamagedManifestStopsItBeforeAnythingGoes() throws IOException {
    Manifest first = publish("d", "1", List.of());
    Files.writeString(
        workspace.root().resolve("datasets/d").resolve(first.version() + ".json"), "{");
    Path left = write("shards/" + "0".repeat(64) + ".parquet");
    assertThatThrownBy(() -> Garbage.remove(workspace, Garbage.Rules.USUAL))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "datasets/d/" + first.version() + ".json must be a manifest; found: damage");
    assertThat(left).exists();
  }

  @Test
  void idsOfRunsGrowAlsoWhereTheClockJumpsBack() throws IOException {
    Needs needs = needs("r", List.of(), List.of());
    List<String> ids = new java.util.ArrayList<>();
    for (long seconds : new long[] {0, 0, -86_400, 3600, -86_400 * 9_000L}) {
      try (LiveRun run = workspace.begin(NOW.plusSeconds(seconds), needs)) {
        ids.add(String.valueOf(run.folder().getFileName()));
      }
    }
    assertThat(ids)
        .containsExactly(
            "20261121-100000-000",
            "20261121-100000-001",
            "20261121-100000-002",
            "20261121-110000-000",
            "20261121-110000-001");
  }

  @Test
  void oldRunsGoButNotThoseThatMadeAKeptVersion() throws IOException {
    publish("d", "1", List.of());
    for (String id : List.of("20260101-000000-000", "20270101-000000-000", "20280101-000000-000")) {
      write("runs/" + id + "/report.json");
    }
    Garbage.Rules rules =
        new Garbage.Rules(OptionalInt.empty(), OptionalInt.of(1), Garbage.Points.LAST);
    assertThat(Garbage.remove(workspace, rules).pieces())
        .extracting(Garbage.Piece::path)
        .containsExactly("runs/20270101-000000-000");
  }

  @Test
  void aWorkspaceThatIsAFileIsRefused() throws IOException {
    Path file = Files.writeString(workspace.root(), "");
    assertThatThrownBy(() -> new Workspace(file).begin(NOW, needs("r", List.of(), List.of())))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ": workspace must be a folder that can be written to; found: a file; fix: another"
                + " folder with --workspace");
  }
}
