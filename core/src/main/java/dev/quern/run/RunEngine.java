package dev.quern.run;

import dev.quern.engine.DataException;
import dev.quern.engine.Engine;
import dev.quern.engine.EngineProvider;
import dev.quern.engine.EngineSetting;
import dev.quern.engine.RunContext;
import dev.quern.engine.local.LocalEngine;
import dev.quern.format.parquet.ShardDigests;
import dev.quern.format.parquet.VersionReading;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Secrets;
import dev.quern.operator.Suppression;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ServiceLoader;

/** Opens the engine of a run: the local one, or one that was started for it. */
final class RunEngine {
  private final Plan plan;
  private final RunOptions options;
  private final Workspace workspace;
  private final ShardDigests digests;

  /**
   * Makes one.
   *
   * @param digests shards that were checked are not checked again
   */
  RunEngine(Plan plan, RunOptions options, Workspace workspace, ShardDigests digests) {
    this.plan = plan;
    this.options = options;
    this.workspace = workspace;
    this.digests = digests;
  }

  /** Returns the engine, open; whoever asks closes it. */
  Engine open() throws IOException {
    OperatorTasks tasks = new OperatorTasks(plan.registry(), workspace.fits(), secrets(), inputs());
    EngineSetting setting =
        new EngineSetting(
            options.threads(),
            options.memoryBytes(),
            options.morselBytes(),
            tasks,
            tasks,
            new RunContext(plan.recipe().seed()),
            version ->
                new VersionReading(
                    version, version.source(), version.schema(), digests, options.fieldKeys()),
            workspace.own(),
            workspace.root().resolve("work"));
    return options.engine().equals("local") ? LocalEngine.of(setting) : provider().open(setting);
  }

  /** The key by which forgotten subjects are known is asked for like any secret. */
  private Secrets secrets() {
    Secrets given = options.secrets();
    return reference -> {
      if (!reference.equals(Suppression.SECRET)) {
        return given.secret(reference);
      }
      try {
        return workspace.subjects().key().bytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  /**
   * While somebody is forgotten, input that became no sample is not kept: nobody can tell whose it
   * is.
   */
  private OperatorTasks.Inputs inputs() throws IOException {
    return workspace.subjects().suppressions().isEmpty()
        ? OperatorTasks.Inputs.KEPT
        : OperatorTasks.Inputs.PLACES;
  }

  /** Returns what opens the engine: it is there in a process that was started for it. */
  private EngineProvider provider() {
    for (EngineProvider provider :
        ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader())) {
      if (provider.name().equals(options.engine())) {
        return provider;
      }
    }
    throw new DataException(
        "engine_missing",
        "engine must be on the class path; found: none named "
            + options.engine()
            + "; run through the command line");
  }
}
