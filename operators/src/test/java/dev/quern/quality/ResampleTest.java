package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.operator.Grouper;
import dev.quern.trial.Tried;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResampleTest {
  private static final Schema SCHEMA =
      Tried.schema("t", Type.TIMESTAMP, "x", Type.DOUBLE, "n", Type.LONG, "s", Type.TEXT);

  private final Batch batch =
      Tried.batch(
          SCHEMA,
          row("2024-01-01T00:05:00Z", 1.0, 5L, "a"),
          row("2024-01-01T00:55:00Z", 2.0, null, null),
          row("2024-01-01T01:00:00Z", null, 7L, "c"),
          row("2024-01-01T04:10:00Z", 9.0, 8L, "d"));

  @Test
  void everyStepBecomesOneSample() {
    Tried tried = resampled(batch, "every", "1h");
    assertThat(tried.rows)
        .containsExactlyInAnyOrder(
            Arrays.asList(Instant.parse("2024-01-01T00:00:00Z"), 1.5, 5.0, "a"),
            Arrays.asList(Instant.parse("2024-01-01T01:00:00Z"), null, 7.0, "c"),
            Arrays.asList(Instant.parse("2024-01-01T04:00:00Z"), 9.0, 8.0, "d"));
    assertThat(tried.merged).isEqualTo(4);
  }

  @Test
  void fieldsHaveAggregatesOfTheirOwn() {
    Map<String, String> fields = Map.of("x", "sum", "n", "max", "s", "last");
    Tried tried = resampled(batch, "every", "1d", "fields", fields);
    assertThat(tried.rows)
        .containsExactly(Arrays.asList(Instant.parse("2024-01-01T00:00:00Z"), 12.0, 8L, "d"));
    Tried counts = resampled(batch, "every", "1d", "aggregate", "count");
    assertThat(counts.rows.get(0).subList(1, 3)).containsExactly(3L, 3L);
    Tried least = resampled(batch, "every", "1d", "aggregate", "min");
    assertThat(least.rows.get(0).subList(1, 3)).containsExactly(1.0, 5L);
  }

  @Test
  void emptyStepsAreFilledUpToALimit() {
    Tried filled = resampled(batch, "every", "1h", "empty", "fill");
    // One split for each sample that came out.
    assertThat(filled.splits).hasSize(5);
    assertThat(resampled(batch, "every", "1h", "empty", "fill", "max_fill", 1L).splits).hasSize(3);
  }

  @Test
  void timesAtTheEndsOfAllLongsNeitherOverflowNorAreFilled() {
    Schema schema = Tried.schema("t", Type.LONG, "x", Type.DOUBLE);
    Batch ends =
        Tried.batch(schema, new Object[] {Long.MIN_VALUE, 1.0}, new Object[] {Long.MAX_VALUE, 2.0});
    Tried tried = resampled(ends, "every", "10", "empty", "fill");
    assertThat(tried.rows)
        .containsExactly(
            Arrays.asList(Long.MIN_VALUE, 1.0), Arrays.asList(Long.MAX_VALUE / 10 * 10, 2.0));
    assertThat(resampled(ends, "every", "1", "empty", "fill").splits).hasSize(2);
  }

  @Test
  void samplesOfTwoSplitsNeverMeet() {
    Batch split = Tried.in(batch, Split.TRAIN, Split.TEST);
    assertThat(resampled(split, "every", "1d").rows).hasSize(2);
  }

  @Test
  void aSampleWithoutATimeGoesToQuarantine() {
    Batch untimed = Tried.batch(SCHEMA, new @Nullable Object[][] {{null, 1.0, 1L, "a"}});
    assertThat(resampled(untimed, "every", "1h").quarantined)
        .containsExactly("0 t must be a time; found: missing_time");
  }

  @Test
  void refusesStepsAndAggregatesThatDoNotFit() {
    assertThatThrownBy(() -> operator("every", "5 minutes"))
        .hasMessageContaining("must be a whole number with a unit (us, ms, s, m, h, d, w)");
    assertThatThrownBy(() -> operator("every", "5").output(List.of(SCHEMA)))
        .hasMessageContaining("must be a span that the time field can hold");
    assertThatThrownBy(
            () -> operator("every", "5m", "fields", Map.of("s", "mean")).output(List.of(SCHEMA)))
        .hasMessage("must aggregate numbers by mean, sum, min or max; found: mean for s, text");
  }

  @Test
  void fiveYearsOfHoursBecomeTheirDays() throws IOException {
    Path data =
        Path.of(
            System.getProperty("quern.data", "../../shared/data"), "ts-pollution", "pollution.csv");
    if (!"true".equals(System.getenv("CI"))) {
      assumeThat(data).as("data of tests, property quern.data").isRegularFile();
    }
    List<Object[]> rows = new ArrayList<>();
    double sum = 0;
    for (String line : Files.readAllLines(data).subList(1, 43_825)) {
      String[] cells = line.split(",");
      String day = String.format("%s-%02d-%02d", cells[1], number(cells[2]), number(cells[3]));
      String time = String.format("%sT%02d:00:00Z", day, number(cells[4]));
      sum += Double.parseDouble(cells[7]);
      rows.add(row(time, Double.parseDouble(cells[7]), null, cells[5].equals("NA") ? null : "pm"));
    }
    Batch hours = Tried.batch(SCHEMA, rows.toArray(Object[][]::new));
    Tried days = resampled(hours, "every", "1d", "fields", Map.of("s", "count"));
    assertThat(days.rows).hasSize(1826);
    double mean = days.rows.stream().mapToDouble(day -> (Double) day.get(1)).average().orElse(0);
    assertThat(mean).isCloseTo(sum / 43_824, within(1e-9));
    // 2,067 of the hours have no measurement of particles.
    assertThat(days.rows.stream().mapToLong(day -> (Long) day.get(3)).sum()).isEqualTo(41_757);
  }

  private static int number(String text) {
    return Integer.parseInt(text);
  }

  private static Tried resampled(Batch batch, Object... params) {
    Grouper resample = operator(params);
    return Tried.group(resample, resample.output(List.of(batch.schema())), batch);
  }

  private static @Nullable Object[] row(
      String time, @Nullable Double x, @Nullable Long n, @Nullable String s) {
    return new @Nullable Object[] {Instant.parse(time), x, n, s};
  }

  private static Grouper operator(Object... params) {
    Object[] all = new Object[params.length + 2];
    all[0] = "time";
    all[1] = "t";
    System.arraycopy(params, 0, all, 2, params.length);
    return Tried.operator(Grouper.class, Resample.SPEC, all);
  }
}
