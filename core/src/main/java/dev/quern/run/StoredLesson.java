package dev.quern.run;

import dev.quern.data.Split;
import dev.quern.engine.Engine;
import dev.quern.engine.RunContext;
import dev.quern.engine.Samples;
import dev.quern.engine.Stored;
import dev.quern.operator.Fit;
import dev.quern.operator.Learner;
import dev.quern.operator.Lesson;
import dev.quern.operator.ModelFiles;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Registry;
import dev.quern.operator.StepRun;
import dev.quern.operator.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A lesson on the samples that a point of the run has kept. */
record StoredLesson(
    Plan plan,
    RunOptions options,
    Engine engine,
    Stored samples,
    Plan.Point.Learning point,
    Path folder,
    RunListener listener)
    implements Lesson {

  /** Lets the learner of the point learn. */
  Fit learn() throws IOException {
    return ((Learner) OperatorTasks.operator(plan.registry(), point.task())).learn(this);
  }

  /** Removes what passes that hand samples over leave in {@code folder}. */
  static void clear(Path folder) throws IOException {
    Files.deleteIfExists(folder);
    Files.deleteIfExists(folder.resolveSibling(folder.getFileName() + ".lock"));
  }

  @Override
  public Registry registry() {
    return plan.registry();
  }

  @Override
  public StepRun step() {
    return new StepRun(
        point.task().step(), new RunContext(plan.recipe().seed()), options.secrets());
  }

  @Override
  public Training training(String target) {
    StoredTraining training =
        new StoredTraining(
            engine,
            Samples.stored(samples),
            new long[Split.values().length],
            target,
            plan.recipe().seed(),
            options.threads(),
            folder,
            listener);
    try {
      return training.counted();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public ModelFiles models() {
    return new ModelFiles(plan.registry(), options.secrets());
  }
}
