package dev.quern.cli;

import dev.quern.operator.Registry;
import dev.quern.recipe.RecipeReader;
import dev.quern.recipe.StepSpec;
import dev.quern.run.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code plan} and {@code run} take alike. */
final class RecipeOptions {
  private static final String REPAIR = "quality.repair";

  /** More than this a machine has no cores for, and some have no room for. */
  private static final int MOST_THREADS = 1024;

  @Parameters(paramLabel = "RECIPE", arity = "0..1", descriptionKey = "recipe")
  Path recipe = Path.of("recipe.yaml");

  @Option(names = "--set", paramLabel = "PATH=VALUE", descriptionKey = "set")
  List<String> sets = new ArrayList<>();

  @Option(names = "--review", paramLabel = "FILE", descriptionKey = "review")
  @Nullable Path review;

  @Option(names = "--limit", paramLabel = "N", descriptionKey = "limit")
  @Nullable Long limit;

  @Option(names = "--threads", paramLabel = "N", descriptionKey = "threads")
  @Nullable Integer threads;

  @Option(names = "--memory", paramLabel = "SIZE", descriptionKey = "memory")
  @Nullable String memory;

  @Option(names = "--cpu-hour-price", paramLabel = "PRICE", descriptionKey = "cpu-hour-price")
  @Nullable Double price;

  /** Returns the recipe's file. */
  Path file(Session session) {
    Path file = session.outside().resolve(recipe);
    Path told = recipe;
    if (Files.isDirectory(file)) {
      file = file.resolve("recipe.yaml");
      told = recipe.resolve("recipe.yaml");
    }
    if (!Files.isRegularFile(file)) {
      throw new UsageException(session.text("recipe.absent", told));
    }
    // As written, so that problems are told with the path people know.
    Path folder = session.outside().folder();
    boolean here = folder.equals(Path.of("").toAbsolutePath()) && !recipe.isAbsolute();
    return here ? folder.relativize(file) : file;
  }

  /**
   * Returns what is changed of the recipe in {@code file}: {@code --set}, and the cells somebody
   * has looked at for each step {@code quality.repair}.
   */
  List<String> sets(Session session, Path file, Registry registry) throws IOException {
    if (review == null) {
      return sets;
    }
    List<String> all = new ArrayList<>(sets);
    List<StepSpec> steps = new RecipeReader(registry).read(file, sets).steps();
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).use().name().equals(REPAIR)) {
        all.add("steps." + i + "." + REPAIR + ".review=@" + session.outside().resolve(review));
      }
    }
    require(
        all.size() > sets.size(),
        "--review must stand with a recipe that has a step " + REPAIR + "; found: none");
    return all;
  }

  /** Returns the options of a run of the recipe in {@code file}. */
  RunOptions options(Session session, Path file) {
    RunOptions standard = RunOptions.in(session.workspaceBeside(file));
    require(limit == null || limit >= 1, "--limit must be >= 1 (samples); found: " + limit);
    require(
        threads == null || (threads >= 1 && threads <= MOST_THREADS),
        "--threads must be from 1 to " + MOST_THREADS + "; found: " + threads);
    require(
        price == null || (price >= 0 && Double.isFinite(price)),
        "--cpu-hour-price must be >= 0 (per hour); found: " + price);
    RunOptions options =
        new RunOptions(
            standard.workspace(),
            threads == null ? standard.threads() : threads,
            memory == null ? standard.memoryBytes() : Amounts.size("--memory", memory),
            limit == null ? OptionalLong.empty() : OptionalLong.of(limit),
            session.messages().locale(),
            session.secrets(folder(file)),
            price == null ? OptionalDouble.empty() : OptionalDouble.of(price));
    return options.withLog(session.options().log());
  }

  /** Paths in a recipe are relative to it. */
  private static Path folder(Path recipe) {
    Path parent = recipe.toAbsolutePath().getParent();
    return parent == null ? recipe : parent;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new UsageException(message);
    }
  }
}
