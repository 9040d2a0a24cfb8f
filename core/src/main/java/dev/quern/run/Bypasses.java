package dev.quern.run;

import dev.quern.data.Digest;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.engine.Task;
import dev.quern.operator.BindException;
import dev.quern.operator.Step;
import dev.quern.operator.Trainer;
import dev.quern.operator.Transformation;
import dev.quern.recipe.ModelSpec;
import dev.quern.recipe.Recipe;
import dev.quern.recipe.StepSpec;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leads samples past single steps, so that a run can tell what a step costs a model ({@link
 * Transformation#costsAccuracy}): the steps behind it are bound anew to its input and learn from
 * that. Steps keep their labels, and with them their draws.
 */
final class Bypasses {
  private final Recipe recipe;
  private final String encryption;
  private final Map<StepSpec, Passed> passed = new IdentityHashMap<>();

  /** A step as planned, and what came into it. */
  private record Passed(Task task, Samples input) {}

  /**
   * Remembers nothing.
   *
   * @param encryption ends the keys of what is learnt
   */
  Bypasses(Recipe recipe, String encryption) {
    this.recipe = recipe;
    this.encryption = encryption;
  }

  /** Remembers a step that was planned. */
  void add(StepSpec spec, Task task, Samples input) {
    passed.put(spec, new Passed(task, input));
  }

  /**
   * Returns the samples behind {@code steps} without each of those that cost accuracy; where there
   * are splits.
   */
  List<Plan.Without> without(List<StepSpec> steps) {
    List<Plan.Without> all = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Passed left = passed.get(steps.get(i));
      if (left != null && operator(steps.get(i)).costsAccuracy()) {
        List<Plan.Point.Fitting> fits = new ArrayList<>();
        Optional<Samples> samples = behind(left.input(), steps.subList(i + 1, steps.size()), fits);
        all.add(new Plan.Without(left.task().step(), samples, fits));
      }
    }
    return all;
  }

  private Optional<Samples> behind(
      Samples input, List<StepSpec> steps, List<Plan.Point.Fitting> fits) {
    Samples samples = input;
    try {
      for (StepSpec spec : steps) {
        Passed planned = passed.get(spec);
        if (planned == null) {
          return Optional.empty();
        }
        Step step = new BoundAnew(planned.task(), spec.order(), fits, encryption);
        samples = operator(spec).apply(List.of(samples), step);
      }
      ModelSpec model = recipe.model().orElseThrow();
      if (samples.schema().field(model.target()).isEmpty()) {
        return Optional.empty();
      }
      ((Trainer) model.trainer().operator()).predictions(samples.schema(), model.target());
      return Optional.of(samples);
    } catch (BindException e) {
      // A later step needs what this one makes: there is nothing to compare, and the report says
      // so.
      return Optional.empty();
    }
  }

  private static Transformation operator(StepSpec spec) {
    return (Transformation) spec.use().operator();
  }

  /** A step behind the one that is passed by. */
  private record BoundAnew(
      Task task, List<SortKey> order, List<Plan.Point.Fitting> fits, String encryption)
      implements Step {

    @Override
    public Task fit(Samples over) {
      return fit(over, Task.Scope.TRAIN, Optional.empty());
    }

    @Override
    public Task fitOnAll(Samples over) {
      return fit(over, Task.Scope.ALL, Optional.empty());
    }

    @Override
    public Task refit(Task earlier, Samples over) {
      Task.Scope scope = fits.get(fits.size() - 1).task().scope();
      return fit(over, scope, earlier.fit());
    }

    @Override
    public Task learn(Samples over) {
      throw new BindException(
          "model", "must not be learnt twice to compare steps; found: " + task.operator());
    }

    private Task fit(Samples over, Task.Scope scope, Optional<String> earlier) {
      Task fold =
          new Task(
              task.step(), task.operator(), task.revision(), task.parameters(), scope, earlier);
      String key = Digest.ofText("fit\n" + fold.identity() + "\n" + over.key() + encryption);
      fits.add(new Plan.Point.Fitting(task.step(), fold, key, over, Plan.Keep.NOTHING));
      return task.fitted(key);
    }
  }
}
