package dev.quern.engine.pass;

import dev.quern.data.Schema;
import dev.quern.engine.Cost;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Phase;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * One execution of a pass: walks the description from its sources to its end, running a stage
 * wherever samples must meet others (group, sort, connect) and one for the output.
 */
final class PassRun {
  private static final long MIN_MORSEL = 1L << 20;
  private static final long MAX_MORSEL = 64L << 20;

  /**
   * Morsels of an input between the two bounds: a kill costs as many as there are threads, and each
   * costs a file, a line of the journal and states to merge.
   */
  private static final long MORSELS = 64;

  /** Up to this much input (bytes) shards are gathered from small files, see {@link #written}. */
  private static final long GATHERED_INPUT = 128L << 20;

  private static final long MIN_SHARD = 4L << 20;
  private static final long MAX_SHARD = 32L << 20;

  private final Pass pass;
  private final PassSetting setting;
  private final Map<String, List<Samples>> seen = new TreeMap<>();
  private final Set<Integer> tapped = new TreeSet<>();
  private final Set<String> steps = new LinkedHashSet<>();
  private final PassTotals totals;
  private int stages;

  PassRun(Pass pass, PassSetting setting) {
    this.pass = pass;
    this.setting = setting;
    this.totals = new PassTotals(pass, setting);
  }

  PassResult execute() throws IOException {
    setting.meter().expect(setting.readings().bytes(pass.samples()));
    List<Feed> feeds = feeds(pass.samples());
    Pass.Output output = pass.output();
    Schema schema = pass.samples().schema();
    List<TaskLine> last;
    if (output instanceof Pass.Output.Written written) {
      last = written(feeds, written);
    } else if (output instanceof Pass.Output.Blocks) {
      last = run(Phase.Verb.STORE, feeds, new Ending.Blocks(schema, true));
    } else if (output instanceof Pass.Output.Handed handed) {
      last = run(Phase.Verb.HAND, feeds, new Ending.Handed(schema, handed.receiver()));
    } else {
      last =
          run(Phase.Verb.FOLD, feeds, new Ending.Nowhere(output instanceof Pass.Output.Digested));
    }
    return totals.result(last, steps);
  }

  /**
   * Writes shards. After a kill nobody wants to read much again, so tasks must be small; but a
   * version should have few shards. Up to {@link #GATHERED_INPUT} of input both are had by writing
   * small block files first and shards of an eighth of the whole, between {@link #MIN_SHARD} and
   * {@link #MAX_SHARD}, from runs of them. Above, and where a shuffle comes last, a task's samples
   * are a good shard as they are, and nothing is written twice. All from the data alone.
   */
  private List<TaskLine> written(List<Feed> feeds, Pass.Output.Written written) throws IOException {
    Schema schema = pass.samples().schema();
    boolean reads = feeds.stream().anyMatch(feed -> feed.origin() instanceof Origin.Reads);
    List<Feed> from = feeds;
    if (reads && bytes(feeds) <= GATHERED_INPUT) {
      from = List.of(gathered(run(Phase.Verb.GATHER, feeds, new Ending.Blocks(schema, false))));
    }
    String shards = written.shards().toAbsolutePath().toString();
    return run(Phase.Verb.WRITE, from, new Ending.Shards(written.writer(), schema, shards));
  }

