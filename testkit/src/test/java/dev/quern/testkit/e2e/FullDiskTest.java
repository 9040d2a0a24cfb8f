package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import dev.quern.run.Plan;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import dev.quern.testkit.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that becomes full at any time of a run costs the run, and nothing else. */
class FullDiskTest {
  private static final long DISK = 48L << 20;

  private static final String RECIPE =
      """
      recipe: shop
      seed: SEED
      read:
        - acquire.csv: { path: web.csv }
      steps:
        - diversity.split: { train: 0.8, test: 0.2 }
        - quality.drop_duplicates: { fields: [order] }
        - quality.impute: { fields: [amount], with: median }
      checks:
        - completeness(amount) = 1
      model:
        name: shop
        target: good
        train.linear: { exclude: [order, customer, address, note], epochs: 1 }
      """;

  @TempDir private Path folder;
  private Scene scene;
  private Mount disk;
  private Manifest earlier;

  @BeforeEach
  void runAnEarlierVersion() throws Exception {
    scene = new Scene(folder);
    new Shop(1, 0).csv(folder.resolve("web.csv"), 600_000);
    scene.write("earlier.yaml", RECIPE.replace("SEED", "1"));
    scene.write("recipe.yaml", RECIPE.replace("SEED", "2"));
    disk = Mount.disk(folder.resolve("disk"), DISK);
    scene.run("earlier.yaml", "disk/workspace", Scene.Way.of(2, 40_000));
    earlier = store().datasets().resolve(Reference.parse("shop"));
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.close();
    }
  }

  private Workspace store() {
    return new Workspace(folder.resolve("disk/workspace"));
  }

  /** When the disk becomes full. */
  private enum When {
    SPILL("drop_duplicates: store", 10),
    FIT("impute: fit", 0),
    SHARD("write", 1),
    MANIFEST("write", 100),
    MODEL("train", 0),
    REPORT("train", 100);

    private final String piece;
    private final int percent;

    When(String piece, int percent) {
      this.piece = piece;
      this.percent = percent;
    }
  }

  /** Fills the disk at a point of the run, by the thread that tells of it. */
  private static final class Filling implements RunListener {
    private final Path file;
    private final When when;
    private boolean here;

    Filling(Path file, When when) {
      this.file = file;
      this.when = when;
    }

    @Override
    public void begins(int number, int total, String what) {
      here = what.endsWith(when.piece) || (" " + what + " ").contains(" " + when.piece + " ");
      if (here && when.percent == 0) {
        fill(file);
      }
    }

    @Override
    public synchronized void advanced(
        long done, long total, String unit, long samples, String note) {
      if (here && when.percent > 0 && when.percent < 100 && 100 * done >= when.percent * total) {
        fill(file);
      }
    }

    @Override
    public void ends(Outcome outcome) {
      if (here && when.percent == 100) {
        fill(file);
      }
    }
  }

  /** Writes zeros until no byte more fits. */
  private static void fill(Path file) {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int size = 1 << 20; size > 0; size /= 2) {
        try {
          while (true) {
            out.write(ByteBuffer.allocate(size));
          }
        } catch (IOException e) {
          continue; // Smaller pieces may still fit.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertThatEarlierVersionsStand(String head) throws IOException {
    Workspace store = store();
    assertThat(store.datasets().manifest("shop", earlier.version())).isEqualTo(earlier);
    assertThat(store.datasets().damaged(earlier)).isEmpty();
    assertThat(store.datasets().head("shop").orElseThrow()).startsWith(head);
    assertThat(store.models().head("shop")).isPresent();
    store.models().requireWhole(store.models().resolve(Reference.parse("shop")));
  }

  private static void assertThatPlaceAndRoomAreTold(String message) {
    assertThat(message)
        .matches(
            "(?s).*/disk/workspace\\S*: disk must have room for what (is written \\(bytes\\); found: \\d+"
                + " left of \\d+ at .*disk.*; free some|\\S+ leaves \\(bytes\\); found: \\d+ left, about"
                + " \\d+ needed .*) and run again, finished work is kept");
  }

  @ParameterizedTest
  @EnumSource
  void aDiskThatBecomesFullIsToldAndTheNextRunGoesOn(When when) throws Exception {
    Scene.Way way = Scene.Way.of(2, 40_000);
    RunResult whole = scene.run("recipe.yaml", "elsewhere", way);
    RunOptions options = scene.options("disk/workspace", way);
    Path filler = folder.resolve("disk/filler");
    Plan plan = scene.plan("recipe.yaml", options);
    DataException full =
        catchThrowableOfType(
            DataException.class, () -> Run.execute(plan, options, new Filling(filler, when)));
    assertThat(full).isNotNull();
    // That the rest will not fit may be seen before a byte is refused.
    assertThat(full.code()).isIn("disk_full", "disk_too_small");
    assertThatPlaceAndRoomAreTold(full.getMessage());
    boolean published = when == When.MODEL || when == When.REPORT;
    assertThatEarlierVersionsStand(published ? "2-" : "1-");
    Files.delete(filler);
    RunResult next = scene.run("recipe.yaml", "disk/workspace", way);
    assertThat(next.status()).isEqualTo(RunResult.Status.DONE);
    assertThat(Scene.digest(next)).isEqualTo(Scene.digest(whole));
    assertThat(Scene.part(next.report(), "model").get("metrics"))
        .isEqualTo(Scene.part(whole.report(), "model").get("metrics"));
    assertThatEarlierVersionsStand("2-");
    assertThat(store().models().head("shop").orElseThrow()).startsWith("2-");
  }

  @Test
  void aShuffleThatWillNotFitIsRefusedWhileThereIsRoomLeft() throws Exception {
    Path filler = folder.resolve("disk/filler");
    fill(filler);
    long room = 200_000;
    try (FileChannel out = FileChannel.open(filler, StandardOpenOption.WRITE)) {
      out.truncate(out.size() - room);
    }
    Scene.Way way = Scene.Way.of(2, 10_000);
    RunOptions options = scene.options("disk/workspace", way);
    Plan plan = scene.plan("recipe.yaml", options);
    DataException refused =
        catchThrowableOfType(
            DataException.class, () -> Run.execute(plan, options, RunListener.NONE));
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo("disk_too_small");
    assertThatPlaceAndRoomAreTold(refused.getMessage());
    assertThat(Files.getFileStore(filler).getUsableSpace()).isGreaterThan(room / 4);
    assertThatEarlierVersionsStand("1-");
    Files.delete(filler);
    assertThat(scene.run("recipe.yaml", "disk/workspace", way).status())
        .isEqualTo(RunResult.Status.DONE);
  }

  @Test
  void aLogThatCannotBeWrittenIsToldAndHoldsWholeLinesOnly() throws Exception {
    // The events of so many steps do not fit into what is left of the log's last page.
    String trims = "  - quality.trim: {}\n".repeat(40);
    scene.write("long.yaml", RECIPE.replace("SEED", "1").replace("checks:", trims + "checks:"));
    scene.run("long.yaml", "disk/workspace", Scene.Way.of(2, 40_000));
    RunOptions options = scene.options("disk/workspace", Scene.Way.of(2, 40_000));
    Path filler = folder.resolve("disk/filler");
    Plan plan = scene.plan("long.yaml", options);
    RunListener full =
        new RunListener() {
          private int pieces;

          @Override
          public void begins(int number, int total, String what) {
            if (pieces++ == 0) {
              fill(filler);
            }
          }

          @Override
          public void ends(Outcome outcome) {
            try {
              if (pieces == plan.points().size() + 1) {
                Files.delete(filler);
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    DataException failure =
        catchThrowableOfType(DataException.class, () -> Run.execute(plan, options, full));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo("disk_full");
    assertThatPlaceAndRoomAreTold(failure.getMessage());
    List<Path> logs =
        Scene.files(store().runs()).stream().filter(file -> file.endsWith("log.jsonl")).toList();
    assertThat(Files.size(logs.get(2))).isLessThan(Files.size(logs.get(1)) / 2);
    for (Path log : logs) {
      for (String line : Files.readAllLines(log, StandardCharsets.UTF_8)) {
        Map<String, @Nullable Object> event = Json.parseObject(line);
        assertThat(event).containsKeys("time", "event");
      }
    }
    assertThatEarlierVersionsStand("2-");
  }

  @Test
  void anExportToAFullDiskIsToldWithItsPlaceAndLeavesNothing() throws Exception {
    Path filler = folder.resolve("disk/filler");
    scene.run("earlier.yaml", "elsewhere", Scene.Way.of(2, 40_000));
    fill(filler);
    Scene.Said said =
        scene.quern(
            "export", "shop", "--output", "disk/shop.csv", "--workspace", "elsewhere", "--quiet");
    assertThat(said.code()).as(said.err()).isEqualTo(3);
    assertThat(said.err().strip())
        .contains(folder.resolve("disk") + ": disk must have room for what is written (bytes);");
    assertThat(Scene.files(folder.resolve("disk")))
        .filteredOn(file -> !file.startsWith(folder.resolve("disk/workspace")))
        .containsExactly(filler);
  }

  /** Bytes that are left: none, less than a run's first files, and so on up to its last ones. */
  @ParameterizedTest
  @ValueSource(longs = {0, 9_000, 100_000, 700_000, 1_300_000, 1_600_000})
  void theProgramEndsWithThreeWhereverThereIsNoRoom(long room) throws Exception {
    Path filler = folder.resolve("disk/filler");
    fill(filler);
    try (FileChannel out = FileChannel.open(filler, StandardOpenOption.WRITE)) {
      out.truncate(Math.max(0, out.size() - room));
    }
    String[] run = {"run", "recipe.yaml", "--workspace", "disk/workspace", "--memory", "1m"};
    Scene.Said said = scene.quern(run);
    assertThat(said.code()).as(said.out() + said.err()).isEqualTo(3);
    assertThatPlaceAndRoomAreTold(said.err().strip());
    assertThatEarlierVersionsStand("1-");
    assertThat(scene.quern("show", "shop", "--workspace", "disk/workspace").code()).isZero();
    assertThat(scene.quern("plan", "recipe.yaml", "--workspace", "disk/workspace").code()).isZero();
    Files.delete(filler);
    Scene.Said next = scene.quern(run);
    assertThat(next.code()).as(next.err()).isZero();
    String digest = store().datasets().resolve(Reference.parse("shop")).digest();
    OptionalLong none = OptionalLong.empty();
    RunResult whole = scene.run("recipe.yaml", "elsewhere", new Scene.Way(2, none, 1 << 20));
    assertThat(digest).isEqualTo(Scene.digest(whole));
  }
}
