package dev.quern.testkit;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Generated samples: the same seed gives the same ones. */
public final class Gen {
  /** A text that stands for what must never be told. */
  public static final String CANARY = "Kanarienvogel-7731";

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u3000\t",
          "a",
          "b",
          "b ",
          " State-gov",
          "?",
          "无",
          "数据质量",
          "e\u0301te\u0301",
          "\u05e9\u05dc\u05d5\u05dd abc",
          "👩‍👩‍👧 family 😀",
          "line\nbreak",
          "12",
          "-7.5",
          "true",
          "2024-02-30",
          "ann@example.org, 138-1234-5678",
          "4111 1111 1111 1111",
          CANARY,
          "mail " + CANARY + "@example.org",
          "long ".repeat(40));

  private static final long[] LONGS = {
    0, 1, -1, 2, 3, 3, 7, 42, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE
  };

  private static final double[] DOUBLES = {
    0.0, -0.0, 1.0, -1.0, 0.1, 0.5, 1e-300, -1e-300, Double.MIN_VALUE, 1e15, -2.5, 3.75
  };

  private final SplittableRandom random;

  /** Makes a generator. */
  public Gen(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Returns seeds for parameterised tests. */
  public static Stream<Long> seeds() {
    return LongStream.rangeClosed(1, 8).boxed();
  }

  /** Returns {@code count} samples of {@code schema}; about one value in six is missing. */
  public Batch samples(int source, Schema schema, int count) {
    List<Map<String, @Nullable Object>> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, @Nullable Object> sample = new LinkedHashMap<>();
      for (Field field : schema.fields()) {
        sample.put(field.name(), random.nextInt(6) == 0 ? null : value(field.type()));
      }
      samples.add(sample);
    }
    return JsonSamples.batch(source, schema, samples);
  }

  /** Returns a value of {@code type}. */
  public Object value(Type type) {
    return switch (type.kind()) {
      case TEXT -> text();
      case LONG -> longs();
      case DOUBLE -> doubles();
      case FLOAT -> (double) (float) (random.nextDouble() * 100);
      case DECIMAL -> BigDecimal.valueOf(random.nextInt(100));
      case BOOL -> random.nextBoolean();
      case TIMESTAMP -> Instant.ofEpochSecond(random.nextInt(1_000_000_000));
      case DATE -> LocalDate.ofEpochDay(random.nextInt(20_000));
      case BYTES -> new byte[] {(byte) random.nextInt(256), (byte) random.nextInt(256)};
      case LIST -> {
        List<Object> list = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
          list.add(value(((Type.ListOf) type).element()));
        }
        yield list;
      }
      case STRUCT -> {
        Map<String, Object> parts = new LinkedHashMap<>();
        for (Field field : ((Type.Struct) type).schema().fields()) {
          parts.put(field.name(), value(field.type()));
        }
        yield parts;
      }
    };
  }

  /** Returns a text: empty, blank, with combining marks, bidirectional, emoji, Chinese … */
  public String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  /** Returns a long: small and often repeated, or at the edges. */
  public long longs() {
    return LONGS[random.nextInt(LONGS.length)];
  }

  /** Returns a finite double: small, tiny, large, of both signs. */
  public double doubles() {
    return random.nextInt(3) == 0
        ? random.nextDouble() * 200 - 100
        : DOUBLES[random.nextInt(DOUBLES.length)];
  }

  /** Returns a number in [0, bound). */
  public int below(int bound) {
    return random.nextInt(bound);
  }
}
