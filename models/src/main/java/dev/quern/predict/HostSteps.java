package dev.quern.predict;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.RunContext;
import dev.quern.engine.Task;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Mapper;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.operator.ServingStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Steps run by their operators' code. A mapping belongs to one thread at a time, so each call
 * borrows a set of them. Samples that a step sets aside are missing from what comes out; all others
 * keep their keys.
 */
final class HostSteps {
  /** Serving has no run: what depends on draws does nothing there. */
  private static final RunContext RUN = new RunContext(0);

  private final List<ServingStep> steps;
  private final OperatorTasks tasks;
  private final ConcurrentLinkedQueue<List<Mapping>> idle = new ConcurrentLinkedQueue<>();

  HostSteps(List<ServingStep> steps, Registry registry, Secrets secrets) {
    this.steps = List.copyOf(steps);
    Map<String, Fit> fits = new HashMap<>();
    for (ServingStep step : steps) {
      step.fit().ifPresent(fit -> fits.put(step.task().fit().orElseThrow(), fit));
      check(step.task(), registry);
    }
    this.tasks = new OperatorTasks(registry, key -> fit(fits, key), secrets);
    idle.add(bind());
  }

  private static Fit fit(Map<String, Fit> fits, String key) {
    Fit fit = fits.get(key);
    if (fit == null) {
      throw new IllegalStateException("model must hold the fit of each step; found: none");
    }
    return fit;
  }

  private static void check(Task task, Registry registry) {
    int revision = registry.find(task.operator()).map(spec -> spec.revision()).orElse(0);
    if (revision != task.revision()) {
      throw new IllegalStateException(
          "step "
              + task.step()
              + " must run with revision "
              + task.revision()
              + " of "
              + task.operator()
              + ", as in training; found: "
              + (revision == 0 ? "no such operator" : "revision " + revision)
              + "; serve with the version of Quern that trained the model, or train again");
    }
    Operator operator = OperatorTasks.operator(registry, task);
    if (!(operator instanceof Mapper) && !(operator instanceof Fitter<?>)) {
      throw new IllegalStateException(
          "step "
              + task.step()
              + " must be a mapper or a fitter, one sample out for one in, to run before a model;"
              + " found: "
              + task.operator());
    }
  }

  private List<Mapping> bind() {
    List<Mapping> mappings = new ArrayList<>();
    for (ServingStep step : steps) {
      mappings.add(tasks.mapping(step.task(), step.input(), step.output(), RUN));
    }
    return mappings;
  }

  /** Runs all steps over the selected samples; their positions in rank must be unique. */
  Batch run(Batch batch) {
    List<Mapping> borrowed = idle.poll();
    List<Mapping> mappings = borrowed == null ? bind() : borrowed;
    Batch current = batch;
    for (int i = 0; i < steps.size(); i++) {
      current = map(mappings.get(i), project(current, steps.get(i).input()), steps.get(i).output());
    }
    idle.add(mappings);
    return current;
  }

  private static Batch map(Mapping mapping, Batch batch, Schema output) {
    Kept kept = new Kept();
    mapping.map(batch, kept);
    if (kept.batches.size() == 1) {
      return kept.batches.get(0);
    }
    BatchBuilder builder = new BatchBuilder(output);
    for (Batch part : kept.batches) {
      for (int i = 0; i < part.count(); i++) {
        builder.append(part, part.row(i));
      }
    }
    return builder.build();
  }

  /** Returns the fields of {@code schema} by name. */
  static Batch project(Batch batch, Schema schema) {
    if (batch.schema().equals(schema)) {
      return batch;
    }
    List<Column> columns = new ArrayList<>();
    for (String name : schema.names()) {
      int position = batch.schema().indexOf(name);
      if (position < 0) {
        throw new IllegalStateException("samples must have the field " + name);
      }
      columns.add(batch.column(position));
    }
    return batch.with(schema, columns);
  }

  /** Keeps what a step hands on; the rest has no answer. */
  private static final class Kept implements Outcome {
    private final List<Batch> batches = new ArrayList<>();

    @Override
    public void keep(Batch batch) {
      batches.add(batch);
    }

    @Override
    public void created(long samples) {}

    @Override
    public void merged(long samples) {}

    @Override
    public void drop(Batch batch, int row, String reason, double measured) {}

    @Override
    public void quarantine(Batch batch, int row, String field, Fault fault) {}

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {}
  }
}
