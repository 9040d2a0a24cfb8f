package dev.quern.bench.whole;

import dev.quern.engine.ProcessUse;
import dev.quern.operator.Registry;
import dev.quern.run.Plan;
import dev.quern.run.Planner;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A recipe again and again in one JVM, each time from nothing: {@code WarmRuns RECIPE WORKSPACE
 * RUNS}. Prints the CPU-seconds (user + system, of the process) and wall seconds of each run.
 */
public final class WarmRuns {
  private WarmRuns() {}

  /** Runs the recipe. */
  public static void main(String[] arguments) throws Exception {
    Registry registry = Registry.load(WarmRuns.class.getClassLoader());
    Path workspace = Path.of(arguments[1]);
    for (int run = 1; run <= Integer.parseInt(arguments[2]); run++) {
      delete(workspace);
      System.gc();
      long cpu = ProcessUse.cpuNanos();
      long wall = System.nanoTime();
      RunOptions options = RunOptions.in(workspace);
      Plan plan = Planner.plan(registry, Path.of(arguments[0]), List.of(), options);
      RunResult result = Run.execute(plan, options, RunListener.NONE);
      System.out.printf(
          Locale.ROOT,
          "run %d: CPU %.2f s, wall %.2f s, %s%n",
          run,
          (ProcessUse.cpuNanos() - cpu) / 1e9,
          (System.nanoTime() - wall) / 1e9,
          result.status());
    }
  }

  static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
