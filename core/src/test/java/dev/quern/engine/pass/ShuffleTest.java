package dev.quern.engine.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Field;
import dev.quern.data.SampleId;
import dev.quern.data.Type;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.engine.local.LocalEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffleTest {
  @TempDir Path dir;
  private int folders;

  /** Ways to run that must not matter: threads, morsel bytes, memory bytes. */
  private static final long[][] WAYS = {
    {1, 1 << 30, 64 << 20}, {2, 30_000, 64 << 20}, {7, 25_000, 1}, {3, 100_000, 1}, {2, 8_000, 2000}
  };

  private LineTasks tasks(int count, int keys, long seed) throws IOException {
    Path file = dir.resolve("lines.csv");
    LineData.write(file, count, keys, seed);
    return new LineTasks(List.of(file));
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(dir.resolve("lines.csv"));
  }

  private List<List<String>> everyWay(LineTasks tasks, Samples samples) throws IOException {
    List<List<String>> results = new ArrayList<>();
    for (long[] way : WAYS) {
      results.add(
          LineData.handed(
              tasks, (int) way[0], way[1], way[2], samples, dir.resolve("pass" + folders++)));
    }
    return results;
  }

  private static Samples keepFirst() {
    return LineData.read(0)
        .group(List.of(), LineTasks.task("keep_first"), LineTasks.SCHEMA)
        .sort(List.of());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void aGroupKeepsTheFirstOfEachKeyAndASortBringsBackTheOrder(long seed) throws IOException {
    LineTasks tasks = tasks(4000, 700, seed);
    Map<String, String> first = new LinkedHashMap<>();
    for (String line : lines()) {
      first.putIfAbsent(line.substring(0, line.indexOf(',')), LineData.textOf(line));
    }
    for (List<String> result : everyWay(tasks, keepFirst())) {
      assertThat(result).isEqualTo(List.copyOf(first.values()));
    }
  }

  @Test
  void aGroupSeesItsSamplesInItsOrderAndInRankAmongEqualOnes() throws IOException {
    LineTasks tasks = tasks(4000, 300, 19);
    List<String> inRank = keptFirst(tasks, List.of(), Comparator.comparing(line -> 0));
    for (SortKey.Direction direction : SortKey.Direction.values()) {
      Comparator<Long> byValue = Comparator.naturalOrder();
      Comparator<String> expected =
          Comparator.comparing(
              line -> {
                String value = line.split(",", 4)[1];
                return value.isEmpty() ? null : Long.valueOf(value);
              },
              Comparator.nullsLast(
                  direction == SortKey.Direction.ASCENDING ? byValue : byValue.reversed()));
      assertThat(keptFirst(tasks, List.of(new SortKey("value", direction)), expected))
          .isNotEqualTo(inRank);
    }
  }

  /** Checks what a group in {@code order} keeps of each key and returns it. */
  private List<String> keptFirst(LineTasks tasks, List<SortKey> order, Comparator<String> first)
      throws IOException {
    List<String> all = lines();
    List<String> sorted = new ArrayList<>(all);
    sorted.sort(first);
    Map<String, String> kept = new HashMap<>();
    for (String line : sorted) {
      kept.putIfAbsent(line.substring(0, line.indexOf(',')), line);
    }
    Set<String> stays = new HashSet<>(kept.values());
    List<String> expected =
        all.stream().filter(line -> stays.remove(line)).map(LineData::textOf).toList();
    Samples samples =
        LineData.read(0)
            .group(List.of(), order, LineTasks.task("keep_first"), LineTasks.SCHEMA)
            .sort(List.of());
    for (List<String> result : everyWay(tasks, samples)) {
      assertThat(result).isEqualTo(expected);
    }
    return expected;
  }

  @Test
  void theOrderOfAGroupIsPartOfItsKey() {
    List<SortKey> up = List.of(new SortKey("value", SortKey.Direction.ASCENDING));
    List<SortKey> down = List.of(new SortKey("value", SortKey.Direction.DESCENDING));
    Set<String> keys = new HashSet<>();
    for (List<SortKey> order : List.of(List.<SortKey>of(), up, down)) {
      keys.add(
          LineData.read(0)
              .group(List.of(), order, LineTasks.task("keep_first"), LineTasks.SCHEMA)
              .key());
    }
    assertThat(keys).hasSize(3);
  }

  @Test
  void groupsOfTwoInputsMeetInOneOrderHoweverTheyAreRun() throws IOException {
    LineTasks tasks = tasks(3000, 500, 5);
    Samples even = LineData.read(0).map(LineTasks.task("drop_odd"), LineTasks.SCHEMA);
    Samples counted =
        even.group(List.of(LineData.read(1)), LineTasks.task("count"), LineTasks.COUNTED);
    Map<String, Long> expected = new TreeMap<>();
    for (String line : lines()) {
      String[] parts = line.split(",", 4);
      boolean odd = !parts[1].isEmpty() && (Long.parseLong(parts[1]) & 1) == 1;
      expected.merge(parts[0], odd ? 1000L : 1001L, Long::sum);
    }
    List<List<String>> results = everyWay(tasks, counted);
    Map<String, Long> found = new TreeMap<>();
    for (String text : results.get(0)) {
      String[] parts = text.split(",");
      assertThat(found.put(parts[0], Long.parseLong(parts[1]))).isNull();
    }
    assertThat(found).isEqualTo(expected);
    assertThat(results).allMatch(result -> result.equals(results.get(0)));
  }

  @Test
  void oneKeyForAllSamplesStreams() throws IOException {
    LineTasks tasks = tasks(8000, 1, 9);
    Samples counted = LineData.read(0).group(List.of(), LineTasks.task("count"), LineTasks.COUNTED);
    for (List<String> result : everyWay(tasks, counted)) {
      assertThat(result).hasSize(1);
      assertThat(result.get(0)).startsWith("k0,8000,");
    }
  }

  @Test
  void aSortOrdersByFieldsWithMissingValuesLastAndThenByRank() throws IOException {
    LineTasks tasks = tasks(4000, 20, 11);
    for (SortKey.Direction direction : SortKey.Direction.values()) {
      Comparator<String> byValue =
          Comparator.comparing(line -> Long.parseLong(line.split(",", 4)[1]));
      if (direction == SortKey.Direction.DESCENDING) {
        byValue = byValue.reversed();
      }
      Comparator<String> byBody = Comparator.comparing(line -> line.split(",", 4)[3]);
      List<String> present = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      for (String line : lines()) {
        (line.split(",", 4)[1].isEmpty() ? missing : present).add(line);
      }
      present.sort(byValue.thenComparing(byBody));
      missing.sort(byBody);
      present.addAll(missing);
      List<String> expected = present.stream().map(LineData::textOf).toList();
      Samples sorted =
          LineData.read(0)
              .sort(
                  List.of(
                      new SortKey("value", direction),
                      new SortKey("body", SortKey.Direction.ASCENDING)));
      for (List<String> result : everyWay(tasks, sorted)) {
        assertThat(result).isEqualTo(expected);
      }
    }
  }

  @Test
  void aSortByTextOrdersByCodePoints() throws IOException {
    LineTasks tasks = tasks(3000, 900, 13);
    List<String> expected = new ArrayList<>(lines());
    expected.sort(Comparator.comparing(line -> line.substring(0, line.indexOf(','))));
    Samples sorted =
        LineData.read(0).sort(List.of(new SortKey("key", SortKey.Direction.ASCENDING)));
    for (List<String> result : everyWay(tasks, sorted)) {
      assertThat(result).isEqualTo(expected.stream().map(LineData::textOf).toList());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void connectNamesTheSmallestIdOfEachComponent(long seed) throws IOException {
    LineTasks tasks = tasks(2000, 1900, seed);
    List<String> expected = components(lines());
    assertThat(Set.copyOf(expected).size()).isBetween(100, 1900);
    Samples connected = LineData.read(0).connect(LineTasks.task("link"), "component");
    assertThat(connected.schema().field(3)).isEqualTo(Field.of("component", Type.TEXT));
    for (List<String> result : everyWay(tasks, connected)) {
      List<String> found = result.stream().map(text -> text.split(",")[3]).toList();
      assertThat(found).isEqualTo(expected);
    }
  }

  /** Components by breadth-first search over the lines that share a key or a body. */
  private static List<String> components(List<String> lines) {
    List<SampleId> ids = new ArrayList<>();
    Map<String, List<Integer>> byLink = new HashMap<>();
    List<List<String>> links = new ArrayList<>();
    long position = 0;
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).split(",", 4);
      ids.add(SampleId.of("source0", "lines.csv", position, 0));
      position += lines.get(i).length() + 1;
      List<String> own = new ArrayList<>(List.of("0" + parts[0]));
      if (parts[3].length() > 2) {
        own.add("1" + parts[3]);
      }
      links.add(own);
      for (String link : own) {
        byLink.computeIfAbsent(link, l -> new ArrayList<>()).add(i);
      }
    }
    String[] names = new String[lines.size()];
    for (int i = 0; i < names.length; i++) {
      if (names[i] != null) {
        continue;
      }
      Set<Integer> component = new HashSet<>(Set.of(i));
      Deque<Integer> queue = new ArrayDeque<>(component);
      while (!queue.isEmpty()) {
        for (String link : links.get(queue.remove())) {
          for (int other : byLink.get(link)) {
            if (component.add(other)) {
              queue.add(other);
            }
          }
        }
      }
      String name =
          component.stream().map(ids::get).min(Comparator.naturalOrder()).get().toString();
      component.forEach(member -> names[member] = name);
    }
    return List.of(names);
  }

  @Test
  void littleMemorySpillsMoreAndGivesTheSame() throws IOException {
    LineTasks tasks = tasks(6000, 900, 17);
    List<PassResult> results = new ArrayList<>();
    for (long memory : new long[] {64 << 20, 1}) {
      Path folder = dir.resolve("memory" + memory);
      Pass pass = new Pass(keepFirst(), new Pass.Output.Blocks(), List.of(), folder, Set.of());
      try (LocalEngine engine = LineData.engine(tasks, 2, 20_000, memory)) {
        results.add(engine.execute(pass, Progress.NONE));
      }
      try (var files = Files.list(folder)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .allMatch(
                name ->
                    name.endsWith(".blocks")
                        || name.endsWith(".dropped")
                        || name.equals("result.json"));
      }
    }
    assertThat(results.get(0).cost().spilled()).isPositive();
    assertThat(results.get(1).cost().spilled()).isGreaterThan(2 * results.get(0).cost().spilled());
    assertThat(results.get(1).digest()).isEqualTo(results.get(0).digest());
    assertThat(results.get(1).stored().shards()).isEqualTo(rename(results));
  }

  /** The shards of the first result as they would be called in the second's folder. */
  private List<dev.quern.engine.Shard> rename(List<PassResult> results) {
    Path second = Path.of(results.get(1).stored().shards().get(0).path()).getParent();
    return results.get(0).stored().shards().stream()
        .map(
            shard ->
                new dev.quern.engine.Shard(
                    second.resolve(Path.of(shard.path()).getFileName()).toString(),
                    shard.sha256(),
                    shard.samples(),
                    shard.bytes()))
        .toList();
  }

  @Test
  void accountingAndFoldsReachAcrossShuffles() throws IOException {
    LineTasks tasks = tasks(3000, 400, 19);
    Samples read = LineData.read(0);
    Samples grouped = read.group(List.of(), LineTasks.task("keep_first"), LineTasks.SCHEMA);
    Samples after = grouped.sort(List.of()).map(LineTasks.task("drop_odd"), LineTasks.SCHEMA);
    List<Pass.Fold> folds =
        List.of(
            new Pass.Fold(LineTasks.task("counts"), read),
            new Pass.Fold(LineTasks.task("counts"), grouped),
            new Pass.Fold(LineTasks.task("counts"), after));
    List<PassResult> results = new ArrayList<>();
    for (long[] way : WAYS) {
      Pass.Output output = new Pass.Output.Digested();
      Pass pass = new Pass(after, output, folds, dir.resolve("fold" + folders++), Set.of());
      try (LocalEngine engine = LineData.engine(tasks, (int) way[0], way[1], way[2])) {
        results.add(engine.execute(pass, Progress.NONE));
      }
    }
    long keys =
        lines().stream().map(line -> line.substring(0, line.indexOf(','))).distinct().count();
    for (PassResult result : results) {
      assertThat(result.steps().keySet())
          .containsExactly("01.read", "01.keep_first", "01.drop_odd");
      assertThat(result.steps().get("01.keep_first").read()).isEqualTo(3000);
      assertThat(result.steps().get("01.keep_first").kept()).isEqualTo(keys);
      assertThat(result.steps().get("01.drop_odd").read()).isEqualTo(keys);
      assertThat(result.steps().values()).allMatch(counts -> counts.isConserved());
      for (int fold = 0; fold < folds.size(); fold++) {
        assertThat(result.states().get(fold)).isEqualTo(results.get(0).states().get(fold));
      }
      assertThat(result.digest()).isEqualTo(results.get(0).digest());
    }
  }
}
