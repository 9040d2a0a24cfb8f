package dev.quern.engine.pass;

import dev.quern.data.Schema;
import dev.quern.engine.Phase;
import dev.quern.engine.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The verbs that must see all samples before they can give the first: each runs a stage that leaves
 * sorted runs and returns the feed that merges them. Parts are cut by the data alone.
 */
record Shuffles(PassSetting setting, Maker maker, Runner runner) {
  private static final long PART = 32L << 20;
  private static final int MAX_PARTS = 4096;

  /** Makes the next stage of the pass. */
  interface Maker {
    Stage stage(Phase.Verb verb, String step, List<Feed> feeds, Ending ending);
  }

  /** Runs a stage. */
  interface Runner {
    List<TaskLine> run(Stage stage) throws IOException;
  }

  /** Returns the wanted size of a part; who sets the size of morsels sets it as well. */
  private long part() {
    return setting.allowance().morselBytes().orElse(PART);
  }

  private int parts(long bytes) {
    return (int) Math.max(1, Math.min(MAX_PARTS, (bytes - 1) / part() + 1));
  }

  private static long weight(List<TaskLine> lines) {
    return TaskLine.files(lines).stream().mapToLong(TaskLine.Made::weight).sum();
  }

  /**
   * Groups samples.
   *
   * @param inputs feeds of each input
   * @param label of the step's counts
   */
  Feed group(Samples.Grouped samples, List<List<Feed>> inputs, String label) throws IOException {
    List<Schema> schemas = samples.inputs().stream().map(Samples::schema).toList();
    Ending.Grouped grouped =
        new Ending.Grouped(samples.task(), schemas, samples.order(), samples.schema());
    long bytes = 0;
    for (List<Feed> input : inputs) {
      bytes += input.stream().mapToLong(feed -> feed.origin().bytes()).sum();
    }
    int parts = parts(bytes);
    List<Integer> stages = new ArrayList<>();
    long weight = 0;
    for (int i = 0; i < inputs.size(); i++) {
      Ending ending = new Ending.ForGroup(grouped, i, parts);
      Stage stage = maker.stage(Phase.Verb.GROUP, samples.task().step(), inputs.get(i), ending);
      weight += weight(runner.run(stage));
      stages.add(stage.number());
    }
    Origin origin = new Origin.Groups(grouped, List.copyOf(stages), parts, weight, label);
    return new Feed(origin, List.of(), samples.schema());
  }

  Feed sort(Samples.Sorted samples, List<Feed> feeds) throws IOException {
    Schema schema = samples.schema();
    Ending ending = new Ending.ForSort(schema, samples.keys(), part());
    Stage stage = maker.stage(Phase.Verb.SORT, "", feeds, ending);
    long weight = weight(runner.run(stage));
    Borders borders =
        Borders.of(
            setting.workers().drawn(stage), parts(weight), new FieldOrder(schema, samples.keys()));
    Origin origin = new Origin.Sorted(schema, samples.keys(), stage.number(), borders, weight);
    return new Feed(origin, List.of(), schema);
  }

  Feed connect(Samples.Connected samples, List<Feed> feeds, String label) throws IOException {
    Schema input = samples.input().schema();
    Ending ending = new Ending.ForConnect(samples.task(), input);
    Stage stage = maker.stage(Phase.Verb.CONNECT, samples.task().step(), feeds, ending);
    List<TaskLine> lines = runner.run(stage);
    int links = setting.resolver().linking(samples.task(), input, setting.run()).links();
    setting.workers().connect(stage, links);
    Schema output = samples.schema();
    Origin origin =
        new Origin.Connected(
            input,
            output,
            output.indexOf(samples.field()),
            stage.number(),
            TaskLine.files(lines).size(),
            weight(lines),
            label);
    return new Feed(origin, List.of(), output);
  }
}
