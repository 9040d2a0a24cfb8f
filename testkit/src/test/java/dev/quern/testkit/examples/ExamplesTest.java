package dev.quern.testkit.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small examples, run whole. */
class ExamplesTest {
  @TempDir private Path folder;

  @Test
  void theLineIsFoundThroughTheNoise() throws IOException {
    ExampleRun run = ExampleRun.of("linear", folder);
    Expected.compare(run);
    List<Map<String, @Nullable Object>> samples = run.samples();
    assertThat(samples).hasSize(100);
    double[] best = leastSquares(samples);
    // Noise of U(0, 1) has deviation 0.289, x of U(0, 1) too: the slope of 100 points has a
    // standard error of 0.1, the intercept one of 0.058; four of them are allowed.
    assertThat(best[0]).isCloseTo(3.0, within(0.4));
    assertThat(best[1]).isCloseTo(2.5, within(0.24));
    List<Map<String, @Nullable Object>> answers =
        run.predict(List.of(Map.of("x", 0.0), Map.of("x", 1.0), Map.of("x", 0.5)));
    double intercept = number(answers.get(0), "prediction");
    double slope = number(answers.get(1), "prediction") - intercept;
    // What is left to descent in steps of ten samples at a fixed rate.
    assertThat(slope).isCloseTo(best[0], within(0.1));
    assertThat(intercept).isCloseTo(best[1], within(0.1));
    assertThat(number(answers.get(2), "prediction"))
        .isCloseTo(intercept + slope / 2, within(1e-5))
        .isCloseTo(4.0, within(0.3));
  }

  /** Returns slope and intercept of the line with the least squared error. */
  private static double[] leastSquares(List<Map<String, @Nullable Object>> samples) {
    double n = samples.size();
    double meanX = samples.stream().mapToDouble(s -> number(s, "x")).sum() / n;
    double meanY = samples.stream().mapToDouble(s -> number(s, "y")).sum() / n;
    double products = 0;
    double squares = 0;
    for (Map<String, @Nullable Object> sample : samples) {
      double x = number(sample, "x") - meanX;
      products += x * (number(sample, "y") - meanY);
      squares += x * x;
    }
    double slope = products / squares;
    return new double[] {slope, meanY - slope * meanX};
  }

  @Test
  void thePumpIsJudgedByReadingsWithHoles() throws IOException {
    ExampleRun run = ExampleRun.of("classification", folder);
    Expected.compare(run);
    Map<Long, String[]> raw = new TreeMap<>();
    for (String line : Files.readAllLines(run.folder().resolve("data/pump.csv"))) {
      String[] cells = line.split(",", -1);
      if (!cells[0].equals("minute")) {
        raw.put(Long.valueOf(cells[0]), cells);
      }
    }
    List<Map<String, @Nullable Object>> samples = run.samples();
    long lostInTrain = raw.size() - samples.size();
    long withoutPressure = raw.values().stream().filter(cells -> cells[3].isEmpty()).count();
    long keptInTest = samples.stream().filter(s -> s.get("pressure") == null).count();
    assertThat(samples.stream().filter(s -> s.get("pressure") == null))
        .allMatch(s -> "test".equals(s.get("_split")));
    assertThat(lostInTrain).isPositive().isEqualTo(withoutPressure - keptInTest);
    for (String field : List.of("temperature", "vibration", "pressure")) {
      isStandardOverTrain(samples, field);
    }
    assertThat(run.value("accuracy")).isGreaterThanOrEqualTo(0.9);
    predictsFromRaw(run, samples, raw);
  }

  /** A z-score has mean 0 and deviation 1 over what it was learnt from. */
  private static void isStandardOverTrain(
      List<Map<String, @Nullable Object>> samples, String field) {
    double[] train =
        samples.stream()
            .filter(s -> "train".equals(s.get("_split")))
            .mapToDouble(s -> number(s, field))
            .toArray();
    double sum = 0;
    double squares = 0;
    for (double value : train) {
      sum += value;
      squares += value * value;
    }
    assertThat(sum / train.length).as("mean of %s", field).isCloseTo(0, within(1e-9));
    assertThat(Math.sqrt(squares / train.length))
        .as("deviation of %s", field)
        .isCloseTo(1, within(1e-3));
  }

  /** Raw readings of the test split without holes are judged as well as the metric says. */
  private static void predictsFromRaw(
      ExampleRun run, List<Map<String, @Nullable Object>> samples, Map<Long, String[]> raw)
      throws IOException {
    List<Map<String, @Nullable Object>> asked = new ArrayList<>();
    List<String> truth = new ArrayList<>();
    for (Map<String, @Nullable Object> sample : samples) {
      String[] cells = raw.get((Long) sample.get("minute"));
      if ("test".equals(sample.get("_split")) && !List.of(cells).contains("")) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("minute", Long.valueOf(cells[0]));
        one.put("temperature", Double.valueOf(cells[1]));
        one.put("vibration", Double.valueOf(cells[2]));
        one.put("pressure", Double.valueOf(cells[3]));
        asked.add(one);
        truth.add(cells[4]);
      }
    }
    assertThat(asked).hasSizeGreaterThan(300);
    List<Map<String, @Nullable Object>> answers = run.predict(asked);
    int right = 0;
    for (int i = 0; i < answers.size(); i++) {
      right += String.valueOf(answers.get(i).get("prediction")).equals(truth.get(i)) ? 1 : 0;
    }
    // Two standard errors of a share of 330 above the metric's lower bound.
    assertThat((double) right / truth.size()).isCloseTo(run.value("accuracy"), within(0.03));
  }

  static double number(Map<String, @Nullable Object> sample, String field) {
    if (sample.get(field) instanceof Number number) {
      return number.doubleValue();
    }
    throw new AssertionError(field + " must be a number; found: another value or none");
  }
}
