package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.ChangedCells;
import dev.quern.engine.Folding;
import dev.quern.engine.Mapping;
import dev.quern.engine.Task;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import dev.quern.format.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Several analyzers as one: what all checks of a version need is collected in one fold, and samples
 * are judged for all of them in one map. Not in the catalog: tasks name it by {@link #NAME}, and
 * its parameters name its analyzers.
 *
 * @param parts the analyzers
 * @param outcome what a map over samples that were judged gives
 * @param told whether verdicts tell values and repairs
 */
public record MetricSet(List<Part> parts, JudgeMapping.Gives outcome, ChangedCells told)
    implements Analyzer<MetricSet.States> {
  /** What tasks call it. */
  public static final String NAME = "check.metrics";

  /** How reports describe the step that sets failing samples aside. */
  public static final OperatorSpec DESCRIPTION =
      new OperatorSpec(
          NAME,
          new Localized(
              "Sets aside the samples that fail a check with failing: aside.",
              "将未通过 failing: aside 检查的样本另行存放。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(),
          List.of(),
          params -> new MetricSet(List.of(), JudgeMapping.Gives.METRICS, ChangedCells.NONE));

  private static final int VERSION = 1;
  private static final String JUDGED = "judged";

  /** Makes a set. */
  public MetricSet {
    parts = List.copyOf(parts);
  }

  /**
   * One analyzer of the set.
   *
   * @param name what verdicts call it: the name of the check
   * @param task its operator and parameters
   * @param limits between what its metric must lie
   */
  public record Named(String name, Task task, Limits limits) {}

  /**
   * One analyzer of the set, ready.
   *
   * @param name as in {@link Named}
   * @param limits as in {@link Named}
   */
  public record Part(String name, Analyzer<?> analyzer, Limits limits) {
    boolean judges() {
      return analyzer.judging().judges(limits);
    }
  }

  /**
   * Returns the task of a set.
   *
   * @param step its label
   * @param analyzers in the order of the set
   * @param outcome what a map gives; a fold gives none
   * @param told whether verdicts tell values and repairs
   */
  public static Task task(
      String step, List<Named> analyzers, JudgeMapping.Gives outcome, ChangedCells told) {
    List<Object> parts = new ArrayList<>();
    for (Named named : analyzers) {
      Map<String, @Nullable Object> part = new LinkedHashMap<>();
      part.put("name", named.name());
      part.put("operator", named.task().operator());
      part.put("revision", (long) named.task().revision());
      part.put("parameters", Json.parse(named.task().parameters()));
      part.put("limits", named.limits().plain());
      parts.add(part);
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("analyzers", parts);
    parameters.put("gives", outcome.name());
    parameters.put("told", told.name());
    return new Task(step, NAME, 1, Json.canonical(parameters), Task.Scope.ALL, Optional.empty());
  }

  /** Returns the set that {@code task} names. */
  static MetricSet of(Registry registry, Task task) {
    Map<String, @Nullable Object> parameters = Json.parseObject(task.parameters());
    List<Part> parts = new ArrayList<>();
    for (Object plain : Json.list(parameters.get("analyzers"))) {
      Map<String, @Nullable Object> part = Json.object(plain);
      Task one =
          new Task(
              task.step(),
              String.valueOf(part.get("operator")),
              ((Number) java.util.Objects.requireNonNull(part.get("revision"))).intValue(),
              Json.canonical(part.get("parameters")),
              Task.Scope.ALL,
              Optional.empty());
      Analyzer<?> analyzer = (Analyzer<?>) OperatorTasks.operator(registry, one);
      Limits limits = Limits.read(part.get("limits"));
      parts.add(new Part(String.valueOf(part.get("name")), analyzer, limits));
    }
    return new MetricSet(
        parts,
        JudgeMapping.Gives.valueOf(String.valueOf(parameters.get("gives"))),
        ChangedCells.valueOf(String.valueOf(parameters.get("told"))));
  }

  @Override
  public void check(Schema input) {
    parts.forEach(part -> Restriction.check(part.analyzer(), input));
  }

  @Override
  public States zero(Schema input, StepRun run) {
    List<Accumulator<?>> states = new ArrayList<>();
    parts.forEach(part -> states.add(folding(part.analyzer(), input, run).zero()));
    return new States(states);
  }

  @Override
  public States read(DataInput in, Schema input, StepRun run) throws IOException {
    expectVersion(in);
    List<Accumulator<?>> states = new ArrayList<>();
    for (Part part : parts) {
      states.add(folding(part.analyzer(), input, run).read(in));
    }
    return new States(states);
  }

  private static void expectVersion(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException("metrics: version of the state must be 1; found: " + version);
    }
  }

  private static <A extends Accumulator<A>> Folding folding(
      Analyzer<A> analyzer, Schema input, StepRun run) {
    return Restriction.folding(analyzer, input, run);
  }

  /** Returns the first metric of each analyzer, in the order of the set. */
  @Override
  public List<Metric> metrics(States state, Schema input) {
    List<Metric> metrics = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      metrics.add(metrics(parts.get(i).analyzer(), state.states.get(i), input).get(0));
    }
    return metrics;
  }

  @SuppressWarnings("unchecked") // The state was made by the analyzer itself.
  private static <A extends Accumulator<A>> List<Metric> metrics(
      Analyzer<A> analyzer, Accumulator<?> state, Schema input) {
    return analyzer.metrics((A) Restriction.collected(state), input);
  }

  /** Returns what the analyzers that judge samples need for it, in the order of the set. */
  public Fit judged(States state, Schema input) {
    List<Object> fits = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      fits.add(
          part.judges()
              ? judged(part.analyzer(), state.states.get(i), input, part.limits()).values()
              : Map.of());
    }
    return new Fit(Map.of(JUDGED, fits));
  }

  @SuppressWarnings("unchecked") // The state was made by the analyzer itself.
  private static <A extends Accumulator<A>> Fit judged(
      Analyzer<A> analyzer, Accumulator<?> state, Schema input, Limits limits) {
    return analyzer.judged((A) Restriction.collected(state), input, limits);
  }

  /** Returns whether an analyzer needs a second fold before samples are judged by {@code fit}. */
  public boolean looksAgain(Schema input, Fit fit) {
    return !looks(input, fit).isEmpty();
  }

  /** The second looks of the analyzers that take one, by their place in the set. */
  private Map<Integer, SecondLook<?>> looks(Schema input, Fit fit) {
    Map<Integer, SecondLook<?>> looks = new TreeMap<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).judges()) {
        int place = i;
        Analyzer<?> analyzer = parts.get(i).analyzer();
        analyzer.secondLook(input, own(fit, i), told).ifPresent(look -> looks.put(place, look));
      }
    }
    return looks;
  }

  /** Returns the code of the second fold. */
  Folding looking(Schema input, Fit fit) {
    List<Folding> foldings = new ArrayList<>();
    looks(input, fit)
        .forEach(
            (place, look) ->
                foldings.add(
                    Restriction.folding(
                        parts.get(place).analyzer().where(), looking(look), input)));
    return new Folding() {
      @Override
      public Accumulator<?> zero() {
        List<Accumulator<?>> states = new ArrayList<>();
        foldings.forEach(folding -> states.add(folding.zero()));
        return new States(states);
      }

      @Override
      public Accumulator<?> read(DataInput in) throws IOException {
        expectVersion(in);
        List<Accumulator<?>> states = new ArrayList<>();
        for (Folding folding : foldings) {
          states.add(folding.read(in));
        }
        return new States(states);
      }
    };
  }

  private static Folding looking(SecondLook<?> look) {
    return new Folding() {
      @Override
      public Accumulator<?> zero() {
        return look.zero();
      }

      @Override
      public Accumulator<?> read(DataInput in) throws IOException {
        return look.read(in);
      }
    };
  }

  /** Returns {@code fit} completed by the written state of the second fold. */
  public Fit completed(Schema input, Fit fit, DataInput second) throws IOException {
    States states = (States) looking(input, fit).read(second);
    List<@Nullable Object> fits = new ArrayList<>(Json.list(fit.values().get(JUDGED)));
    int[] next = {0};
    looks(input, fit)
        .forEach(
            (place, look) ->
                fits.set(place, completed(look, states.states.get(next[0]++)).values()));
    return new Fit(Map.of(JUDGED, fits));
  }

  @SuppressWarnings("unchecked") // The state was made by the look itself.
  private static <S extends Accumulator<S>> Fit completed(
      SecondLook<S> look, Accumulator<?> state) {
    return look.completed((S) Restriction.collected(state));
  }

  /** Returns the part of {@code fit}, which {@link #judged} made, that {@code positions} need. */
  public static Fit only(Fit fit, List<Integer> positions) {
    List<@Nullable Object> all = Json.list(fit.values().get(JUDGED));
    List<@Nullable Object> some = new ArrayList<>();
    positions.forEach(position -> some.add(all.get(position)));
    return new Fit(Map.of(JUDGED, some));
  }

  /** Returns the code of the map. */
  Mapping mapping(Schema input, Schema output, Fit fit, StepRun run) {
    List<JudgeMapping.Judging> judges = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (part.judges()) {
        judges.add(new JudgeMapping.Judging(part.name(), judge(part, input, own(fit, i), run)));
      }
    }
    return new JudgeMapping(judges, outcome, told, output);
  }

  private static Fit own(Fit fit, int place) {
    return new Fit(Json.object(Json.list(fit.values().get(JUDGED)).get(place)));
  }

  /** Samples that the analyzer is not over are neither right nor wrong. */
  private static SampleJudge judge(Part part, Schema input, Fit fit, StepRun run) {
    SampleJudge judge = part.analyzer().judge(input, fit, run);
    if (part.analyzer().where().isEmpty()) {
      return judge;
    }
    BoundExpression condition =
        Expression.parse(part.analyzer().where().get()).bindCondition(input);
    return (batch, findings) -> {
      int[] rows = new int[batch.count()];
      int count = condition.test(batch, rows);
      if (count > 0) {
        judge.judge(batch.select(rows, count), findings);
      }
    };
  }

  /** The states of the analyzers. */
  public static final class States implements Accumulator<States> {
    private final List<Accumulator<?>> states;

    States(List<Accumulator<?>> states) {
      this.states = List.copyOf(states);
    }

    /** Returns the written state of analyzer {@code position}, as it alone reads it. */
    public byte[] written(int position) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      states.get(position).write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    }

    /** Returns the written state of a set whose analyzers' written states are {@code parts}. */
    public static byte[] written(List<byte[]> parts) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(VERSION);
      parts.forEach(bytes::writeBytes);
      return bytes.toByteArray();
    }

    @Override
    public void add(Batch batch) {
      for (Accumulator<?> state : states) {
        state.add(batch);
      }
    }

    @Override
    public void merge(States other) {
      for (int i = 0; i < states.size(); i++) {
        merge(states.get(i), other.states.get(i));
      }
    }

    @SuppressWarnings("unchecked") // Both were made by the same analyzer.
    private static <A extends Accumulator<A>> void merge(Accumulator<A> into, Accumulator<?> from) {
      into.merge((A) from);
    }

    @Override
    public void write(DataOutput out) throws IOException {
      out.writeByte(VERSION);
      for (Accumulator<?> state : states) {
        state.write(out);
      }
    }
  }
}
