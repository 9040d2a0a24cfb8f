package dev.quern.testkit;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Digest;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.Accumulator;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.EngineProvider;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Learner;
import dev.quern.operator.Limits;
import dev.quern.operator.Metric;
import dev.quern.operator.MetricSet;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.operator.Restriction;
import dev.quern.operator.Secrets;
import dev.quern.operator.Step;
import dev.quern.operator.StepRun;
import dev.quern.operator.Transformation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One operator tried on given samples, in memory or on an engine. */
public final class Trial {
  /** Keys of tests: the SHA-256 of their reference. */
  public static final Secrets SECRETS =
      reference -> Digest.sha256().digest(reference.getBytes(StandardCharsets.UTF_8));

  private final OperatorSpec spec;
  private final Params params;
  private final List<Batch> inputs;
  private long seed = 42;
  private int shards = 1;
  private Optional<EngineSamples.Way> way = Optional.empty();
  private Optional<EngineProvider> engine = Optional.empty();
  private Path folder = Path.of("");
  private List<SortKey> order = List.of();

  private Trial(OperatorSpec spec, Params params, List<Batch> inputs) {
    this.spec = spec;
    this.params = params;
    this.inputs = inputs;
  }

  /**
   * What came out.
   *
   * @param schema fields of the samples
   * @param samples in the order they came out
   * @param outcome dropped and quarantined samples and the accounting of the step
   * @param fit what was learnt, if it was a fitter
   * @param states of the folds that were learnt from, as written
   */
  public record Result(
      Schema schema,
      List<Batch> samples,
      StepResult outcome,
      Optional<Fit> fit,
      List<byte[]> states) {

    /** Returns the samples as plain values. */
    public List<Map<String, @Nullable Object>> plain() {
      return JsonSamples.plain(samples);
    }

    /** Returns the logical digest of the samples. */
    public String digest() {
      Digest digest = new Digest();
      samples.forEach(digest::add);
      return digest.of(schema);
    }
  }

  /** Returns a trial of {@code spec} with parameters in YAML flow style on samples as JSON. */
  public static Trial of(OperatorSpec spec, String parameters, String input) {
    return new Trial(spec, params(spec, parameters), JsonSamples.inputs(input));
  }

  /** Returns a trial of {@code spec} on one batch per input. */
  public static Trial of(OperatorSpec spec, String parameters, List<Batch> inputs) {
    return new Trial(spec, params(spec, parameters), inputs);
  }

  /** Returns this trial on {@code number} shards, each of batches of three samples. */
  public Trial shards(int number) {
    shards = number;
    return this;
  }

  /** Returns this trial on the local engine, whose passes lie in {@code passes}. */
  public Trial engine(EngineSamples.Way newWay, Path passes) {
    way = Optional.of(newWay);
    folder = passes;
    return this;
  }

  /** Returns this trial on the engine that {@code provider} opens. */
  public Trial engine(EngineProvider provider, EngineSamples.Way newWay, Path passes) {
    engine = Optional.of(provider);
    return engine(newWay, passes);
  }

  /** Returns this trial with the order the step sees samples in. */
  public Trial order(List<SortKey> newOrder) {
    order = List.copyOf(newOrder);
    return this;
  }

  /** Returns this trial with another seed of the run. */
  public Trial seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /**
   * Returns the checked parameters of {@code yaml}.
   *
   * @throws IllegalArgumentException if they break a rule; the message holds all problems
   */
  public static Params params(OperatorSpec spec, String yaml) {
    Object plain = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    ((Map<?, ?>) plain).forEach((name, value) -> given.put(name.toString(), settled(value)));
    List<Params.Problem> problems = new ArrayList<>();
    return Params.read(spec.params(), given, problems)
        .orElseThrow(() -> new IllegalArgumentException(spec.name() + ": " + problems));
  }

  private static @Nullable Object settled(@Nullable Object value) {
    if (value instanceof Integer number) {
      return number.longValue();
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> all = new ArrayList<>();
      list.forEach(part -> all.add(settled(part)));
      return all;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> all = new LinkedHashMap<>();
      map.forEach((name, part) -> all.put(name.toString(), settled(part)));
      return all;
    }
    return value;
  }

  /** Returns the operator that is tried. */
  public Operator operator() {
    return spec.create().apply(params);
  }

  /** Applies a transformation. */
  public Result run() {
    Transformation operator = (Transformation) operator();
    Map<String, Fit> fits = new LinkedHashMap<>();
    Verbs verbs = verbs(fits);
    List<Samples> given = given(verbs);
    TrialStep step = new TrialStep(verbs, fits, operator);
    Samples samples = operator.apply(given, step);
    List<Batch> out = verbs.batches(samples);
    return new Result(
        samples.schema(),
        out,
        verbs.result(spec.name()),
        fits.values().stream().reduce((first, last) -> last),
        List.copyOf(step.states));
  }

  /**
   * What an analyzer tells of all samples.
   *
   * @param metrics its metrics
   * @param state of its fold, as written
   */
  public record Analysis(List<Metric> metrics, byte[] state) {}

  /** Computes the metrics of an analyzer. */
  public List<Metric> metrics() {
    return analyze().metrics();
  }

  /** Judges the samples by an analyzer whose first metric must lie within {@code limits}. */
  public JudgedTrial judge(Limits limits, ChangedCells told) {
    return JudgedTrial.of(this, limits, told);
  }

