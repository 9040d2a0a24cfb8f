package dev.quern.cli;

import dev.quern.engine.DataException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A folder of Spark: one of the user's, named by SPARK_HOME, or the one that {@code quern engine
 * install spark} has made.
 *
 * @param folder holds {@code jars/}
 * @param origin whose it is
 */
record SparkHome(Path folder, Origin origin) {
  /** The version that is installed. */
  static final String VERSION = "4.2.0";

  /** Says that all jars are there. */
  static final String COMPLETE = "complete";

  /** Whose a folder is. */
  enum Origin {
    /** Named by SPARK_HOME: a whole distribution with its scripts and settings. */
    USER,
    /** Jars alone. */
    INSTALLED
  }

  /** Returns where Spark is installed. */
  static Path place(Outside outside) {
    return outside.home().resolve(".quern").resolve("engines").resolve("spark-" + VERSION);
  }

  /**
   * Finds the folder to use.
   *
   * @throws DataException if there is none
   */
  static SparkHome find(Outside outside) {
    String named = outside.environment().getOrDefault("SPARK_HOME", "");
    if (!named.isEmpty()) {
      Path folder = outside.resolve(Path.of(named));
      if (!Files.isDirectory(folder.resolve("jars"))) {
        throw new DataException(
            "engine_missing",
            "SPARK_HOME must be a folder of Spark with jars/; found: "
                + named
                + "; correct it, or unset it to use the one of quern engine install spark");
      }
      return new SparkHome(folder, Origin.USER);
    }
    Path installed = place(outside);
    if (!Files.exists(installed.resolve(COMPLETE))) {
      throw new DataException(
          "engine_missing",
          "Spark must be on this machine; found: none; install it with quern engine install spark,"
              + " or name a folder of it in SPARK_HOME");
    }
    return new SparkHome(installed, Origin.INSTALLED);
  }

  /** Returns the jars, sorted by name. */
  List<Path> jars() throws IOException {
    return jars(folder.resolve("jars"));
  }

  /** Returns the jars in {@code folder}, sorted by name. */
  static List<Path> jars(Path folder) throws IOException {
    List<Path> jars = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      files.forEach(jars::add);
    }
    Collections.sort(jars);
    return jars;
  }
}
