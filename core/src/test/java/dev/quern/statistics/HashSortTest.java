package dev.quern.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HashSortTest {
  @Test
  void sortsHashesThatLieEvenly() {
    check(value -> value);
  }

  @Test
  void sortsHashesThatCrowdInOnePlace() {
    check(value -> value >>> 50);
    check(value -> value % 7 == 0 ? value : 1000 + (value & 0xffff));
  }

  @Test
  void sortsFromTheLeastToTheGreatestLong() {
    check(value -> value % 3 == 0 ? Long.MIN_VALUE : value % 3 == 1 ? Long.MAX_VALUE : value);
  }

  @Test
  void sortsPowersOfTwo() {
    check(value -> Long.MIN_VALUE >> (value & 63));
  }

  @Test
  void leavesWhatIsBehindTheSizeAsItIs() {
    long[] hashes = {3, 1, 2, -5};
    long[] beside = {30, 10, 20, -50};
    HashSort.sort(hashes, beside, 3);
    assertThat(hashes).containsExactly(1, 2, 3, -5);
    assertThat(beside).containsExactly(10, 20, 30, -50);
  }

  /** Against the JDK's stable sort; equal hashes keep the order of the numbers beside them. */
  private static void check(LongUnaryOperator shape) {
    SplittableRandom random = new SplittableRandom(7);
    for (int size : new int[] {0, 1, 2, 31, 32, 33, 100, 4096, 5000}) {
      long[] hashes = random.longs(size).map(shape).toArray();
      long[] before = hashes.clone();
      long[] beside = IntStream.range(0, size).asLongStream().toArray();
      HashSort.sort(hashes, beside, size);
      long[] expected =
          Arrays.stream(IntStream.range(0, size).boxed().toArray(Integer[]::new))
              .sorted(Comparator.comparingLong(i -> before[i]))
              .mapToLong(Integer::longValue)
              .toArray();
      assertThat(beside).containsExactly(expected);
      assertThat(hashes)
          .containsExactly(Arrays.stream(expected).map(i -> before[(int) i]).toArray());
    }
  }
}
