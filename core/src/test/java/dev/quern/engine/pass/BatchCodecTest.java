package dev.quern.engine.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Digest;
import dev.quern.data.Field;
import dev.quern.data.Nulls;
import dev.quern.data.Schema;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCodecTest {
  private static final Schema PARTS =
      Schema.of(Field.of("a", Type.LONG), Field.of("b", Type.list(Type.TEXT)));
  private static final Schema ALL =
      Schema.of(
          Field.of("text", Type.TEXT),
          Field.of("long", Type.LONG),
          Field.of("double", Type.DOUBLE),
          Field.of("float", Type.FLOAT),
          Field.of("decimal", Type.decimal(38, 3)),
          Field.of("bool", Type.BOOL),
          Field.of("timestamp", Type.TIMESTAMP),
          Field.of("date", Type.DATE),
          Field.of("bytes", Type.BYTES),
          Field.of("list", Type.list(Type.list(Type.LONG))),
          Field.of("struct", Type.struct(PARTS)),
          Field.of("structs", Type.list(Type.struct(PARTS))));

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void everyTypeComesBackAsItWas(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = random.nextInt(1, 300);
    Batch batch = batch(rows, random);
    int[] selected = random.ints(0, rows).limit(rows / 2).sorted().distinct().toArray();
    assertSame(batch);
    assertSame(batch.select(selected, selected.length));
    assertSame(batch.select(selected, 0));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {6, 7, 8})
  void samplesOfSeveralBatchesComeBackAsOneBatch(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Batch> batches = List.of(batch(80, random), batch(1, random), batch(40, random));
    ScatteredRows rows = new ScatteredRows(ALL, new BatchCodec());
    // The room is used again, also for fewer.
    for (int count : new int[] {150, 3, 0}) {
      BatchBuilder builder = new BatchBuilder(ALL);
      for (int i = 0; i < count; i++) {
        Batch batch = batches.get(random.nextInt(3));
        int row = random.nextInt(batch.rows());
        rows.add(batch, row);
        builder.append(batch, row);
      }
      ByteSpace scattered = new ByteSpace();
      rows.encode(scattered);
      ByteSpace together = new ByteSpace();
      new BatchCodec().encode(builder.build(), together);
      assertThat(Arrays.copyOf(scattered.bytes(), scattered.at()))
          .isEqualTo(Arrays.copyOf(together.bytes(), together.at()));
    }
  }

  private static Batch batch(int rows, SplittableRandom random) {
    BatchBuilder builder = new BatchBuilder(ALL);
    for (int row = 0; row < rows; row++) {
      builder
          .keys()
          .append(
              random.nextLong(),
              random.nextLong(),
              random.nextInt(3),
              row,
              random.nextInt(2),
              (byte) random.nextInt(4));
      for (int i = 0; i < ALL.size(); i++) {
        builder.column(i).appendValue(value(ALL.field(i).type(), random));
      }
    }
    return builder.build();
  }

  private static void assertSame(Batch batch) {
    BatchCodec codec = new BatchCodec();
    ByteSpace space = new ByteSpace();
    codec.encode(batch, space);
    Batch back =
        codec.decode(batch.schema(), new ByteSpace(Arrays.copyOf(space.bytes(), space.at())));
    assertThat(back.rows()).isEqualTo(batch.count());
    for (int i = 0; i < batch.count(); i++) {
      assertThat(back.keys().id(i)).isEqualTo(batch.keys().id(batch.row(i)));
      assertThat(back.keys().compareRank(i, batch.keys(), batch.row(i))).isZero();
      assertThat(back.keys().split(i)).isEqualTo(batch.keys().split(batch.row(i)));
      for (int c = 0; c < batch.schema().size(); c++) {
        assertThat(back.column(c).valueAt(i)).isEqualTo(batch.column(c).valueAt(batch.row(i)));
      }
    }
    Digest one = new Digest();
    one.add(batch);
    Digest other = new Digest();
    other.add(back);
    assertThat(other.of(batch.schema())).isEqualTo(one.of(batch.schema()));
    assertThat(codec.weight(back)).isEqualTo(codec.weight(batch));
  }

  private static Object value(Type type, SplittableRandom random) {
    if (random.nextInt(6) == 0) {
      return null;
    }
    return switch (type.kind()) {
      case TEXT ->
          List.of("", "a", "Grüße", "数据", "🙂 e\u0301", "x".repeat(70)).get(random.nextInt(6));
      case LONG ->
          List.of(0L, Long.MAX_VALUE, Long.MIN_VALUE, -1L, 300L, 1L << 40).get(random.nextInt(6));
      case DOUBLE ->
          List.of(0.0, -0.0, Double.NaN, 1e300, -3.5, Double.NEGATIVE_INFINITY)
              .get(random.nextInt(6));
      case FLOAT -> List.of(0.0f, -0.0f, Float.NaN, 1.5f).get(random.nextInt(4));
      case DECIMAL ->
          new BigDecimal(new BigInteger(120, new java.util.Random(random.nextLong())), 3)
              .multiply(BigDecimal.valueOf(random.nextBoolean() ? 1 : -1));
      case BOOL -> random.nextBoolean();
      case TIMESTAMP -> Instant.EPOCH.plusSeconds(random.nextInt(-1000, 2_000_000_000));
      case DATE -> LocalDate.ofEpochDay(random.nextInt(-1000, 30_000));
      case BYTES -> new byte[] {(byte) random.nextInt(), 0, -1};
      case LIST -> {
        List<Object> list = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
          list.add(value(((Type.ListOf) type).element(), random));
        }
        yield list;
      }
      case STRUCT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Field field : ((Type.Struct) type).schema().fields()) {
          map.put(field.name(), value(field.type(), random));
        }
        yield map;
      }
    };
  }

  @Test
  void dictionariesStayDictionariesUnlessFewRowsUseThem() {
    BatchBuilder words = new BatchBuilder(Schema.of(Field.of("word", Type.TEXT)));
    for (String word : List.of("red", "green", "blue")) {
      words.keys().append(1, 2, 3, 4, 0, (byte) 0);
      words.column(0).appendText(word);
    }
    TextColumn dictionary = (TextColumn) words.build().column(0);
    Nulls.Builder nulls = new Nulls.Builder();
    nulls.set(4);
    Column column = new DictionaryColumn(dictionary, new int[] {2, 0, 2, 1, -1}, 5, nulls.build());
    dev.quern.data.Keys.Builder keys = new dev.quern.data.Keys.Builder();
    for (int i = 0; i < 5; i++) {
      keys.append(i, i, 0, i, 0, (byte) 1);
    }
    Batch batch = Batch.of(Schema.of(Field.of("word", Type.TEXT)), List.of(column), keys.build());
    assertSame(batch);
    assertSame(batch.select(new int[] {1, 4}, 2));
    ByteSpace space = new ByteSpace();
    new BatchCodec().encode(batch, space);
    Batch back = new BatchCodec().decode(batch.schema(), new ByteSpace(space.bytes()));
    assertThat(back.column(0)).isInstanceOf(DictionaryColumn.class);
  }
}
