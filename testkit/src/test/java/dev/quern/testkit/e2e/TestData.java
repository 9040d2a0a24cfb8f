package dev.quern.testkit.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Real data, where the machine has them: property {@code quern.data}. */
public final class TestData {
  private TestData() {}

  /** Returns the folder {@code name}; without it the test is skipped, and fails in CI. */
  public static Path folder(String name) {
    Path data = Path.of(System.getProperty("quern.data", "../../shared/data"), name);
    if (!Files.isDirectory(data) && System.getenv("CI") == null) {
      Assumptions.abort("test data are not there: " + data);
    }
    return data.toAbsolutePath().normalize();
  }
}