  private Feed gathered(List<TaskLine> blocks) {
    List<TaskLine.Made> files = TaskLine.files(blocks);
    long weight = files.stream().mapToLong(TaskLine.Made::weight).sum();
    long shard = Math.max(MIN_SHARD, Math.min(MAX_SHARD, weight / 8));
    List<List<TaskLine.Made>> parts = new ArrayList<>();
    List<TaskLine.Made> part = new ArrayList<>();
    long held = 0;
    for (TaskLine.Made file : files) {
      part.add(file);
      held += file.weight();
      if (held >= shard) {
        parts.add(part);
        part = new ArrayList<>();
        held = 0;
      }
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    long bytes = files.stream().mapToLong(TaskLine.Made::bytes).sum();
    Schema schema = pass.samples().schema();
    return new Feed(new Origin.Blocks(schema, parts, bytes), List.of(), schema);
  }

  private static long bytes(List<Feed> feeds) {
    return feeds.stream().mapToLong(feed -> feed.origin().bytes()).sum();
  }

  private List<TaskLine> run(Phase.Verb verb, List<Feed> feeds, Ending ending) throws IOException {
    return run(stage(verb, "", feeds, ending));
  }

  private Stage stage(Phase.Verb verb, String step, List<Feed> feeds, Ending ending) {
    long read =
        feeds.stream()
            .filter(feed -> feed.origin() instanceof Origin.Reads)
            .mapToLong(feed -> feed.origin().bytes())
            .sum();
    long morsel =
        setting
            .allowance()
            .morselBytes()
            .orElse(Math.max(MIN_MORSEL, Math.min(MAX_MORSEL, read / MORSELS)));
    return new Stage(stages++, verb, step, feeds, ending, morsel);
  }

  private List<TaskLine> run(Stage stage) throws IOException {
    boolean sources = stage.feeds().stream().anyMatch(feed -> feed.origin().isSource());
    Phase.From from = sources ? Phase.From.SOURCES : Phase.From.STORED;
    setting.meter().began(stage.verb(), stage.step(), from);
    Cost before = setting.meter().cost();
    StageLog log = new StageLog(stage, setting, setting.workers().outlives(stage));
    List<TaskLine> lines = log.finished();
    if (lines.isEmpty()) {
      lines = setting.workers().execute(stage, log);
      log.attempted(lines);
      log.finish();
    } else {
      setting.workers().found(stage, lines);
    }
    totals.add(lines, stage.folds());
    Cost cost = setting.meter().cost().since(before);
    long samples = lines.stream().mapToLong(TaskLine::samples).sum();
    setting
        .meter()
        .ended(new Phase(stage.verb(), stage.step(), lines.size(), log.resumed(), samples, cost));
    return lines;
  }

  /** Returns what the samples of {@code node} come from, having run the stages before. */
  private List<Feed> feeds(Samples node) throws IOException {
    boolean first = isFirst(node);
    List<Feed> made = made(node, first);
    if (!first) {
      return made;
    }
    for (int fold : foldsAt(node)) {
      Task task = pass.folds().get(fold).task();
      Feed.Operation.Fold tap = new Feed.Operation.Fold(fold, task.step(), task.scope());
      made = made.stream().map(feed -> feed.plus(tap, feed.schema())).toList();
    }
    return made;
  }

  /** Returns whether these samples have not been met before on the way: shared ones count once. */
  private boolean isFirst(Samples node) {
    List<Samples> alike = seen.computeIfAbsent(node.key(), key -> new ArrayList<>());
    boolean first = alike.stream().noneMatch(other -> other == node || other.equals(node));
    alike.add(node);
    return first;
  }

  private List<Integer> foldsAt(Samples node) {
    return IntStream.range(0, pass.folds().size())
        .filter(i -> pass.folds().get(i).at().key().equals(node.key()) && tapped.add(i))
        .boxed()
        .toList();
  }

  private List<Feed> made(Samples node, boolean first) throws IOException {
    if (node instanceof Samples.Read read) {
      String label = label(read.reader(), first);
      return List.of(reads(read, Optional.of(label)));
    }
    if (node instanceof Samples.FromStored stored) {
      return List.of(reads(stored, Optional.empty()));
    }
    if (node instanceof Samples.Mapped mapped) {
      List<Feed> inputs = feeds(mapped.input());
      Feed.Operation.Map map =
          new Feed.Operation.Map(
              mapped.task(),
              label(mapped.task(), first),
              step(mapped.input()).equals(mapped.task().step())
                  ? Feed.Operation.Begins.VERB
                  : Feed.Operation.Begins.STEP,
              mapped.input().schema(),
              mapped.schema());
      return inputs.stream().map(feed -> feed.plus(map, mapped.schema())).toList();
    }
    if (node instanceof Samples.United united) {
      List<Feed> all = new ArrayList<>();
      for (Samples input : united.inputs()) {
        all.addAll(feeds(input));
      }
      return all;
    }
    if (node instanceof Samples.Grouped grouped) {
      List<List<Feed>> inputs = new ArrayList<>();
      for (Samples input : grouped.inputs()) {
        inputs.add(feeds(input));
      }
      return List.of(shuffles().group(grouped, inputs, label(grouped.task(), first)));
    }
    if (node instanceof Samples.Sorted sorted) {
      return List.of(shuffles().sort(sorted, feeds(sorted.input())));
    }
    Samples.Connected connected = (Samples.Connected) node;
    List<Feed> inputs = feeds(connected.input());
    return List.of(shuffles().connect(connected, inputs, label(connected.task(), first)));
  }

  private Feed reads(Samples samples, Optional<String> label) {
    long bytes = setting.readings().of(samples).bytes();
    return new Feed(new Origin.Reads(samples, label, bytes), List.of(), samples.schema());
  }

  /** Returns the step that made these samples, empty where several or an earlier pass did. */
  private static String step(Samples node) {
    if (node instanceof Samples.Mapped mapped) {
      return mapped.task().step();
    }
    if (node instanceof Samples.Grouped grouped) {
      return grouped.task().step();
    }
    if (node instanceof Samples.Connected connected) {
      return connected.task().step();
    }
    return node instanceof Samples.Sorted sorted ? step(sorted.input()) : "";
  }

  private Shuffles shuffles() {
    return new Shuffles(setting, this::stage, this::run);
  }

  /** Returns the label a step is counted under; the second time around counts are not reported. */
  private String label(Task task, boolean first) {
    if (!first) {
      return Work.AGAIN + task.step();
    }
    steps.add(task.step());
    return task.step();
  }
}
