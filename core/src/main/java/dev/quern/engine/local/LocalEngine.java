package dev.quern.engine.local;

import dev.quern.engine.ClearFiles;
import dev.quern.engine.Engine;
import dev.quern.engine.EngineSetting;
import dev.quern.engine.Pass;
import dev.quern.engine.PassResult;
import dev.quern.engine.Progress;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.SampleFiles;
import dev.quern.engine.Stored;
import dev.quern.engine.TaskResolver;
import dev.quern.engine.pass.Allowance;
import dev.quern.engine.pass.PassExecution;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Executes passes on this machine with a fixed pool of threads. */
public final class LocalEngine implements Engine {
  private final LocalOptions options;
  private final PassExecution execution;
  private final ExecutorService pool;

  /** Makes an engine that keeps what it keeps in clear. */
  public LocalEngine(
      LocalOptions options,
      TaskResolver resolver,
      RunContext run,
      Function<Stored, Reading> parquet) {
    this(options, resolver, run, parquet, ClearFiles.CLEAR);
  }

  /**
   * Makes an engine.
   *
   * @param parquet reads points stored as Parquet
   * @param files how what passes keep is written and read
   */
  public LocalEngine(
      LocalOptions options,
      TaskResolver resolver,
      RunContext run,
      Function<Stored, Reading> parquet,
      SampleFiles files) {
    this.options = options;
    Allowance allowance =
        new Allowance(options.memoryBytes(), options.workerBytes(), options.morselBytes());
    this.execution = new PassExecution(allowance, resolver, run, parquet, files);
    AtomicInteger number = new AtomicInteger();
    this.pool =
        Executors.newFixedThreadPool(
            options.threads(),
            work -> {
              Thread thread = new Thread(work, "quern-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Opens the engine. */
  public static LocalEngine of(EngineSetting setting) {
    return new LocalEngine(
        new LocalOptions(setting.threads(), setting.memoryBytes(), setting.morselBytes()),
        setting.resolver(),
        setting.run(),
        setting.versions(),
        setting.files());
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public PassResult execute(Pass pass, Progress progress) throws IOException {
    return execution.execute(
        pass, progress, (same, bench, stages) -> new LocalWorkers(options, pool, bench, stages));
  }

  @Override
  public void close() {
    pool.shutdownNow();
  }
}
