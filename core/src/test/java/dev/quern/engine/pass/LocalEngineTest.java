package dev.quern.engine.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Split;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.DroppedSamples;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Samples;
import dev.quern.engine.StepCounts;
import dev.quern.engine.Task;
import dev.quern.engine.Traces;
import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalEngineTest {
  @TempDir Path dir;
  private List<String> lines;
  private LineTasks tasks;
  private long bytes;

  @BeforeEach
  void writeLines() throws IOException {
    Path file = dir.resolve("lines.csv");
    lines = LineData.write(file, 5000, 300, 7);
    bytes = Files.size(file);
    tasks = new LineTasks(List.of(file));
  }

  private Pass written(Samples samples, List<Pass.Fold> folds, String folder) {
    return new Pass(
        samples,
        new Pass.Output.Written(LineTasks.task("write"), dir.resolve("shards")),
        folds,
        dir.resolve(folder),
        Set.of());
  }

  private List<String> shardLines(PassResult result) throws IOException {
    List<String> all = new ArrayList<>();
    for (var shard : result.stored().shards()) {
      assertThat(PassFolder.sha256(Path.of(shard.path()))).isEqualTo(shard.sha256());
      all.addAll(Files.readAllLines(Path.of(shard.path())));
    }
    return all;
  }

  @Test
  void threadsAndMorselsDoNotChangeDigestStatesCountsOrOrder() throws IOException {
    Samples read = LineData.read(0);
    Samples mapped =
        read.map(LineTasks.task("drop_odd"), LineTasks.SCHEMA)
            .map(LineTasks.task("children"), LineTasks.SCHEMA);
    Set<String> digests = new TreeSet<>();
    List<PassResult> results = new ArrayList<>();
    for (int threads : new int[] {1, 2, 7}) {
      for (int morsels : new int[] {1, 3, 7}) {
        List<Pass.Fold> folds =
            List.of(
                new Pass.Fold(LineTasks.task("counts"), read),
                new Pass.Fold(LineTasks.task("counts"), mapped));
        PassResult result =
            LineData.execute(
                tasks,
                threads,
                bytes / morsels + 1,
                written(mapped, folds, "pass" + threads + "-" + morsels));
        digests.add(result.digest());
        results.add(result);
      }
    }
    assertThat(digests).hasSize(1);
    List<String> first = shardLines(results.get(0));
    for (PassResult result : results) {
      assertThat(result.states().get(0)).isEqualTo(results.get(0).states().get(0));
      assertThat(result.states().get(1)).isEqualTo(results.get(0).states().get(1));
      assertThat(shardLines(result)).isEqualTo(first);
      assertThat(result.splits()).isEqualTo(results.get(0).splits());
      assertThat(result.steps().keySet()).containsExactly("01.read", "01.drop_odd", "01.children");
      StepCounts dropOdd = result.steps().get("01.drop_odd");
      assertThat(dropOdd.read()).isEqualTo(5000);
      assertThat(dropOdd.dropped().get("odd")).isEqualTo(odd());
      assertThat(result.steps().get("01.children").kept()).isEqualTo(first.size());
    }
  }

  private long odd() {
    return lines.stream().filter(LocalEngineTest::isOdd).count();
  }

  private static boolean isOdd(String line) {
    String value = line.split(",", 4)[1];
    return !value.isEmpty() && (Long.parseLong(value) & 1) == 1;
  }

  @Test
  void blocksAreReadBackAsTheyWere() throws IOException {
    Samples read = LineData.read(0);
    Pass pass =
        new Pass(read, new Pass.Output.Blocks(), List.of(), dir.resolve("blocks"), Set.of());
    PassResult blocks = LineData.execute(tasks, 2, bytes / 5, pass);
    assertThat(blocks.stored().samples()).isEqualTo(5000);
    Samples stored = Samples.stored(blocks.stored());
    List<String> back = LineData.handed(tasks, 2, 10_000, 1 << 20, stored, dir.resolve("handed"));
    assertThat(back).isEqualTo(lines.stream().map(LineData::textOf).toList());
    Pass.Output digested = new Pass.Output.Digested();
    PassResult again =
        LineData.execute(
            tasks, 2, 3000, new Pass(stored, digested, List.of(), dir.resolve("fold"), Set.of()));
    assertThat(again.digest()).isEqualTo(blocks.digest());
    assertThat(again.cost().sourceBytesRead()).isZero();
    assertThat(again.cost().bytesRead()).isGreaterThanOrEqualTo(blocks.stored().bytes());
  }

  @Test
  void aPassForItsFoldsAloneCountsSamplesAndMakesNoDigest() throws IOException {
    Samples read = LineData.read(0);
    Pass.Fold fold = new Pass.Fold(LineTasks.task("counts"), read);
    PassResult folded =
        LineData.execute(tasks, 2, 9000, Pass.fold(read, List.of(fold), dir.resolve("folded")));
    Pass.Output output = new Pass.Output.Digested();
    PassResult digested =
        LineData.execute(
            tasks, 2, 9000, new Pass(read, output, List.of(fold), dir.resolve("d"), Set.of()));
    assertThat(folded.digest()).isEmpty();
    assertThat(digested.digest()).hasSize(64);
    assertThat(folded.states().get(0)).isEqualTo(digested.states().get(0));
    assertThat(folded.splits()).isEqualTo(digested.splits());
    assertThat(folded.steps().get("01.read").kept()).isEqualTo(5000);
  }

  @Test
  void damagedBlocksAreRefusedByName() throws IOException {
    Pass pass =
        new Pass(LineData.read(0), new Pass.Output.Blocks(), List.of(), dir.resolve("b"), Set.of());
    PassResult blocks = LineData.execute(tasks, 1, bytes, pass);
    Path file = Path.of(blocks.stored().shards().get(0).path());
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    assertThatThrownBy(
            () ->
                LineData.handed(
                    tasks,
                    2,
                    1000,
                    1 << 20,
                    Samples.stored(blocks.stored()),
                    dir.resolve("handed")))
        .isInstanceOf(dev.quern.engine.DataException.class)
        .hasMessageContaining(String.valueOf(file.getFileName()))
        .hasMessageContaining("stored samples must be as written; found: damage");
  }

  @Test
  void handedSamplesComeInOrderHoweverSmallTheMemory() throws IOException {
    List<String> expected = lines.stream().map(LineData::textOf).toList();
    for (int threads : new int[] {1, 2, 7}) {
      List<String> handed =
          LineData.handed(
              tasks, threads, 2000, 1, LineData.read(0), dir.resolve("handed" + threads));
      assertThat(handed).isEqualTo(expected);
    }
  }

  @Test
  void trainScopeLeavesOtherSamplesInTheirPlaces() throws IOException {
    for (String operator : List.of("upper", "drop_odd", "children")) {
      List<String> expected = new ArrayList<>();
      for (String line : lines) {
        String text = LineData.textOf(line);
        String[] parts = line.split(",", 4);
        if (!text.endsWith(",train")) {
          expected.add(text);
        } else if (operator.equals("upper")) {
          expected.add(text.replace('b', 'B'));
        } else if (operator.equals("drop_odd")) {
          if (!isOdd(line)) {
            expected.add(text);
          }
        } else {
          long children = parts[1].isEmpty() ? 0 : Long.parseLong(parts[1]) & 3;
          for (int child = 0; child < children; child++) {
            expected.add(parts[0] + "," + child + "," + parts[3] + ",train");
          }
        }
      }
      Samples samples =
          LineData.read(0).map(LineTasks.task(operator, Task.Scope.TRAIN), LineTasks.SCHEMA);
      assertThat(LineData.handed(tasks, 2, 9000, 1 << 20, samples, dir.resolve("train" + operator)))
          .isEqualTo(expected);
    }
  }

  @Test
  void trainScopeFoldsSeeTheTrainSplitAlone() throws IOException {
    Samples read = LineData.read(0);
    Pass.Fold fold = new Pass.Fold(LineTasks.task("counts", Task.Scope.TRAIN), read);
    PassResult result =
        LineData.execute(tasks, 2, 9000, Pass.fold(read, List.of(fold), dir.resolve("fold")));
    LineTasks.Counts counts =
        (LineTasks.Counts)
            tasks
                .folding(fold.task(), LineTasks.SCHEMA, null)
                .read(
                    new java.io.DataInputStream(
                        new java.io.ByteArrayInputStream(result.states().get(0))));
    long train = lines.stream().filter(line -> line.split(",")[2].equals("t")).count();
    assertThat(counts.samples).isEqualTo(train);
    assertThat(result.splits()[Split.TRAIN.code()]).isEqualTo(train);
  }

  @Test
  void aStepThatLosesSamplesIsNamed() {
    Samples lossy = LineData.read(0).map(LineTasks.task("lossy"), LineTasks.SCHEMA);
    assertThatThrownBy(
            () ->
                LineData.execute(
                    tasks, 2, bytes, Pass.fold(lossy, List.of(), dir.resolve("lossy"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "01.lossy: read + created must equal kept + dropped + merged + quarantined; found:"
                + " 5000 + 0 and 0 + 0 + 0 + 0");
  }

  @Test
  void droppedAndQuarantinedSamplesAreWrittenWithTheirPlaces() throws IOException {
    Path file = dir.resolve("lines.csv");
    lines.set(4321, "k1,12x,t,secret");
    lines.set(17, "k1,x,t,secret");
    Files.write(file, lines);
    Samples samples =
        LineData.read(0)
            .map(LineTasks.task("faulty"), LineTasks.SCHEMA)
            .map(LineTasks.task("drop_odd"), LineTasks.SCHEMA);
    PassResult result =
        LineData.execute(tasks, 2, bytes / 9, Pass.fold(samples, List.of(), dir.resolve("q")));
    assertThat(result.quarantined()).hasSize(1);
    assertThat(Files.getPosixFilePermissions(result.quarantined().get(0)))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    List<String> numbers = new ArrayList<>();
    long sevens = 0;
    for (String line : Files.readAllLines(result.quarantined().get(0))) {
      Map<String, Object> entry = Json.parseObject(line);
      if (entry.get("rule").equals("not_a_number")) {
        numbers.add(entry.get("line") + " " + entry.get("mask") + " " + entry.get("length"));
        assertThat(entry)
            .containsEntry("step", "01.read")
            .containsEntry("source", "source0")
            .containsEntry("file", "lines.csv")
            .containsKey("raw");
      } else {
        sevens++;
        assertThat(entry).containsKeys("id", "sample").containsEntry("step", "01.faulty");
      }
    }
    assertThat(numbers).containsExactly("18 a 1", "4322 99a 3");
    assertThat(result.steps().get("01.read").quarantined()).isEqualTo(2);
    assertThat(result.steps().get("01.faulty").quarantineRules()).containsEntry("seven", sevens);
    long dropped = 0;
    for (Path path : result.dropped()) {
      for (String line : Files.readAllLines(path)) {
        dropped++;
        assertThat(Json.parseObject(line))
            .containsOnlyKeys("step", "id", "reason", "measured")
            .containsEntry("reason", "odd");
      }
    }
    assertThat(dropped).isEqualTo(result.steps().get("01.drop_odd").droppedTotal());
  }

  @Test
  void settledStepsAreCountedButNotWrittenAgain() throws IOException {
    Samples samples = LineData.read(0).map(LineTasks.task("drop_odd"), LineTasks.SCHEMA);
    Pass pass =
        new Pass(
            samples, new Pass.Output.None(), List.of(), dir.resolve("s"), Set.of("01.drop_odd"));
    PassResult result = LineData.execute(tasks, 2, bytes, pass);
    assertThat(result.dropped()).isEmpty();
    assertThat(result.steps().get("01.drop_odd").droppedTotal()).isEqualTo(odd());
  }

  @Test
  void aUnionIsOneInputAfterTheOther() throws IOException {
    Samples both = LineData.read(0).union(List.of(LineData.read(1)));
    List<String> expected = new ArrayList<>(lines.stream().map(LineData::textOf).toList());
    expected.addAll(List.copyOf(expected));
    assertThat(LineData.handed(tasks, 2, 9000, 1 << 20, both, dir.resolve("union")))
        .isEqualTo(expected);
  }

  @Test
  void aFullDiskIsToldAndTheFolderContinues() throws IOException {
    Pass full =
        new Pass(
            LineData.read(0),
            new Pass.Output.Written(LineTasks.task("full"), dir.resolve("shards")),
            List.of(),
            dir.resolve("full"),
            Set.of());
    assertThatThrownBy(() -> LineData.execute(tasks, 2, bytes, full))
        .isInstanceOf(dev.quern.engine.DataException.class)
        .hasMessageMatching(
            ".*/full: disk must have room for what is written \\(bytes\\); found: \\d+ left of"
                + " \\d+ at .+; free some and run again, finished work is kept")
        .extracting(e -> ((dev.quern.engine.DataException) e).code())
        .isEqualTo("disk_full");
    long read = tasks.morselsRead.get();
    assertThatThrownBy(() -> LineData.execute(tasks, 2, bytes, full))
        .isInstanceOf(dev.quern.engine.DataException.class);
    assertThat(tasks.morselsRead.get()).isEqualTo(read);
  }

  @Test
  void aFoldOverSamplesOfAnotherPassIsRefused() {
    Pass.Fold fold = new Pass.Fold(LineTasks.task("counts"), LineData.read(1));
    assertThatThrownBy(
            () ->
                LineData.execute(
                    tasks,
                    1,
                    bytes,
                    Pass.fold(LineData.read(0), List.of(fold), dir.resolve("other"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "01.counts: fold must be over the samples of its pass or one of their inputs; found:"
                + " others");
  }

  @Test
  void aPassKeepsOfChangedCellsWhatItIsTold() throws IOException {
    Samples mended = LineData.read(0).map(LineTasks.task("mend_odd"), LineTasks.SCHEMA);
    List<String> odd = lines.stream().filter(LocalEngineTest::isOdd).toList();
    for (ChangedCells keeps : ChangedCells.values()) {
      Path folder = dir.resolve("mending");
      Traces traces = new Traces(DroppedSamples.IDS, keeps);
      Pass pass = new Pass(mended, new Pass.Output.Blocks(), List.of(), folder, Set.of(), traces);
      PassResult result = LineData.execute(tasks, 2, 9000, pass);
      PassResult again = LineData.execute(tasks, 1, 9000, pass);
      assertThat(again.changed()).isEqualTo(result.changed());
      assertThat(again.steps().get("01.mend_odd").changed())
          .isEqualTo(Map.of("odd(value)", (long) odd.size()));
      List<String> changed = new ArrayList<>();
      for (Path file : result.changed()) {
        changed.addAll(Files.readAllLines(file));
      }
      if (keeps == ChangedCells.NONE) {
        assertThat(changed).isEmpty();
        continue;
      }
      assertThat(changed).hasSize(odd.size());
      for (int i = 0; i < odd.size(); i++) {
        Map<String, @org.jspecify.annotations.Nullable Object> line =
            Json.parseObject(changed.get(i));
        assertThat(line).containsEntry("rule", "odd").containsEntry("confidence", 0.5);
        if (keeps == ChangedCells.IDS) {
          assertThat(line).containsOnlyKeys("step", "id", "field", "rule", "confidence");
        } else {
          assertThat(line)
              .containsEntry("before", Long.valueOf(odd.get(i).split(",", 4)[1]))
              .containsEntry("after", 7L);
        }
      }
    }
  }

  @Test
  void aPassKeepsOfDroppedSamplesWhatItIsTold() throws IOException {
    Samples even = LineData.read(0).map(LineTasks.task("drop_odd"), LineTasks.SCHEMA);
    Map<DroppedSamples, PassResult> results = new java.util.TreeMap<>();
    for (DroppedSamples keeps : DroppedSamples.values()) {
      // One folder for all: what is kept belongs to the pass, so another one starts anew.
      Path folder = dir.resolve("dropping");
      Pass pass =
          new Pass(
              even,
              new Pass.Output.Digested(),
              List.of(),
              folder,
              Set.of(),
              new Traces(keeps, ChangedCells.IDS));
      results.put(keeps, LineData.execute(tasks, 2, 9000, pass));
      List<String> dropped = new ArrayList<>();
      for (Path file : results.get(keeps).dropped()) {
        dropped.addAll(Files.readAllLines(file));
      }
      List<String> odd = lines.stream().filter(LocalEngineTest::isOdd).toList();
      if (keeps == DroppedSamples.NONE) {
        assertThat(dropped).isEmpty();
        continue;
      }
      assertThat(dropped).hasSize(odd.size());
      for (int i = 0; i < odd.size(); i++) {
        Map<String, @org.jspecify.annotations.Nullable Object> line =
            Json.parseObject(dropped.get(i));
        String[] parts = odd.get(i).split(",", 4);
        assertThat(line)
            .containsEntry("reason", "odd")
            .containsEntry("measured", Double.valueOf(parts[1]));
        if (keeps == DroppedSamples.IDS) {
          assertThat(line).containsOnlyKeys("step", "id", "reason", "measured");
        } else {
          assertThat(Json.object(line.get("sample")))
              .containsEntry("key", parts[0])
              .containsEntry("value", Long.valueOf(parts[1]))
              .containsEntry("body", parts[3]);
        }
      }
    }
    assertThat(results.values())
        .extracting(PassResult::digest)
        .containsOnly(results.get(DroppedSamples.IDS).digest());
    assertThat(results.values())
        .extracting(result -> result.steps().get("01.drop_odd").dropped())
        .containsOnly(results.get(DroppedSamples.IDS).steps().get("01.drop_odd").dropped());
  }

  @Test
  void samplesUsedTwiceAreCountedOnce() throws IOException {
    Samples even = LineData.read(0).map(LineTasks.task("drop_odd"), LineTasks.SCHEMA);
    Samples twice = even.union(List.of(even));
    Pass.Fold fold = new Pass.Fold(LineTasks.task("counts"), even);
    Pass pass = Pass.fold(twice, List.of(fold), dir.resolve("twice"));
    PassResult result = LineData.execute(tasks, 2, 9000, pass);
    assertThat(result.steps().get("01.drop_odd").read()).isEqualTo(5000);
    PassResult once =
        LineData.execute(tasks, 2, 9000, Pass.fold(even, List.of(fold), dir.resolve("once")));
    assertThat(result.states().get(0)).isEqualTo(once.states().get(0));
    assertThat(result.splits()[1]).isEqualTo(2 * once.splits()[1]);
  }
}
