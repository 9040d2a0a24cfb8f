package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.operator.Grouper;
import dev.quern.trial.Tried;
import java.time.Instant;
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
