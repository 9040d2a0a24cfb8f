package dev.quern.spark;

import dev.quern.engine.Engine;
import dev.quern.engine.EngineSetting;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.pass.Allowance;
import dev.quern.engine.pass.PassExecution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Executes passes as jobs of Spark. */
final class SparkEngine implements Engine {
  /** Names a folder of a file system of Hadoop, for machines that do not share the workspace. */
  private static final String STORAGE = "spark.quern.storage";

  private final JavaSparkContext context;
  private final Ownership ownership;
  private final EngineSetting setting;
  private final PassExecution execution;
  private final ExecutorWatch watch = new ExecutorWatch();

  /** The folder of this application in the storage, if there is one. */
  private final Optional<String> home;

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
    String storage = context.getConf().get(STORAGE, "");
    this.home =
        storage.isEmpty()
            ? Optional.empty()
            : Optional.of(storage + "/" + context.sc().applicationId());
    long memory = setting.memoryBytes();
    this.execution =
        new PassExecution(
            new Allowance(memory, memory, setting.morselBytes()),
            setting.resolver(),
            setting.run(),
            setting.versions(),
            setting.files());
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
            Storage storage = storage(bench.folder().path());
            return new SparkWorkers(
                new Shipping(context, setting, same, bench.readings(), storage), stages, watch);
          });
    } catch (IllegalStateException e) {
      // What is asked of a context that has stopped fails in many ways.
      throw context.sc().isStopped() ? Failures.stopped(e) : e;
    }
  }

  private static void clear(String address) {
    try {
      var path = new org.apache.hadoop.fs.Path(address);
      HadoopFiles.system(path).delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Storage storage(Path folder) {
    return home.<Storage>map(
            address ->
                new HadoopStorage(
                    address + "/" + folder.getFileName(), address + "/objects", folder.toString()))
        .orElseGet(() -> new SharedFolder(folder.toString()));
  }

  @Override
  public void close() {
    context.sc().removeSparkListener(watch);
    home.ifPresent(SparkEngine::clear);
    if (ownership == Ownership.OWN) {
      context.close();
    }
  }
}
