package dev.quern.testkit;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Accumulator;
import dev.quern.engine.ClearFiles;
import dev.quern.engine.Engine;
import dev.quern.engine.EngineProvider;
import dev.quern.engine.EngineSetting;
import dev.quern.engine.Fault;
import dev.quern.engine.Folding;
import dev.quern.engine.Grouping;
import dev.quern.engine.InputFile;
import dev.quern.engine.Linking;
import dev.quern.engine.Mapping;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.Source;
import dev.quern.engine.StepCounts;
import dev.quern.engine.Task;
import dev.quern.engine.TaskResolver;
import dev.quern.engine.Writing;
import dev.quern.engine.local.LocalEngine;
import dev.quern.format.json.Json;
import dev.quern.operator.OperatorTasks;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The verbs on an engine, each in a pass of its own. */
public final class EngineSamples implements Verbs {
  /** What a given sample counts for when morsels are cut (bytes). */
  private static final long SAMPLE = 100;

  private final OperatorTasks tasks;
  private final RunContext run;
  private final Way way;
  private final Path folder;
  private final Optional<EngineProvider> engine;
  private final Map<Integer, List<Batch>> given = new HashMap<>();
  private Optional<PassResult> last = Optional.empty();
  private long largest = 1;
  private int passes;

  /**
   * How the engine works, which must not matter.
   *
   * @param threads workers
   * @param morsels pieces that the largest input is cut into
   * @param memoryBytes what buffers may hold
   */
  public record Way(int threads, int morsels, long memoryBytes) {}

  /**
   * Makes verbs whose passes are kept in {@code folder}.
   *
   * @param engine opens the engine; the local one where there is none
   */
  public EngineSamples(
      OperatorTasks tasks, RunContext run, Way way, Path folder, Optional<EngineProvider> engine) {
    this.tasks = tasks;
    this.run = run;
    this.way = way;
    this.folder = folder;
    this.engine = engine;
  }

  @Override
  public Samples given(int number, Schema schema, List<Batch> batches) {
    String name = "memory" + number;
    Task task = new Task(name, READ, 1, "{}", Task.Scope.ALL, Optional.empty());
    Source source = new Source(number, name, "", "", Split.NONE, List.of());
    given.put(number, batches);
    largest = Math.max(largest, batches.stream().mapToLong(Batch::count).sum());
    Samples read = Samples.read(task, source, schema, name);
    return engine.isPresent() ? stored(read) : read;
  }

  /** What is in the memory of this process must lie in files for workers elsewhere. */
  private Samples stored(Samples read) {
    Pass pass = new Pass(read, new Pass.Output.Blocks(), List.of(), next(), Set.of());
    return Samples.stored(execute(pass, Optional.empty()).stored());
  }

  @Override
  public List<Batch> batches(Samples samples) {
    List<Batch> handed = new ArrayList<>();
    Pass.Output output = new Pass.Output.Handed(batch -> handed.add(batch.compact()));
    last = Optional.of(execute(new Pass(samples, output, List.of(), next(), Set.of())));
    return handed;
  }

  /** Returns the logical digest and the accounting of the pass that came last. */
  public PassResult last() {
    return last.orElseThrow();
  }

