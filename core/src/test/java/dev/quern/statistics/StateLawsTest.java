package dev.quern.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Hash128;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every statistic is a commutative monoid whose written state tells the values alone. */
class StateLawsTest {

  private interface WriteState<S> {
    void write(S state, DataOutput out) throws IOException;
  }

  private interface ReadState<S> {
    S read(DataInput in) throws IOException;
  }

  private record Kind<S>(
      String name,
      Supplier<S> zero,
      BiConsumer<S, Double> add,
      BiConsumer<S, S> merge,
      WriteState<S> write,
      ReadState<S> read) {

    S of(List<Double> values) {
      S state = zero.get();
      values.forEach(value -> add.accept(state, value));
      return state;
    }

    S merged(S one, S other) {
      merge.accept(one, other);
      return one;
    }

    byte[] bytes(S state) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write.write(state, new DataOutputStream(bytes));
        return bytes.toByteArray();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    S copy(S state) {
      try {
        return read.read(new DataInputStream(new ByteArrayInputStream(bytes(state))));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static List<Kind<?>> kinds() {
    return List.of(
        new Kind<>(
            "exact sum",
            ExactSum::new,
            (s, v) -> s.add(v.doubleValue()),
            ExactSum::merge,
            ExactSum::write,
            ExactSum::read),
        new Kind<>(
            "moments", Moments::new, Moments::add, Moments::merge, Moments::write, Moments::read),
        new Kind<>(
            "extrema",
            Extrema::new,
            (s, v) -> s.add(OrderedBits.of(v)),
            Extrema::merge,
            Extrema::write,
            Extrema::read),
        new Kind<>(
            "long counts",
            LongCounts::new,
            (s, v) -> s.add(OrderedBits.of(v)),
            LongCounts::merge,
            LongCounts::write,
            LongCounts::read),
        new Kind<>(
            "text counts",
            TextCounts::new,
            (s, v) -> s.add(Double.toString(v)),
            TextCounts::merge,
            TextCounts::write,
            TextCounts::read),
        new Kind<>(
            "hash counts",
            HashCounts::new,
            (s, v) -> s.add(hash(v)),
            HashCounts::merge,
            HashCounts::write,
            HashCounts::read),
        new Kind<>(
            "exact quantiles",
            ExactQuantiles::new,
            (s, v) -> s.add(OrderedBits.of(v)),
            ExactQuantiles::merge,
            ExactQuantiles::write,
            ExactQuantiles::read),
        new Kind<>(
            "log histogram",
            LogHistogram::new,
            LogHistogram::add,
            LogHistogram::merge,
            LogHistogram::write,
            LogHistogram::read),
        new Kind<>(
            "bottom k",
            () -> new BottomK(20),
            (s, v) -> s.add(bytes(v), 0, 8, 1),
            BottomK::merge,
            BottomK::write,
            BottomK::read),
        new Kind<>(
            "smallest hashes",
            () -> new SmallestHashes(20),
            (s, v) -> s.add(hash(v).high()),
            SmallestHashes::merge,
            SmallestHashes::write,
            SmallestHashes::read),
        new Kind<>(
            "distinct count",
            DistinctCount::new,
            (s, v) -> s.add(hash(v)),
            DistinctCount::merge,
            DistinctCount::write,
            DistinctCount::read));
  }

  @TestFactory
  Stream<DynamicTest> theOrderOfValuesDoesNotMatter() {
    return tests(StateLawsTest::order);
  }

  @TestFactory
  Stream<DynamicTest> partsMergedInAnyOrderAndShapeEqualTheWhole() {
    return tests(StateLawsTest::parts);
  }

  @TestFactory
  Stream<DynamicTest> nothingIsNeutral() {
    return tests(StateLawsTest::neutral);
  }

  @TestFactory
  Stream<DynamicTest> aStateThatWasWrittenGoesOnAsItWas() {
    return tests(StateLawsTest::roundTrip);
  }

  @TestFactory
  Stream<DynamicTest> otherValuesGiveAnotherState() {
    return tests(StateLawsTest::tells);
  }

  private interface Law {
    void hold(Kind<?> kind, List<Double> values, Random random);
  }

  private static Stream<DynamicTest> tests(Law law) {
    List<DynamicTest> tests = new ArrayList<>();
    for (Kind<?> kind : kinds()) {
      for (int size : new int[] {0, 1, 30, 20_000}) {
        tests.add(
            DynamicTest.dynamicTest(
                kind.name() + " of " + size,
                () -> {
                  Random random = new Random(size);
                  law.hold(kind, values(size, random), random);
                }));
      }
    }
    return tests.stream();
  }

  private static <S> void order(Kind<S> kind, List<Double> values, Random random) {
    List<Double> shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, random);
    assertThat(kind.bytes(kind.of(shuffled))).isEqualTo(kind.bytes(kind.of(values)));
  }

  private static <S> void parts(Kind<S> kind, List<Double> values, Random random) {
    int a = values.isEmpty() ? 0 : random.nextInt(values.size());
    int b = a + (values.size() - a) / 2;
    Supplier<S> first = () -> kind.of(values.subList(0, a));
    Supplier<S> second = () -> kind.of(values.subList(a, b));
    Supplier<S> third = () -> kind.of(values.subList(b, values.size()));
    byte[] whole = kind.bytes(kind.of(values));
    assertThat(kind.bytes(kind.merged(kind.merged(first.get(), second.get()), third.get())))
        .isEqualTo(whole);
    assertThat(kind.bytes(kind.merged(first.get(), kind.merged(second.get(), third.get()))))
        .isEqualTo(whole);
    assertThat(kind.bytes(kind.merged(third.get(), kind.merged(first.get(), second.get()))))
        .isEqualTo(whole);
  }

  private static <S> void neutral(Kind<S> kind, List<Double> values, Random random) {
    byte[] whole = kind.bytes(kind.of(values));
    assertThat(kind.bytes(kind.merged(kind.of(values), kind.zero().get()))).isEqualTo(whole);
    assertThat(kind.bytes(kind.merged(kind.zero().get(), kind.of(values)))).isEqualTo(whole);
  }

  private static <S> void roundTrip(Kind<S> kind, List<Double> values, Random random) {
    S state = kind.of(values);
    S copy = kind.copy(state);
    assertThat(kind.bytes(copy)).isEqualTo(kind.bytes(state));
    List<Double> more = values(100, random);
    more.forEach(value -> kind.add().accept(state, value));
    more.forEach(value -> kind.add().accept(copy, value));
    assertThat(kind.bytes(copy)).isEqualTo(kind.bytes(state));
  }

  private static <S> void tells(Kind<S> kind, List<Double> values, Random random) {
    S more = kind.of(values);
    if (kind.name().equals("distinct count") || kind.name().equals("bottom k")) {
      // Only a sample of the values reaches these states.
      values(5_000, random).forEach(value -> kind.add().accept(more, value));
    } else {
      kind.add().accept(more, 17.25);
    }
    assertThat(kind.bytes(more)).isNotEqualTo(kind.bytes(kind.of(values)));
  }

  /** Of all magnitudes, many of them several times. */
  private static List<Double> values(int size, Random random) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double value =
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(50);
            case 1 -> random.nextGaussian() * 1e-200;
            case 2 -> -random.nextDouble() * 1e150;
            default -> random.nextGaussian();
          };
      values.add(value);
    }
    return values;
  }

  private static Hash128 hash(double value) {
    return new Hash128().putLong(Double.doubleToLongBits(value + 0.0)).finish();
  }

  private static byte[] bytes(double value) {
    return ByteBuffer.allocate(8).putDouble(value + 0.0).array();
  }
}
