package dev.quern.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Intervals, and counts whose resolution follows from the data. */
class BoundsTest {
  @Test
  void wilsonsIntervalIsThatOfTheTables() {
    // Newcombe 1998, table I: 81 of 263 gives 0.2553 to 0.3662; 0 of 20 gives 0 to 0.1611.
    Interval interval = Interval.wilson(81, 263);
    assertThat(interval.low()).isCloseTo(0.2553, within(5e-5));
    assertThat(interval.high()).isCloseTo(0.3662, within(5e-5));
    assertThat(Interval.wilson(0, 20).low()).isZero();
    assertThat(Interval.wilson(0, 20).high()).isCloseTo(0.1611, within(5e-5));
    assertThat(Interval.wilson(20, 20).high()).isEqualTo(1);
  }

  @Test
  void anIntervalOfNothingIsRefused() {
    assertThatThrownBy(() -> Interval.wilson(0, 0))
        .hasMessage("successes must be in [0, trials] of at least one trial; found: 0.0 of 0.0");
    assertThatThrownBy(() -> new Interval(1, 0))
        .hasMessage("lower bound must be <= upper bound; found: 1.0, 0.0");
  }

  @Test
  void fewValuesAreKnownExactly() {
    CoarseCounts counts = new CoarseCounts();
    counts.add(-5);
    counts.add(Long.MAX_VALUE);
    counts.add(-5);
    List<String> found = new ArrayList<>();
    counts.forEach((from, to, count) -> found.add(from + " " + to + " " + count));
    assertThat(found).containsExactly("-5 -5 2", Long.MAX_VALUE + " " + Long.MAX_VALUE + " 1");
    assertThat(counts.isExact()).isTrue();
  }

  @Test
  void theResolutionDependsOnTheWholeAlone() throws IOException {
    List<Long> values = new ArrayList<>();
    Random random = new Random(7);
    for (int i = 0; i < 5 * CoarseCounts.MOST; i++) {
      values.add(i % 3 == 0 ? random.nextLong() : (long) random.nextInt());
    }
    byte[] whole = written(of(values));
    Collections.shuffle(values, random);
    for (int parts : new int[] {1, 3, 7}) {
      CoarseCounts merged = new CoarseCounts();
      for (int part = 0; part < parts; part++) {
        CoarseCounts one =
            of(values.subList(part * values.size() / parts, (part + 1) * values.size() / parts));
        merged.merge(CoarseCounts.read(in(written(one))));
      }
      assertThat(written(merged)).isEqualTo(whole);
    }
    CoarseCounts counts = CoarseCounts.read(in(whole));
    assertThat(counts.isExact()).isFalse();
    assertThat(counts.total()).isEqualTo(values.size());
    long[] inside = {0};
    long[] last = {Long.MIN_VALUE};
    counts.forEach(
        (from, to, count) -> {
          assertThat(from).isGreaterThanOrEqualTo(last[0]).isLessThanOrEqualTo(to);
          last[0] = to;
          inside[0] += count;
        });
    assertThat(inside[0]).isEqualTo(values.size());
  }

  @Test
  void pairsOfOneValueAreHandedOutTogether() {
    HashCounts counts = new HashCounts();
    counts.add(-1, 5, 2);
    counts.add(3, 9, 1);
    counts.add(-1, 4, 1);
    counts.add(3, 9, 1);
    List<String> found = new ArrayList<>();
    counts.forEach((high, low, count) -> found.add(high + " " + low + " " + count));
    assertThat(found).containsExactly("3 9 2", "-1 4 1", "-1 5 2");
    assertThat(counts.total()).isEqualTo(5);
  }

  private static CoarseCounts of(List<Long> values) {
    CoarseCounts counts = new CoarseCounts();
    values.forEach(counts::add);
    return counts;
  }

  private static byte[] written(CoarseCounts counts) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    counts.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
