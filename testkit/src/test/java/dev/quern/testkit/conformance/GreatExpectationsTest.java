package dev.quern.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.operator.Registry;
import dev.quern.testkit.e2e.TestData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Checks say of data what Great Expectations says of them: each of its test cases that checks have
 * words for is put to the check reader, the analyzers and the checks, and what comes out is
 * compared with success, observed value and number of unexpected values.
 */
class GreatExpectationsTest {
  private static final Registry REGISTRY =
      Registry.load(GreatExpectationsTest.class.getClassLoader());

  @Test
  void checksSayWhatGreatExpectationsSays() throws IOException {
    Path folder = TestData.folder("fixtures-gx");
    List<Outcome> outcomes = outcomes(Fixtures.read(folder, Fixtures.PANDAS, "expect"));
    List<Outcome> alike = outcomes(Fixtures.read(folder, "postgresql", "like_pattern"));
    String page = ConformancePage.of(outcomes, alike);
    Path file = Path.of(System.getProperty("quern.root"), "docs/conformance-gx.md");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(file, page, StandardCharsets.UTF_8);
    }
    assertThat(Files.exists(file) ? Files.readString(file) : "")
        .as("docs/conformance-gx.md tells what the cases say; -Dgolden.update=true rewrites it")
        .isEqualTo(page);
    long expressed = outcomes.stream().filter(Outcome::isExpressed).count();
    long agreeing = outcomes.stream().filter(Outcome::agrees).count();
    assertThat(outcomes).hasSize(541);
    assertThat(alike).hasSizeGreaterThan(20);
    assertThat(alike)
        .allMatch(outcome -> outcome.agrees() || outcome.reason().startsWith("nothing to measure"));
  }

  private static List<Outcome> outcomes(List<Fixtures.Case> cases) {
    return cases.stream().map(one -> Outcome.of(one, REGISTRY)).toList();
  }
}
