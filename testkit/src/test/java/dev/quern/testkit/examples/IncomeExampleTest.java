package dev.quern.testkit.examples;

import static dev.quern.testkit.examples.ExamplesTest.number;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The income example on local copies of the official files. */
class IncomeExampleTest {
  /** Of the copy without the comment that the public test file begins with. */
  private static final String TEST_SHA256 =
      "72567b94f5c1a6f8501377dd80f93892c3848ff071cf91ba47e00b0785a28074";

  @TempDir private Path folder;

  private static Path file(String name) {
    Path data = Path.of(System.getProperty("quern.data", "../../shared/data"));
    Path file = data.resolve("tab-adult").resolve(name).toAbsolutePath().normalize();
    if (!Files.exists(file)) {
      assertThat(System.getenv("CI")).as("data must be there in CI: %s", file).isNull();
      Assumptions.abort("data are absent: " + file);
    }
    return file;
  }

  @Test
  void everyRowOfTheOfficialTestFileIsScoredAtThePublishedLevel() throws IOException {
    Path train = file("adult-train.csv");
    Path test = file("adult-test.csv");
    ExampleRun run =
        ExampleRun.of(
            "income",
            folder,
            "read.0.acquire.csv.path=" + train,
            "read.1.acquire.csv.path=" + test,
            "read.1.acquire.csv.sha256=" + TEST_SHA256);
    Expected.compare(run);
    assertThat(run.part("accounting"))
        .containsEntry("read", 48_842L)
        .containsEntry("reasons", Map.of("duplicate", 24L));
    assertThat(run.value("accuracy")).isGreaterThanOrEqualTo(0.845);
    assertThat(run.value("auc")).isGreaterThanOrEqualTo(0.900);
    assertThat(number(run.metric("accuracy"), "denominator")).isEqualTo(16_281);
    assertThat(number(run.metric("auc"), "denominator")).isEqualTo(16_281);
    List<Map<String, @Nullable Object>> samples = run.samples();
    assertThat(samples.stream().filter(s -> "test".equals(s.get("_split")))).hasSize(16_281);
    assertThat(samples).allMatch(s -> s.get("workclass") != null && s.get("occupation") != null);
    assertThat(samples.stream().map(s -> String.valueOf(s.get("income"))).distinct())
        .containsExactlyInAnyOrder("<=50K", ">50K");
  }
}
