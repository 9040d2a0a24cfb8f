package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Folding;
import dev.quern.engine.Grouping;
import dev.quern.engine.InputFile;
import dev.quern.engine.Linking;
import dev.quern.engine.Mapping;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.engine.Stored;
import dev.quern.engine.Task;
import dev.quern.engine.TaskResolver;
import dev.quern.engine.TaskShipment;
import dev.quern.engine.TaskShipper;
import dev.quern.engine.Writing;
import dev.quern.format.json.Json;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Makes code of tasks by way of the registered operators: what every worker of every engine does.
 */
public final class OperatorTasks implements TaskResolver, TaskShipper {
  private final Registry registry;
  private final Fits fits;
  private final Secrets secrets;
  private final Inputs inputs;

  /** What quarantine keeps of input that did not become a sample. */
  public enum Inputs {
    /** Its bytes. */
    KEPT,
    /** Where it stands and what rule it broke: its bytes may be those of a forgotten subject. */
    PLACES
  }

  /** Makes a resolver over the operators of {@code registry} and the fits of one run. */
  public OperatorTasks(Registry registry, Fits fits, Secrets secrets) {
    this(registry, fits, secrets, Inputs.KEPT);
  }

  /** Makes a resolver that keeps of input that is set aside what {@code inputs} says. */
  public OperatorTasks(Registry registry, Fits fits, Secrets secrets, Inputs inputs) {
    this.registry = registry;
    this.fits = fits;
    this.secrets = secrets;
    this.inputs = inputs;
  }

  /** Returns the operator of {@code task}, made from its parameters. */
  public static Operator operator(Registry registry, Task task) {
    if (task.operator().equals(MetricSet.NAME)) {
      return MetricSet.of(registry, task);
    }
    if (task.operator().equals(Suppression.NAME)) {
      return Suppression.of(task);
    }
    OperatorSpec spec =
        registry
            .find(task.operator())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "operator must be registered on every worker; found: none named "
                            + task.operator()));
    return spec.create().apply(params(spec, task));
  }

  /** Returns the parameters of {@code task}, whose operator is {@code spec}. */
  static Params params(OperatorSpec spec, Task task) {
    List<Params.Problem> problems = new ArrayList<>();
    return Params.read(spec.params(), Json.parseObject(task.parameters()), problems)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "task must carry valid parameters of "
                        + task.operator()
                        + "; found: "
                        + problems));
  }

  @Override
  public TaskShipment ship(Collection<Task> tasks, Collection<Stored> versions) throws IOException {
    return OperatorShipment.of(tasks, registry, fits, secrets, inputs)
        .with(OperatorShipment.keys(versions, secrets));
  }

  @Override
  public List<InputFile> files(Task task, Source source) throws IOException {
    List<InputFile> files = as(Reader.class, task).files(source, attempts -> {});
    source.check(files);
    return files;
  }

  @Override
  public Reading reading(
      Task task, Source source, List<InputFile> files, Schema schema, RunContext run) {
    Reading reading =
        as(Reader.class, task).bind(source, files, schema, new StepRun(task.step(), run, secrets));
    if (inputs == Inputs.PLACES) {
      reading = new BareReading(reading);
    }
    if (!source.key().isEmpty()) {
      reading = new KeyedReading(reading, schema, source.key());
    }
    return source.limit().isPresent()
        ? new LimitedReading(reading, source.limit().getAsLong())
        : reading;
  }

  @Override
  public Mapping mapping(Task task, Schema input, Schema output, RunContext run) {
    Operator operator = operator(registry, task);
    StepRun step = new StepRun(task.step(), run, secrets);
    if (operator instanceof Fitter<?> fitter && task.fit().isPresent()) {
      return fitter.bind(input, output, fits.fit(task.fit().get()), step);
    }
    if (operator instanceof MetricSet set && task.fit().isPresent()) {
      return set.mapping(input, output, fits.fit(task.fit().get()), step);
    }
    if (operator instanceof Learner learner && task.fit().isPresent()) {
      Fit fit = fits.fit(task.fit().get());
      return learner.bind(input, output, fit, step, new ModelFiles(registry, secrets));
    }
    if (operator instanceof Mapper mapper) {
      return mapper.bind(input, output, step);
    }
    if (operator instanceof Filter filter) {
      return new FilterMapping(filter.bind(input, step));
    }
    if (operator instanceof Expander expander) {
      return new ExpanderMapping(expander.bind(input, output, step), output);
    }
    throw unfit(task, "map");
  }

  @Override
  public Folding folding(Task task, Schema input, RunContext run) {
    Operator operator = operator(registry, task);
    StepRun step = new StepRun(task.step(), run, secrets);
    if (operator instanceof Fitter<?> fitter && task.fit().isPresent()) {
      Fit earlier = fits.fit(task.fit().get());
      return new Folding() {
        @Override
        public Accumulator<?> zero() {
          return fitter.zero(input, earlier, step);
        }

        @Override
        public Accumulator<?> read(DataInput in) throws IOException {
          return fitter.read(in, input, earlier, step);
        }
      };
    }
    if (operator instanceof Fitter<?> fitter) {
      return new Folding() {
        @Override
        public Accumulator<?> zero() {
          return fitter.zero(input, step);
        }

        @Override
        public Accumulator<?> read(DataInput in) throws IOException {
          return fitter.read(in, input, step);
        }
      };
    }
    if (operator instanceof MetricSet set && task.fit().isPresent()) {
      return set.looking(input, fits.fit(task.fit().get()));
    }
    if (operator instanceof Analyzer<?> analyzer) {
      return Restriction.folding(analyzer, input, step);
    }
    throw unfit(task, "fold");
  }

  @Override
  public Grouping grouping(Task task, List<Schema> inputs, Schema output, RunContext run) {
    Grouping grouping =
        as(Grouper.class, task).bind(inputs, output, new StepRun(task.step(), run, secrets));
    return task.scope() == Task.Scope.TRAIN ? new TrainGrouping(grouping) : grouping;
  }

  @Override
  public Linking linking(Task task, Schema input, RunContext run) {
    return as(Linker.class, task).links(input, new StepRun(task.step(), run, secrets));
  }

  @Override
  public Writing writing(Task task, Schema input, RunContext run) {
    return as(Writer.class, task).bind(input, new StepRun(task.step(), run, secrets));
  }

  private <T> T as(Class<T> kind, Task task) {
    Operator operator = operator(registry, task);
    if (!kind.isInstance(operator)) {
      throw unfit(task, kind.getSimpleName());
    }
    return kind.cast(operator);
  }

  private static IllegalStateException unfit(Task task, String verb) {
    return new IllegalStateException(
        "task must name an operator for " + verb + "; found: " + task.operator());
  }
}