  @Override
  public Accumulator<?> fold(Task task, Samples samples) {
    Pass pass = Pass.fold(samples, List.of(new Pass.Fold(task, samples)), next());
    byte[] state = execute(pass).states().get(0);
    try {
      return tasks
          .folding(task, samples.schema(), run)
          .read(new DataInputStream(new ByteArrayInputStream(state)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path next() {
    return folder.resolve("pass" + passes++);
  }

  private PassResult execute(Pass pass) {
    return execute(pass, engine);
  }

  private PassResult execute(Pass pass, Optional<EngineProvider> on) {
    long rows = (largest + way.morsels() - 1) / way.morsels();
    EngineSetting setting =
        new EngineSetting(
            way.threads(),
            way.memoryBytes(),
            OptionalLong.of(rows * SAMPLE),
            new GivenTasks(),
            tasks,
            run,
            stored -> {
              throw new IllegalStateException("samples must be given; found: a version");
            },
            ClearFiles.CLEAR,
            folder.resolve("scratch"));
    try (Engine opened = on.isPresent() ? on.get().open(setting) : LocalEngine.of(setting)) {
      return opened.execute(pass, Progress.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public StepResult result(String step) {
    PassResult result = last();
    List<StepResult.Dropped> dropped = new ArrayList<>();
    lines(result.dropped(), step)
        .forEach(
            line ->
                dropped.add(
                    new StepResult.Dropped(
                        SampleId.parse(text(line, "id")),
                        text(line, "reason"),
                        line.get("measured") instanceof Number n ? n.doubleValue() : Double.NaN)));
    List<StepResult.Changed> changed = new ArrayList<>();
    lines(result.changed(), step)
        .forEach(
            line ->
                changed.add(
                    new StepResult.Changed(
                        SampleId.parse(text(line, "id")),
                        text(line, "field"),
                        text(line, "rule"),
                        line.get("confidence") instanceof Number n
                            ? n.doubleValue()
                            : Double.NaN)));
    List<StepResult.Quarantined> quarantined = new ArrayList<>();
    lines(result.quarantined(), step)
        .forEach(
            line ->
                quarantined.add(
                    new StepResult.Quarantined(
                        SampleId.parse(text(line, "id")), text(line, "field"), fault(line))));
    StepCounts counts = result.steps().getOrDefault(step, StepCounts.ZERO);
    return new StepResult(timeless(counts), dropped, changed, quarantined);
  }

  private static Fault fault(Map<String, @Nullable Object> line) {
    int length = line.get("length") instanceof Number n ? n.intValue() : -1;
    return new Fault(text(line, "rule"), text(line, "expected"), length, text(line, "mask"));
  }

  private static StepCounts timeless(StepCounts counts) {
    return new StepCounts(
        counts.read(),
        counts.created(),
        counts.kept(),
        counts.merged(),
        counts.quarantined(),
        counts.dropped(),
        counts.quarantineRules(),
        counts.changed(),
        counts.found(),
        0);
  }

  private static String text(Map<String, @Nullable Object> line, String name) {
    return String.valueOf(line.get(name));
  }

  private static List<Map<String, @Nullable Object>> lines(List<Path> files, String step) {
    List<Map<String, @Nullable Object>> lines = new ArrayList<>();
    for (Path file : files) {
      try {
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
          Map<String, @Nullable Object> plain = Json.parseObject(line);
          if (step.equals(plain.get("step"))) {
            lines.add(plain);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  /** The code of the operators, and reads of what is given. */
  private final class GivenTasks implements TaskResolver {
    @Override
    public List<InputFile> files(Task task, Source source) {
      return List.of();
    }

    @Override
    public Reading reading(
        Task task, Source source, List<InputFile> files, Schema schema, RunContext context) {
      List<Batch> batches = given.get(source.number());
      if (batches == null) {
        throw new IllegalArgumentException("samples must be given; found: a read of files");
      }
      BatchBuilder all = new BatchBuilder(schema);
      for (Batch batch : batches) {
        for (int i = 0; i < batch.count(); i++) {
          all.append(batch, batch.row(i));
        }
      }
      return new GivenReading(source.number(), all.build());
    }

    @Override
    public Mapping mapping(Task task, Schema input, Schema output, RunContext context) {
      return tasks.mapping(task, input, output, context);
    }

    @Override
    public Folding folding(Task task, Schema input, RunContext context) {
      return tasks.folding(task, input, context);
    }

    @Override
    public Grouping grouping(Task task, List<Schema> inputs, Schema output, RunContext context) {
      return tasks.grouping(task, inputs, output, context);
    }

    @Override
    public Linking linking(Task task, Schema input, RunContext context) {
      return tasks.linking(task, input, context);
    }

    @Override
    public Writing writing(Task task, Schema input, RunContext context) {
      return tasks.writing(task, input, context);
    }
  }

  /** Reads rows of a batch as if each were {@link #SAMPLE} bytes of a file. */
  private record GivenReading(int source, Batch all) implements Reading {
    @Override
    public long bytes() {
      return all.count() * SAMPLE;
    }

    @Override
    public String file(int number) {
      return "given";
    }

    @Override
    public MorselCutter cutter(long morselBytes) {
      return new Cutter(source, all.count(), Math.max(1, morselBytes / SAMPLE));
    }

    @Override
    public Read read(Morsel morsel, Outcome out) {
      int count = (int) (morsel.to() - morsel.from());
      int[] rows = new int[count];
      for (int i = 0; i < count; i++) {
        rows[i] = all.row((int) morsel.from() + i);
      }
      out.keep(all.select(rows, count));
      return new Read(count * SAMPLE, 0, count);
    }
  }

  private static final class Cutter implements MorselCutter {
    private final int source;
    private final long end;
    private final long size;
    private int ordinal;
    private long from;

    Cutter(int source, long end, long size) {
      this.source = source;
      this.end = end;
      this.size = size;
    }

    @Override
    public synchronized @Nullable Morsel next() {
      if (from == end) {
        return null;
      }
      long to = Math.min(end, from + size);
      Morsel morsel = new Morsel(ordinal++, source, 0, 0, from, to, null);
      from = to;
      return morsel;
    }

    @Override
    public synchronized void skip(Morsel finished) {
      ordinal++;
      from = finished.to();
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
