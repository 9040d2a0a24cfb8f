package dev.quern.cli;

import dev.quern.engine.DataException;
import dev.quern.format.source.SourceFiles;
import dev.quern.operator.Registry;
import dev.quern.run.Plan;
import dev.quern.run.Planner;
import dev.quern.run.Run;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Executes a recipe: what earlier runs have finished is not done again. */
@Command(name = "run")
final class RunCommand implements Action {
  @Mixin RecipeOptions recipe = new RecipeOptions();

  @Option(names = "--progress", paramLabel = "KIND")
  Progress.Kind progress = Progress.Kind.auto;

  @Option(names = "--metrics-file", paramLabel = "FILE")
  @Nullable Path metrics;

  @Mixin EngineOptions engine = new EngineOptions();

  @Option(names = "--json", descriptionKey = "json")
  boolean json;

  @Override
  public int run(Session session) throws Exception {
    if (metrics == null || engine.isElsewhere()) {
      return run(session, new Told("", null));
    }
    Path into = session.outside().resolve(metrics);
    Told told = new Told(recipe.recipe.toString(), into);
    try {
      return run(session, told);
    } catch (Throwable e) {
      try {
        RunMetrics.write(into, RunMetrics.ofFailed(told.recipe, Instant.now()));
      } catch (IOException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
  }

  /** Where metrics go and what the recipe is called, by its file until it has been read. */
  private static final class Told {
    private String recipe;
    private final @Nullable Path into;

    Told(String recipe, @Nullable Path into) {
      this.recipe = recipe;
      this.into = into;
    }
  }

  /** Tells at once what is wrong with the recipe, where this process can read its sources. */
  private void check(Session session, Path file, RunOptions options) throws IOException {
    try {
      Registry registry = session.registry(options.workspace());
      Planner.plan(registry, file, recipe.sets(session, file, registry), options);
    } catch (DataException e) {
      if (!e.code().equals(SourceFiles.UNKNOWN_SCHEME)) {
        throw e;
      }
    }
  }

  private int run(Session session, Told told) throws Exception {
    Path file = recipe.file(session);
    RunOptions options = recipe.options(session, file).withEngine(engine.choice().name());
    // Before anything is read, which may take long.
    new Workspace(options.workspace()).requireWritable();
    if (engine.isElsewhere()) {
      check(session, file, options);
      return engine.run(session, options);
    }
    Registry registry = session.registry(options.workspace());
    Plan plan = Planner.plan(registry, file, recipe.sets(session, file, registry), options);
    told.recipe = plan.recipe().name();
    String resume = session.text("run.interrupted", command(session));
    RunResult result;
    try (Interruption watch = Interruption.watch(session.outside().err(), resume)) {
      result = Run.execute(plan, options, Progress.of(progress, session, System::nanoTime));
    }
    if (told.into != null) {
      RunMetrics.write(told.into, RunMetrics.of(result.report()));
    }
    tell(result, session);
    return switch (result.status()) {
      case DONE -> Exit.DONE;
      case CHECK_FAILED -> Exit.CHECK_FAILED;
      case QUARANTINE_EXCEEDED -> Exit.DATA;
    };
  }

  private void tell(RunResult result, Session session) {
    if (json) {
      session.json(result.report());
    } else if (session.options().quiet) {
      session.out().println(result.page());
    } else {
      Summary summary = new Summary(session.messages(), Style.PLAIN, result.report());
      summary.lines(result).forEach(session.out()::println);
    }
  }

  /** Returns the command that goes on where this one was interrupted. */
  private String command(Session session) {
    StringBuilder command =
        new StringBuilder("quern run ").append(quoted(recipe.recipe.toString()));
    session
        .options()
        .workspace
        .ifPresent(folder -> command.append(" --workspace ").append(quoted(folder.toString())));
    recipe.sets.forEach(set -> command.append(" --set ").append(quoted(set)));
    if (recipe.review != null) {
      command.append(" --review ").append(quoted(recipe.review.toString()));
    }
    if (recipe.limit != null) {
      command.append(" --limit ").append(recipe.limit);
    }
    return command.toString();
  }

  private static String quoted(String word) {
    return word.matches("[A-Za-z0-9_./=:@+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
