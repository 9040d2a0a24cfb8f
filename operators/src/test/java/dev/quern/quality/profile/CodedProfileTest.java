package dev.quern.quality.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Codes;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.DoubleColumn;
import dev.quern.data.LongColumn;
import dev.quern.data.Schema;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.trial.Tried;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How values are stored is nothing that a profile tells. */
class CodedProfileTest {
  private static final Schema SCHEMA =
      Tried.schema(
          "few texts", Type.TEXT,
          "many texts", Type.TEXT,
          "few numbers", Type.LONG,
          "many numbers", Type.LONG,
          "measured", Type.DOUBLE,
          "priced", Type.DOUBLE,
          "at", Type.TIMESTAMP,
          "on", Type.DATE);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void valuesWithADictionaryAreProfiledAsThoseWithoutByteByByte(long seed) throws IOException {
    Random random = new Random(seed);
    // Below and above what is counted one by one.
    for (int size : new int[] {1, 70, 2_000, 12_000}) {
      Batch plain = samples(size, random);
      ProfileState expected = ProfileState.of(SCHEMA);
      expected.add(plain);
      ProfileState found = ProfileState.of(SCHEMA);
      ProfileState other = ProfileState.of(SCHEMA);
      Batch coded = coded(plain, random);
      for (int[] rows : cut(size, 5, random)) {
        // Dictionaries end and begin, and what has none lies between.
        coded = random.nextInt(3) == 0 ? coded(plain, random) : coded;
        Batch piece = random.nextInt(6) == 0 ? plain : coded;
        (random.nextBoolean() ? found : other).add(piece.select(rows, rows.length));
      }
      found.merge(other);
      assertThat(found.metrics()).isEqualTo(expected.metrics());
      assertThat(bytes(found)).isEqualTo(bytes(expected));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {7, 8})
  void wholeBatchesAreProfiledAsSelectionsOfThem(long seed) throws IOException {
    Random random = new Random(seed);
    Batch coded = coded(samples(3_000, random), random);
    ProfileState whole = ProfileState.of(SCHEMA);
    whole.add(coded);
    ProfileState parts = ProfileState.of(SCHEMA);
    for (int[] rows : cut(3_000, 3, random)) {
      parts.add(coded.select(rows, rows.length));
    }
    assertThat(bytes(parts)).isEqualTo(bytes(whole));
  }

  private static List<int[]> cut(int size, int parts, Random random) {
    int[] part = random.ints(size, 0, parts).toArray();
    List<int[]> cut = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      int number = p;
      int[] rows =
          java.util.stream.IntStream.range(0, size).filter(row -> part[row] == number).toArray();
      if (rows.length > 0) {
        cut.add(rows);
      }
    }
    return cut;
  }

  private static Batch samples(int size, Random random) {
    @Nullable Object[][] rows = new Object[size][];
    String[] words = {"red", "green", "", "N/A", " padded", "é", "12 kg", "2024-02-30"};
    double[] odd = {Double.NaN, -0.0, 0.0, Double.POSITIVE_INFINITY, 999};
    int gaps = 1 + random.nextInt(30);
    for (int i = 0; i < size; i++) {
      rows[i] =
          new @Nullable Object[] {
            words[random.nextInt(words.length)],
            "n" + random.nextInt(9_000),
            (long) random.nextInt(9) - 4,
            random.nextLong() >> random.nextInt(64),
            random.nextInt(10) == 0 ? odd[random.nextInt(5)] : random.nextGaussian(),
            random.nextInt(10) == 0 ? odd[random.nextInt(5)] : random.nextInt(40) / 4.0,
            Instant.EPOCH.plusSeconds(random.nextInt(100_000)),
            LocalDate.ofEpochDay(random.nextInt(300))
          };
      for (int field = 0; field < rows[i].length; field++) {
        rows[i][field] = random.nextInt(gaps) == 0 && gaps > 2 ? null : rows[i][field];
      }
      rows[i] = i > 0 && random.nextInt(20) == 0 ? rows[i - 1] : rows[i];
    }
    return Tried.batch(SCHEMA, rows);
  }

  /** Returns the same samples with each field stored by a dictionary of its own. */
  private static Batch coded(Batch plain, Random random) {
    List<Column> columns = new ArrayList<>();
    for (int field = 0; field < SCHEMA.size(); field++) {
      columns.add(coded(plain.column(field), random));
    }
    return plain.with(SCHEMA, columns);
  }

  /** A dictionary in any order, with an entry nobody refers to and one that is there twice. */
  private static Column coded(Column plain, Random random) {
    List<Object> entries = new ArrayList<>();
    int[] codes = new int[plain.size()];
    java.util.Map<Object, Integer> known = new java.util.HashMap<>();
    for (int row = 0; row < codes.length; row++) {
      Object value = plain.valueAt(row);
      codes[row] = -1;
      if (value != null) {
        boolean anew = !known.containsKey(value) || random.nextInt(500) == 0;
        if (anew) {
          known.put(value, entries.size());
          entries.add(value);
        }
        codes[row] = known.get(value);
      }
    }
    if (!entries.isEmpty()) {
      entries.add(entries.get(random.nextInt(entries.size())));
    }
    Column stored = Tried.column("x", plain.type(), entries.toArray()).column(0);
    int size = codes.length;
    if (plain instanceof LongColumn) {
      return new LongColumn(plain.type(), size, plain.nulls(), new Codes(stored, codes));
    }
    if (plain instanceof DoubleColumn) {
      return new DoubleColumn(size, plain.nulls(), new Codes(stored, codes));
    }
    return new DictionaryColumn((TextColumn) stored, codes, size, plain.nulls());
  }

  private static byte[] bytes(ProfileState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
