package dev.quern.testkit;

import dev.quern.engine.EngineProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;

/** Spark within the process of tests: master, workers and driver in one, two tasks at a time. */
public final class TestSpark {
  private TestSpark() {}

  /** How much is compared, {@code quern.parity}: a smoke in the build, the whole in CI. */
  public static boolean isWhole() {
    return System.getProperty("quern.parity", "smoke").equals("whole");
  }

  /** Returns what opens the engine, having started Spark once. */
  public static EngineProvider start() {
    try {
      Path scratch = Files.createTempDirectory("quern-spark");
      SparkContext.getOrCreate(
          new SparkConf()
              .setMaster("local[2]")
              .setAppName("parity")
              .set("spark.ui.enabled", "false")
              .set("spark.driver.host", "127.0.0.1")
              .set("spark.driver.bindAddress", "127.0.0.1")
              .set("spark.local.dir", scratch.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ServiceLoader.load(EngineProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals("spark"))
        .findFirst()
        .orElseThrow();
  }
}
