package dev.quern.bench.whole;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Engine;
import dev.quern.engine.Folding;
import dev.quern.engine.Group;
import dev.quern.engine.Grouping;
import dev.quern.engine.InputFile;
import dev.quern.engine.Linking;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.ProcessUse;
import dev.quern.engine.Progress;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.engine.Source;
import dev.quern.engine.Task;
import dev.quern.engine.TaskResolver;
import dev.quern.engine.Writing;
import dev.quern.engine.local.LocalEngine;
import dev.quern.engine.local.LocalOptions;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Params;
import dev.quern.operator.Reader;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A verb of the local engine by itself: {@code EngineJob read|profile|group|sort INPUT FOLDER
 * THREADS MEMORY_MB RUNS}. Reads CSV, Parquet or JSON lines (by the ending of INPUT) and folds a profile
 * (profile), or groups or sorts whole documents by their host and hands them on (group, sort);
 * "read" does neither, so that the difference is the shuffle alone. Prints CPU-seconds by run: the
 * first is cold.
 */
public final class EngineJob {
  private final Registry registry = Registry.load(EngineJob.class.getClassLoader());

  private EngineJob() {}

  /** Runs the job. */
  public static void main(String[] arguments) throws IOException {
    EngineJob job = new EngineJob();
    Path input = Path.of(arguments[1]).toAbsolutePath();
    Path folder = Path.of(arguments[2]);
    int threads = Integer.parseInt(arguments[3]);
    long memory = Long.parseLong(arguments[4]) << 20;
    double size = input.toFile().length() / 1e6;
    for (int run = 1; run <= Integer.parseInt(arguments[5]); run++) {
      WarmRuns.delete(folder);
      System.gc();
      long cpu = ProcessUse.cpuNanos();
      long wall = System.nanoTime();
      PassResult result = job.run(arguments[0], input, folder, threads, memory);
      double used = (ProcessUse.cpuNanos() - cpu) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "run %d: %s CPU %.2f s, wall %.2f s, %.0f MB/CPU-s, spilled %d MB, %d samples, digest"
              + " %s, states %s%n",
          run,
          arguments[0],
          used,
          (System.nanoTime() - wall) / 1e9,
          size / used,
          result.cost().spilled() >> 20,
          java.util.Arrays.stream(result.splits()).sum(),
          result.digest().isEmpty() ? "none" : result.digest().substring(0, 16),
          states(result));
    }
  }

  /** A profile is the same where these are: size and CRC of its state. */
  private static String states(PassResult result) {
    CRC32C crc = new CRC32C();
    long size = 0;
    for (byte[] state : result.states()) {
      crc.update(state);
      size += state.length;
    }
    return size + "-" + Long.toHexString(crc.getValue());
  }

  private PassResult run(String verb, Path input, Path folder, int threads, long memory)
      throws IOException {
    Samples read = read(input);
    Samples samples =
        switch (verb) {
          case "group" -> read.group(List.of(), task("bench.group", 1, "{}"), read.schema());
          case "sort" -> read.sort(List.of(new SortKey("host", SortKey.Direction.ASCENDING)));
          case "read", "profile" -> read;
          default -> throw new IllegalArgumentException("job must be read, profile, group or sort");
        };
    List<Pass.Fold> folds = new ArrayList<>();
    if (verb.equals("profile")) {
      OperatorSpec spec = registry.find("quality.profile").orElseThrow();
      Params params = Params.read(spec.params(), Map.of(), new ArrayList<>()).orElseThrow();
      folds.add(
          new Pass.Fold(task("quality.profile", spec.revision(), params.canonical()), samples));
    }
    TaskResolver tasks =
        new OperatorTasks(
            registry,
            key -> {
              throw new IllegalStateException("there are no fits");
            },
            Secrets.NONE);
    LocalOptions options = new LocalOptions(threads, memory, OptionalLong.empty());
    try (Engine engine =
        new LocalEngine(
            options,
            new WithGroup(tasks),
            new RunContext(7),
            stored -> {
              throw new IllegalStateException("there are no versions");
            })) {
      Pass.Output output =
          folds.isEmpty() ? new Pass.Output.Digested() : new Pass.Output.None();
      return engine.execute(new Pass(samples, output, folds, folder, Set.of()), Progress.NONE);
    }
  }

  private Samples read(Path input) throws IOException {
    String ending = input.toString().substring(input.toString().lastIndexOf('.') + 1);
    String name =
        switch (ending) {
          case "csv" -> "acquire.csv";
          case "parquet" -> "acquire.parquet";
          default -> "acquire.jsonl";
        };
    OperatorSpec spec = registry.find(name).orElseThrow();
    Params params =
        Params.read(spec.params(), Map.of("path", input.toString()), new ArrayList<>())
            .orElseThrow();
    String folder = String.valueOf(input.getParent());
    Source source = new Source(0, "input", folder, folder, Split.NONE, List.of());
    Reader reader = (Reader) spec.create().apply(params);
    List<InputFile> files = reader.files(source, attempts -> {});
    Schema schema = reader.infer(source, files);
    return Samples.read(
        task(name, spec.revision(), params.canonical()), source, schema, input.toString());
  }

  private static Task task(String operator, int revision, String parameters) {
    return new Task(operator, operator, revision, parameters, Task.Scope.ALL, Optional.empty());
  }

  /** The tasks of operators and a group by host that hands on every sample. */
  private record WithGroup(TaskResolver tasks) implements TaskResolver {
    @Override
    public List<InputFile> files(Task task, Source source) throws IOException {
      return tasks.files(task, source);
    }

    @Override
    public Reading reading(
        Task task, Source source, List<InputFile> files, Schema schema, RunContext run) {
      return tasks.reading(task, source, files, schema, run);
    }

    @Override
    public Mapping mapping(Task task, Schema input, Schema output, RunContext run) {
      return tasks.mapping(task, input, output, run);
    }

    @Override
    public Folding folding(Task task, Schema input, RunContext run) {
      return tasks.folding(task, input, run);
    }

    @Override
    public Grouping grouping(Task task, List<Schema> inputs, Schema output, RunContext run) {
      int host = output.indexOf("host");
      return new Grouping() {
        @Override
        public void key(int input, Batch batch, int row, CanonicalForm key) {
          key.put(batch.column(host), row);
        }

        @Override
        public void group(Group group, Outcome out) {
          int[] rows = new int[1024];
          int count = 0;
          Batch batch = null;
          while (group.next()) {
            if (batch != null && (group.batch() != batch || count == rows.length)) {
              out.keep(batch.select(rows, count));
              rows = new int[1024];
              count = 0;
            }
            batch = group.batch();
            rows[count++] = group.row();
          }
          if (batch != null) {
            out.keep(batch.select(rows, count));
          }
        }

        @Override
        public void end(Outcome out) {}
      };
    }

    @Override
    public Linking linking(Task task, Schema input, RunContext run) {
      return tasks.linking(task, input, run);
    }

    @Override
    public Writing writing(Task task, Schema input, RunContext run) {
      return tasks.writing(task, input, run);
    }
  }
}