  /** Runs an analyzer. */
  public Analysis analyze() {
    Analyzer<?> analyzer = (Analyzer<?>) operator();
    Verbs verbs = verbs(new LinkedHashMap<>());
    List<Samples> given = given(verbs);
    Samples samples = given.get(0);
    Restriction.check(analyzer, samples.schema());
    Accumulator<?> state = verbs.fold(task(), samples);
    byte[] written = MemorySamples.state(state);
    if (analyzer.reference().isEmpty() || given.size() == 1) {
      return new Analysis(metrics(analyzer, state, samples.schema()), written);
    }
    // The second input is the version that the analyzer compares with.
    Samples others = given.get(1);
    Accumulator<?> reference = verbs.fold(task(), others);
    return new Analysis(
        metrics(analyzer, state, samples.schema(), reference, others.schema()), written);
  }

  @SuppressWarnings("unchecked")
  private static <A extends Accumulator<A>> List<Metric> metrics(
      Analyzer<A> analyzer,
      Accumulator<?> state,
      Schema schema,
      Accumulator<?> reference,
      Schema referenceSchema) {
    return analyzer.metrics((A) state, schema, (A) reference, referenceSchema);
  }

  @SuppressWarnings("unchecked")
  private static <A extends Accumulator<A>> List<Metric> metrics(
      Analyzer<A> analyzer, Accumulator<?> state, Schema schema) {
    return analyzer.metrics((A) Restriction.collected(state), schema);
  }

  Task task() {
    return new Task(
        spec.name(),
        spec.name(),
        spec.revision(),
        params.canonical(),
        Task.Scope.ALL,
        Optional.empty());
  }

  private Registry registry() {
    return new Registry(List.of(() -> List.of(spec)));
  }

  /** Returns the set of analyzers that {@code task} names. */
  MetricSet set(Task task) {
    return (MetricSet) OperatorTasks.operator(registry(), task);
  }

  Verbs verbs(Map<String, Fit> fits) {
    Registry registry = registry();
    OperatorTasks tasks =
        new OperatorTasks(registry, key -> Objects.requireNonNull(fits.get(key)), SECRETS);
    RunContext run = new RunContext(seed);
    return way.isPresent()
        ? new EngineSamples(tasks, run, way.get(), folder, engine)
        : new MemorySamples(tasks, run, shards);
  }

  List<Samples> given(Verbs verbs) {
    List<Samples> all = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Batch whole = inputs.get(i);
      List<Batch> batches = shards == 1 ? List.of(whole) : cut(whole);
      all.add(verbs.given(i, whole.schema(), batches));
    }
    return all;
  }

  private static List<Batch> cut(Batch whole) {
    List<Batch> batches = new ArrayList<>();
    BatchBuilder builder = new BatchBuilder(whole.schema());
    for (int i = 0; i < whole.count(); i++) {
      builder.append(whole, whole.row(i));
      if (builder.count() == 3) {
        batches.add(builder.build());
      }
    }
    if (builder.count() > 0) {
      batches.add(builder.build());
    }
    return batches;
  }

  /** Fits at once, on train alone where there is a train split. */
  private final class TrialStep implements Step {
    private final Verbs verbs;
    private final List<byte[]> states = new ArrayList<>();
    private final Map<String, Fit> fits;
    private final Transformation operator;
    private Task.Scope roundScope = Task.Scope.ALL;

    TrialStep(Verbs verbs, Map<String, Fit> fits, Transformation operator) {
      this.verbs = verbs;
      this.fits = fits;
      this.operator = operator;
    }

    @Override
    public Task task() {
      return Trial.this.task();
    }

    @Override
    public List<SortKey> order() {
      return order;
    }

    @Override
    public Task fit(Samples over) {
      boolean train = false;
      for (Batch batch : verbs.batches(over)) {
        for (int i = 0; i < batch.count(); i++) {
          train |= batch.keys().split(batch.row(i)) == Split.TRAIN;
        }
      }
      return fit(over, train ? Task.Scope.TRAIN : Task.Scope.ALL, Optional.empty());
    }

    @Override
    public Task learn(Samples over) {
      Registry registry = Registry.load(Trial.class.getClassLoader());
      Learner learner = (Learner) operator;
      learner.uses(over.schema(), registry);
      StepRun run = new StepRun(spec.name(), new RunContext(seed), SECRETS);
      Fit fit = new TrialLesson(registry, run, over.schema(), verbs.batches(over)).learn(learner);
      fits.put("learnt", new Fit(Json.parseObject(Json.write(fit.values()))));
      return task().fitted("learnt");
    }

    @Override
    public Task refit(Task fitted, Samples over) {
      return fit(over, roundScope, fitted.fit());
    }

    @Override
    public Task fitOnAll(Samples over) {
      return fit(over, Task.Scope.ALL, Optional.empty());
    }

    private Task fit(Samples over, Task.Scope scope, Optional<String> earlier) {
      roundScope = scope;
      Task task = task();
      Task fold =
          new Task(
              task.step(), task.operator(), task.revision(), task.parameters(), scope, earlier);
      Accumulator<?> state = verbs.fold(fold, over);
      states.add(MemorySamples.state(state));
      Optional<Fit> known = earlier.map(fits::get);
      Fit fit = fit((Fitter<?>) operator, state, over.schema(), known);
      // As a run does: what is learnt is written and read back.
      String key = "fit" + fits.size();
      fits.put(key, new Fit(Json.parseObject(Json.write(fit.values()))));
      return task.fitted(key);
    }

    @SuppressWarnings("unchecked")
    private <A extends Accumulator<A>> Fit fit(
        Fitter<A> fitter, Accumulator<?> state, Schema schema, Optional<Fit> earlier) {
      return earlier.isPresent()
          ? fitter.fit((A) state, schema, earlier.get())
          : fitter.fit((A) state, schema);
    }
  }
}
