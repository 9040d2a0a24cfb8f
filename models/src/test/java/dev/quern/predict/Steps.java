package dev.quern.predict;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.Fit;
import dev.quern.operator.Fitter;
import dev.quern.operator.Mapper;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.operator.Serving;
import dev.quern.operator.ServingStep;
import dev.quern.train.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Steps before a model, planned as a run plans them. */
final class Steps {
  private final Registry registry;
  private final List<ServingStep> steps = new ArrayList<>();
  private Schema schema;

  Steps(Schema raw, Registry registry) {
    this.schema = raw;
    this.registry = registry;
  }

  void add(String name, String parameters, Fit fit) {
    OperatorSpec spec = registry.find(name).orElseThrow();
    String canonical = Json.canonical(Json.parseObject(parameters));
    Task task =
        new Task(name, name, spec.revision(), canonical, Task.Scope.ALL, Optional.<String>empty());
    Operator operator = OperatorTasks.operator(registry, task);
    Schema output;
    Serving place;
    Optional<Fit> learnt = Optional.empty();
    if (operator instanceof Mapper mapper) {
      output = mapper.output(schema);
      place = mapper.serving(schema, spec.serving());
    } else {
      Fitter<?> fitter = (Fitter<?>) operator;
      output = fitter.output(schema);
      place = fitter.serving(schema, spec.serving());
      task = task.fitted("fit-" + steps.size());
      learnt = Optional.of(fit);
    }
    steps.add(new ServingStep(task, schema, output, place, learnt));
    schema = output;
  }

  int size() {
    return steps.size();
  }

  List<ServingStep> steps() {
    return steps;
  }

  /** The samples after all steps. */
  Table apply(Table raw) {
    Batch prepared = new HostSteps(steps, registry, Secrets.NONE).run(raw.all());
    return raw.with(prepared);
  }
}
