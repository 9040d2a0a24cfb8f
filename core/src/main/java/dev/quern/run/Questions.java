package dev.quern.run;

import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.operator.BindException;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Registry;
import dev.quern.operator.Trainer;
import dev.quern.operator.Transformation;
import dev.quern.operator.Weighing;
import dev.quern.recipe.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans the questions by which a run tells what single steps cost ({@link Weighing}). */
final class Questions {
  /** What learns to answer: fast, and of few settings. */
  private static final String TRAINER = "train.linear";

  /** Small tables need many passes, large ones have learnt after few. */
  private static final Map<String, Object> SETTINGS =
      Map.of("epochs", 100L, "early_stopping", Map.of("patience", 5L));

  private final Registry registry;
  private final References.Steps steps;
  private final List<Plan.Weighed> all = new ArrayList<>();

  Questions(Registry registry, References.Steps steps) {
    this.registry = registry;
    this.steps = steps;
  }

  /**
   * Adds the question that {@code operator} asks about what {@code task}, at {@code place}, makes
   * of {@code before}, if it asks one.
   *
   * @throws BindException if it cannot be answered
   */
  void add(Transformation operator, Task task, Position place, Samples before, Samples after) {
    Optional<Weighing> asked = operator.weighing(before.schema());
    if (asked.isEmpty()) {
      return;
    }
    Weighing question = asked.get();
    if (registry.find(TRAINER).isEmpty()) {
      throw new BindException("", "must be weighed by " + TRAINER + "; found: no such operator");
    }
    Task trainer = steps.task(TRAINER, SETTINGS);
    List<String> fields = new ArrayList<>(question.fields());
    fields.add(question.target());
    Samples from = selected(fields, place, before);
    Samples to = selected(fields, place, after);
    Trainer made = (Trainer) OperatorTasks.operator(registry, trainer);
    made.predictions(from.schema(), question.target());
    made.predictions(to.schema(), question.target());
    all.add(new Plan.Weighed(task.step(), question, trainer, from, to));
  }

  private Samples selected(List<String> fields, Position place, Samples samples) {
    return steps.apply(
        steps.task("quality.select", Map.of("fields", fields)), List.of(samples), place);
  }

  /** Returns all that were added. */
  List<Plan.Weighed> all() {
    return List.copyOf(all);
  }
}
