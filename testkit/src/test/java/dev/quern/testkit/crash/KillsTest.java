package dev.quern.testkit.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.format.json.Json;
import dev.quern.operator.Registry;
import dev.quern.run.Planner;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What judges killed runs sees what is planted. */
class KillsTest {
  @TempDir private Path folder;
  private Path workspace;

  @BeforeEach
  void run() throws IOException {
    workspace = folder.resolve("workspace");
    Material.write(folder, 200_000);
    execute();
  }

  private void execute() throws IOException {
    RunOptions options = RunOptions.in(workspace);
    Registry registry = Registry.load(KillsTest.class.getClassLoader());
    Path recipe = folder.resolve("notes.yaml");
    Run.execute(Planner.plan(registry, recipe, List.of(), options), options, RunListener.NONE);
  }

  @Test
  void aWorkspaceOfAFinishedRunIsExplained() throws IOException {
    try (var passes = Files.list(workspace.resolve("work/passes"))) {
      for (Path lock : passes.filter(file -> file.toString().endsWith(".lock")).toList()) {
        Files.delete(lock); // As quern gc does.
      }
    }
    assertThat(Inventory.orphans(workspace)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "datasets/notes/.unfinished-1",
        "datasets/notes/7-00000000.jsonx",
        "datasets/other",
        "models/m/.unfinished-1/model.onnx",
        "shards/0000000000000000000000000000000000000000000000000000000000000000.parquet",
        "shards/x.parquet.part",
        "runs/20200101-000000-000/log.jsonl",
        "runs/RUN/needs.json",
        "runs/RUN/.live",
        "runs/RUN/dropped/x",
        "work/passes/00000000000000000000000000000000",
        "work/passes/00000000000000000000000000000000/journal",
        "work/passes/PASS/s0-f0-0.shuffle",
        "work/passes/PASS.lock",
        "work/fits/00000000000000000000000000000000.json",
        "work/needs/.unfinished-1",
        "work/plans/other.json",
        "work/downloads/0.part",
        "other",
      })
  void aFileThatNothingExplainsIsFound(String name) throws IOException {
    String run = Moment.runs(workspace).get(0);
    String pass;
    try (var passes = Files.list(workspace.resolve("work/passes"))) {
      pass =
          passes
              .filter(Files::isDirectory)
              .findFirst()
              .map(path -> path.getFileName().toString())
              .orElseThrow();
    }
    String path = name.replace("RUN", run).replace("PASS", pass);
    Path file = workspace.resolve(path);
    if (path.contains(".") || path.endsWith("x") || path.endsWith("journal")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "");
    } else {
      Files.createDirectories(file);
    }
    assertThat(Inventory.orphans(workspace)).contains(path);
  }

  @Test
  void samplesThatAreNotThoseOfTheVersionAreFound() throws IOException {
    Workspace store = new Workspace(workspace);
    Manifest manifest = store.datasets().resolve(Reference.parse("notes"));
    Readback.check(store, manifest);
    Manifest other =
        new Manifest(
            manifest.dataset(),
            manifest.version(),
            "0".repeat(64),
            manifest.schema(),
            manifest.shards(),
            manifest.splits(),
            manifest.recipe(),
            manifest.recipeDigest(),
            manifest.run(),
            manifest.created(),
            manifest.previous(),
            manifest.parents(),
            manifest.fits(),
            manifest.profile());
    assertThatThrownBy(() -> Readback.check(store, other))
        .isInstanceOf(Misbehaviour.class)
        .hasMessageContaining("must hold samples of digest 0000");
  }

  @Test
  void anOutcomeThatDiffersInOneCountOrOneDroppedSampleIsFound() throws IOException {
    RunOutcome first = RunOutcome.newest(workspace);
    execute();
    RunOutcome second = RunOutcome.newest(workspace);
    second.mustBe(first, "a cached run");
    assertThat(second.cached()).isTrue();
    assertThat(second.readBytes()).isZero();
    assertThat(first.cached()).isFalse();
    assertThat(first.readBytes()).isBetween(first.sourceBytes(), 2 * first.sourceBytes());

    Path run = workspace.resolve("runs").resolve(Moment.runs(workspace).get(1));
    Path report = run.resolve("report.json");
    String text = Files.readString(report, StandardCharsets.UTF_8);
    String kept = "\"kept\": " + Json.object(first.parts().get("accounting")).get("kept");
    assertThat(text).contains(kept);
    Files.writeString(report, text.replace(kept, "\"kept\": 1"));
    assertThatThrownBy(() -> RunOutcome.newest(workspace).mustBe(first, "it"))
        .isInstanceOf(Misbehaviour.class)
        .hasMessageContaining("accounting.kept: ")
        .hasMessageContaining(" became 1");
    Files.writeString(report, text);
    Path dropped = Inventory.files(run.resolve("dropped")).get(0);
    Files.writeString(dropped, Files.readString(dropped).replaceFirst("[0-9]", "x"));
    assertThatThrownBy(() -> RunOutcome.newest(workspace).mustBe(first, "it"))
        .hasMessageContaining("dropped: ");
  }

  @Test
  void theLogTellsThePhases() throws IOException {
    Path run = workspace.resolve("runs").resolve(Moment.runs(workspace).get(0));
    List<Map<String, @Nullable Object>> events = KillPhase.events(run);
    List<KillPhase> phases = KillPhase.after(events, Act.NOTES);
    List<KillPhase> changes = new ArrayList<>();
    for (KillPhase phase : phases) {
      if (changes.isEmpty() || changes.get(changes.size() - 1) != phase) {
        changes.add(phase);
      }
    }
    assertThat(changes)
        .containsExactly(
            KillPhase.PLAN,
            KillPhase.BETWEEN,
            KillPhase.READ,
            KillPhase.BETWEEN,
            KillPhase.WRITE,
            KillPhase.BETWEEN,
            KillPhase.PUBLISH,
            KillPhase.REPORT);
    Instant began = Instant.parse(String.valueOf(events.get(0).get("time"))).minusMillis(200);
    Instant ended = began.plusSeconds(3600);
    Timeline timeline = Timeline.of(Act.NOTES, began, ended, events);
    assertThat(timeline.millis(KillPhase.PLAN)).isGreaterThanOrEqualTo(200);
    assertThat(timeline.spans()).hasSize(events.size() + 1);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      Moment.AfterLines moment = (Moment.AfterLines) timeline.in(KillPhase.READ, random);
      assertThat(phases.get(moment.lines() - 1)).isEqualTo(KillPhase.READ);
    }
    Files.writeString(
        run.resolve("log.jsonl"), Files.readString(run.resolve("log.jsonl")) + "{\"torn\": ");
    assertThat(KillPhase.events(run)).isEqualTo(events);
  }

  @Test
  void aPhaseWithTooFewKillsIsMissing() {
    List<KilledRun.Kill> kills = new ArrayList<>();
    for (KillPhase phase : KillPhase.values()) {
      for (int i = 0; i < KillTable.ENOUGH; i++) {
        kills.add(kill(phase, 25 * i));
      }
    }
    KillTable table = new KillTable(kills);
    assertThat(table.missing()).isEmpty();
    assertThat(table.size()).isEqualTo(kills.size());
    assertThat(table.markdown()).contains("| spill | 3 | 0 | 3 | 25.0 % | 50.0 % |");
    kills.remove(kill(KillPhase.SPILL, 0));
    kills.removeIf(kill -> kill.phase() == KillPhase.PLAN);
    assertThat(new KillTable(kills).missing()).containsExactly(KillPhase.SPILL);
    KilledRun.Kill again = kills.get(0);
    assertThat(KilledRun.Kill.of(Json.parseObject(Json.write(again.plain())))).isEqualTo(again);
  }

  private static KilledRun.Kill kill(KillPhase phase, long read) {
    return new KilledRun.Kill(
        "notes", phase, KilledRun.Repeated.NO, 100, OptionalLong.of(read), KilledRun.Cleared.YES);
  }
}
