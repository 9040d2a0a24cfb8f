package dev.quern.run;

import dev.quern.data.Digest;
import dev.quern.data.Schema;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import dev.quern.operator.BindException;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Trainer;
import dev.quern.recipe.ModelSpec;
import dev.quern.recipe.Problem;
import dev.quern.recipe.Recipe;
import java.util.List;
import java.util.Optional;

/** Binds the model of a recipe to the samples it is trained on. */
final class PlannedTraining {
  private PlannedTraining() {}

  /**
   * Returns how the model is trained, if the recipe has one; what does not fit is a problem.
   *
   * @param raw the schema of the sources
   * @param encryption ends the key of what is learnt
   */
  static Optional<Plan.TrainingPlan> of(
      Recipe recipe, Schema raw, Samples samples, String encryption, List<Problem> problems) {
    if (recipe.model().isEmpty()) {
      return Optional.empty();
    }
    ModelSpec spec = recipe.model().get();
    Trainer trainer = (Trainer) spec.trainer().operator();
    OperatorSpec described = spec.trainer().spec();
    Schema schema = samples.schema();
    if (schema.field(spec.target()).isEmpty()) {
      problems.add(
          UnknownField.problem(
              spec.written().place("target"),
              "target",
              "after the last step",
              spec.target(),
              schema));
      return Optional.empty();
    }
    Task task =
        new Task(
            "model",
            described.name(),
            described.revision(),
            spec.trainer().params().canonical(),
            Task.Scope.ALL,
            Optional.empty());
    try {
      Schema predictions = trainer.predictions(schema, spec.target());
      String key =
          Digest.ofText(
              "model\n"
                  + task.identity()
                  + spec.target()
                  + recipe.seed()
                  + "\n"
                  + samples.key()
                  + encryption);
      return Optional.of(new Plan.TrainingPlan(spec, task, raw, predictions, key));
    } catch (BindException e) {
      problems.add(spec.trainer().problem(e));
      return Optional.empty();
    }
  }
}
