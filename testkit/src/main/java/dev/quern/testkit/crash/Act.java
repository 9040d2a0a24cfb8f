package dev.quern.testkit.crash;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A recipe that is run and killed.
 *
 * @param name of the recipe and its file without {@code .yaml}
 * @param dataset what it writes
 * @param model what it trains
 */
record Act(String name, String dataset, Optional<String> model) {
  /** The seed of earlier versions; the runs that are killed have the recipe's own. */
  static final String EARLIER = "seed=1";

  /** How a run is executed; what it computes does not depend on it. */
  record Way(int threads, String memory) {
    /** So little memory that every shuffle spills more than one run per task. */
    static final Way USUAL = new Way(2, "1m");
  }

  /** Returns whether a run that goes so comes to {@code phase}. */
  boolean has(KillPhase phase, Timeline timeline) {
    return phase == KillPhase.MODEL ? model.isPresent() : timeline.has(phase);
  }

  /** Returns the command line of a run in {@code workspace}. */
  List<String> run(Path workspace, Way way, String... sets) {
    List<String> arguments =
        new ArrayList<>(List.of("run", name + ".yaml", "--workspace", workspace.toString()));
    arguments.addAll(List.of("--threads", Integer.toString(way.threads())));
    arguments.addAll(List.of("--memory", way.memory(), "--progress", "none", "--quiet"));
    for (String set : sets) {
      arguments.addAll(List.of("--set", set));
    }
    return arguments;
  }

  /** Three sources, a shuffle before two fits, a linear model. */
  static final Act ORDERS = new Act("orders", "orders", Optional.of("orders"));

  /** A version of another recipe and a Parquet file joined, samples connected, a perceptron. */
  static final Act BASKETS = new Act("baskets", "baskets", Optional.of("baskets"));

  /** Everything in one pass, with what was dropped kept; no version before, no model. */
  static final Act NOTES = new Act("notes", "notes", Optional.empty());

  static List<Act> all() {
    return List.of(ORDERS, BASKETS, NOTES);
  }

  /** Returns the text of the recipe {@code name}. */
  static String text(String name) throws IOException {
    try (InputStream in = Act.class.getResourceAsStream(name + ".yaml")) {
      if (in == null) {
        throw new IllegalArgumentException("recipe must be beside the class; found: none");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
