package dev.quern.cli;

import dev.quern.run.RunOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where a command does its work. */
final class EngineOptions {
  @Option(names = "--engine", paramLabel = "ENGINE", descriptionKey = "engine")
  String engine = "local";

  @Option(names = "--spark-conf", paramLabel = "NAME=VALUE", descriptionKey = "spark-conf")
  List<String> settings = new ArrayList<>();

  /** Returns the engine that was chosen. */
  EngineChoice choice() {
    EngineChoice choice = EngineChoice.of(engine);
    if (!choice.isSpark() && !settings.isEmpty()) {
      throw new UsageException("--spark-conf must come with --engine spark; found: " + engine);
    }
    return choice;
  }

  /** Returns whether another process must do the work, because this one has no such engine. */
  boolean isElsewhere() {
    return choice().isSpark() && !SparkLaunch.isInside();
  }

  /** Does the command of {@code session} where it must be done and returns its exit code. */
  int run(Session session, RunOptions options) throws IOException, InterruptedException {
    return new SparkLaunch(session, choice(), options.workspace())
        .run(inside(session.arguments()), options.threads(), settings);
  }

  /** Returns {@code arguments} as Spark's process gets them: it has master and settings already. */
  static List<String> inside(List<String> arguments) {
    List<String> inside = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("--engine") || word.equals("--spark-conf")) {
        i++;
      } else if (!word.startsWith("--engine=") && !word.startsWith("--spark-conf=")) {
        inside.add(word);
      }
    }
    inside.add("--engine=spark");
    return inside;
  }
}
