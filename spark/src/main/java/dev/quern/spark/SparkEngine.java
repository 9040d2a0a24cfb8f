package dev.quern.spark;

import dev.quern.engine.Engine;
import dev.quern.engine.EngineSetting;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.pass.Allowance;
import dev.quern.engine.pass.PassExecution;
import java.io.IOException;
import org.apache.spark.api.java.JavaSparkContext;

/** Executes passes as jobs of Spark. */
final class SparkEngine implements Engine {
  private final JavaSparkContext context;
  private final Ownership ownership;
  private final EngineSetting setting;
  private final PassExecution execution;
  private final ExecutorWatch watch = new ExecutorWatch();

  /** Whether the engine ends the context when it is closed. */
  enum Ownership {
    OWN,
    LENT
  }

  SparkEngine(JavaSparkContext context, Ownership ownership, EngineSetting setting) {
    this.context = context;
    this.ownership = ownership;
    this.setting = setting;
    context.sc().addSparkListener(watch);
    long memory = setting.memoryBytes();
    this.execution =
        new PassExecution(
            new Allowance(memory, memory, setting.morselBytes()),
            setting.resolver(),
            setting.run(),
            setting.versions());
  }

  @Override
  public String name() {
    return "spark";
  }

  @Override
  public String description() {
    String where = "spark " + context.version() + " at " + context.master();
    return context.isLocal() ? where : where + ", " + watch.told();
  }

  @Override
  public PassResult execute(Pass pass, Progress progress) throws IOException {
    try {
      return execution.execute(
          pass,
          progress,
          (same, bench, stages) -> {
            Storage storage = new SharedFolder(bench.folder().path().toString());
            return new SparkWorkers(
                new Shipping(context, setting, same, bench.readings(), storage), stages, watch);
          });
    } catch (IllegalStateException e) {
      // What is asked of a context that has stopped fails in many ways.
      throw context.sc().isStopped() ? Failures.stopped(e) : e;
    }
  }

  @Override
  public void close() {
    context.sc().removeSparkListener(watch);
    if (ownership == Ownership.OWN) {
      context.close();
    }
  }
}
