package dev.quern.cli;

import dev.quern.text.Suggestion;
import java.util.List;
import java.util.Optional;

/**
 * The engine of a run, as written: {@code local}, {@code spark} or {@code spark:MASTER}.
 *
 * @param name local or spark
 * @param master of Spark, as spark-submit takes it, if one was named
 */
record EngineChoice(String name, Optional<String> master) {
  /** The engine of one process. */
  static final EngineChoice LOCAL = new EngineChoice("local", Optional.empty());

  /**
   * Reads what is written.
   *
   * @throws UsageException if it is no engine
   */
  static EngineChoice of(String written) {
    int colon = written.indexOf(':');
    String name = colon < 0 ? written : written.substring(0, colon);
    if (!List.of("local", "spark").contains(name)) {
      throw unknown(written + Suggestion.of(name, List.of("local", "spark")));
    }
    if (colon < 0) {
      return new EngineChoice(name, Optional.empty());
    }
    String master = written.substring(colon + 1);
    boolean known =
        master.equals("local")
            || master.equals("yarn")
            || (master.startsWith("local[") && master.endsWith("]"))
            || (master.startsWith("spark://") && master.length() > "spark://".length())
            || (master.startsWith("k8s://") && master.length() > "k8s://".length());
    if (name.equals("local") || !known) {
      throw unknown(written);
    }
    return new EngineChoice(name, Optional.of(master));
  }

  private static UsageException unknown(String found) {
    return new UsageException(
        "--engine must be local, spark, or spark:MASTER with local[N], spark://HOST:PORT, yarn or"
            + " k8s://ADDRESS; found: "
            + found);
  }

  boolean isSpark() {
    return name.equals("spark");
  }
}
