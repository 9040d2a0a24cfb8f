package dev.quern.engine.local;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Grouping;
import dev.quern.engine.Linking;
import dev.quern.engine.Phase;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The verbs that must see all samples before they can give the first: each runs a stage that leaves
 * sorted runs in files and returns the feed that merges them. Parts are cut by the data alone.
 *
 * @param stages runs a stage
 */
record Shuffles(StageRun.Setting setting, Stages stages) {
  private static final long PART = 32L << 20;
  private static final int MAX_PARTS = 4096;

  /** Runs a stage that prepares another. */
  interface Stages {
    List<TaskLine> run(Phase.Verb verb, String step, List<Feed> feeds, Target.Opener opener)
        throws IOException;

    /** Returns how many stages have run. */
    int done();
  }

  /** Returns the wanted size of a part; who sets the size of morsels sets it as well. */
  private long part() {
    return setting.options().morselBytes().orElse(PART);
  }

  private int parts(long bytes) {
    return (int) Math.max(1, Math.min(MAX_PARTS, (bytes - 1) / part() + 1));
  }

  /**
   * Groups samples.
   *
   * @param inputs feeds of each input
   * @param label of the step's counts
   */
  Feed group(Samples.Grouped grouped, List<List<Feed>> inputs, String label) throws IOException {
    List<Schema> schemas = grouped.inputs().stream().map(Samples::schema).toList();
    Supplier<Grouping> code =
        () -> setting.resolver().grouping(grouped.task(), schemas, grouped.schema(), setting.run());
    long bytes = 0;
    for (List<Feed> input : inputs) {
      bytes += input.stream().mapToLong(feed -> feed.origin().bytes()).sum();
    }
    int parts = parts(bytes);
    List<SortedRun> runs = new ArrayList<>();
    long weight = 0;
    for (int i = 0; i < inputs.size(); i++) {
      int input = i;
      List<TaskLine> lines =
          stages.run(
              Phase.Verb.GROUP,
              grouped.task().step(),
              inputs.get(i),
              (key, sequence) ->
                  ShuffleFile.Output.ofGroup(
                      setting.folder(),
                      key,
                      schemas.get(input),
                      new GroupOrder(code.get(), schemas, grouped.order()),
                      input,
                      parts,
                      setting.options().workerBytes()));
      for (TaskLine.Made file : PassRun.files(lines)) {
        runs.addAll(ShuffleFile.load(setting.folder().file(file.name()), input, null).runs());
        weight += file.weight();
      }
    }
    GroupParts second =
        new GroupParts(
            setting.folder(),
            stages.done(),
            runs,
            schemas,
            grouped.order(),
            grouped.schema(),
            setting.options().workerBytes(),
            label,
            code);
    return new Feed(new PartOrigin(parts, weight, second), List.of(), grouped.schema());
  }

  Feed sort(Samples.Sorted sorted, List<Feed> feeds) throws IOException {
    Schema schema = sorted.schema();
    List<SortKey> keys = sorted.keys();
    Schema keySchema = new FieldOrder(schema, keys).keySchema();
    List<TaskLine> lines =
        stages.run(
            Phase.Verb.SORT,
            "",
            feeds,
            (key, sequence) ->
                ShuffleFile.Output.ofSort(
                    setting.folder(),
                    key,
                    schema,
                    new FieldOrder(schema, keys),
                    part(),
                    setting.options().workerBytes()));
    List<SortedRun> runs = new ArrayList<>();
    List<Merge.Border> drawn = new ArrayList<>();
    FieldOrder order = new FieldOrder(schema, keys);
    long weight = 0;
    for (TaskLine.Made file : PassRun.files(lines)) {
      ShuffleFile shuffle = ShuffleFile.load(setting.folder().file(file.name()), 0, keySchema);
      runs.addAll(shuffle.runs());
      weight += file.weight();
      Batch views = shuffle.drawn();
      for (int row = 0; views != null && row < views.rows(); row++) {
        drawn.add(new Merge.Border(order.prefix(0, views, row), views, row));
      }
    }
    List<Merge.Border> borders = borders(drawn, parts(weight), order);
    SortParts second =
        new SortParts(
            setting.folder(),
            stages.done(),
            runs,
            schema,
            setting.options().workerBytes(),
            borders,
            () -> new FieldOrder(schema, keys));
    return new Feed(new PartOrigin(borders.size() + 1, weight, second), List.of(), schema);
  }

  Feed connect(Samples.Connected connected, List<Feed> feeds, String label) throws IOException {
    Schema input = connected.input().schema();
    Supplier<Linking> code =
        () -> setting.resolver().linking(connected.task(), input, setting.run());
    List<TaskLine> lines =
        stages.run(
            Phase.Verb.CONNECT,
            connected.task().step(),
            feeds,
            (key, sequence) -> new LinkFile.Output(setting.folder(), key, input, code.get()));
    List<LinkFile> files = new ArrayList<>();
    long weight = 0;
    for (TaskLine.Made file : PassRun.files(lines)) {
      files.add(LinkFile.load(setting.folder().file(file.name())));
      weight += file.weight();
    }
    int links = code.get().links();
    Components components =
        Components.of(files, links, Math.max(1, setting.options().memoryBytes() / 2));
    Schema output = connected.schema();
    ConnectParts second =
        new ConnectParts(
            files, components, input, output, output.indexOf(connected.field()), label);
    return new Feed(new PartOrigin(files.size(), weight, second), List.of(), output);
  }

  /** Returns borders that cut what was drawn into parts of one size. */
  private static List<Merge.Border> borders(List<Merge.Border> drawn, int parts, FieldOrder order) {
    Comparator<Merge.Border> inOrder =
        (a, b) ->
            a.prefix() != b.prefix()
                ? Long.compare(a.prefix(), b.prefix())
                : order.compare(0, a.view(), a.row(), 0, b.view(), b.row());
    drawn.sort(inOrder);
    List<Merge.Border> borders = new ArrayList<>();
    for (int i = 1; i < parts; i++) {
      int at = (int) ((long) i * drawn.size() / parts);
      if (at < drawn.size()
          && (borders.isEmpty()
              || inOrder.compare(borders.get(borders.size() - 1), drawn.get(at)) < 0)) {
        borders.add(drawn.get(at));
      }
    }
    return borders;
  }
}
