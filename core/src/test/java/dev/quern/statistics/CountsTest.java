package dev.quern.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Hash128;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CountsTest {

  @Test
  void textCountsAreExactAndOrderedByBytes() {
    TextCounts counts = new TextCounts();
    TreeMap<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < 10_000; i++) {
      String text = "v" + (i * 7919 % 1013);
      counts.add(text);
      expected.merge(text, 1L, Long::sum);
    }
    TreeMap<String, Long> found = new TreeMap<>();
    List<String> order = new ArrayList<>();
    counts.forEach(
        (bytes, start, end, count) -> {
          String text = new String(bytes, start, end - start, UTF_8);
          found.put(text, count);
          order.add(text);
        });
    assertThat(found).isEqualTo(expected);
    assertThat(order).isSorted();
    assertThat(counts.distinct()).isEqualTo(1013);
    assertThat(counts.total()).isEqualTo(10_000);
    assertThat(counts.count("v5")).isEqualTo(expected.get("v5"));
    assertThat(counts.count("none")).isZero();
  }

  @Test
  void theTopBreaksTiesByBytes() {
    TextCounts counts = new TextCounts();
    for (String text : List.of("b", "a", "文", "b", "a", "c")) {
      counts.add(text);
    }
    List<String> top = new ArrayList<>();
    counts.top(
        3, (bytes, start, end, n) -> top.add(new String(bytes, start, end - start, UTF_8) + n));
    assertThat(top).containsExactly("a2", "b2", "c1");
  }

  @Test
  void longCountsComeInAscendingOrder() {
    LongCounts counts = new LongCounts();
    for (long value : new long[] {5, -3, Long.MIN_VALUE, 5, 0}) {
      counts.add(value);
    }
    List<String> found = new ArrayList<>();
    counts.forEach((value, count) -> found.add(value + "x" + count));
    assertThat(found).containsExactly(Long.MIN_VALUE + "x1", "-3x1", "0x1", "5x2");
  }

  @Test
  void hashCountsTellWhatOccursOnce() {
    HashCounts counts = new HashCounts();
    for (long value : new long[] {1, 2, 2, 3, 3, 3}) {
      counts.add(new Hash128().putLong(value).finish());
    }
    assertThat(counts.distinct()).isEqualTo(3);
    assertThat(counts.once()).isEqualTo(1);
    assertThat(counts.total()).isEqualTo(6);
  }

  @Test
  void distinctCountIsExactUpToItsBoundAndThenWithinThreeErrors() {
    DistinctCount count = new DistinctCount();
    for (int i = 0; i < 2 * DistinctCount.EXACT; i++) {
      count.add(new Hash128().putLong(i % DistinctCount.EXACT).finish());
    }
    assertThat(count.isExact()).isTrue();
    assertThat(count.value()).isEqualTo(DistinctCount.EXACT);
    for (int n : new int[] {5_000, 20_000, 200_000}) {
      DistinctCount many = new DistinctCount();
      for (int i = 0; i < n; i++) {
        many.add(new Hash128().putLong(i).finish());
      }
      assertThat(many.isExact()).isFalse();
      assertThat(many.value() / n).isBetween(1 - 3 * 0.0081, 1 + 3 * 0.0081);
    }
  }

  @Test
  void bottomKHoldsCompleteCountsOfASampleOfValues() {
    BottomK sample = new BottomK(50);
    for (int i = 0; i < 3_000; i++) {
      byte[] value = Integer.toString(i % 1000).getBytes(UTF_8);
      sample.add(value, 0, value.length, 1);
    }
    assertThat(sample.isComplete()).isFalse();
    assertThat(sample.size()).isEqualTo(50);
    assertThat(sample.total()).isEqualTo(3_000);
    sample.forEach((bytes, start, end, count) -> assertThat(count).isEqualTo(3));
  }

  @Test
  void bottomKIsCompleteWhileValuesFit() {
    BottomK sample = new BottomK(2);
    sample.add(new byte[] {1}, 0, 1, 4);
    sample.add(new byte[] {2}, 0, 1, 1);
    assertThat(sample.isComplete()).isTrue();
    assertThatThrownBy(() -> new BottomK(0))
        .hasMessage("capacity must be at least 1 (values); found: 0");
  }

  @Test
  void aStateOfAnotherVersionIsRefused() {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[] {9}));
    assertThatThrownBy(() -> TextCounts.read(in))
        .hasMessage("text counts: version of the state must be 1; found: 9");
  }
}
