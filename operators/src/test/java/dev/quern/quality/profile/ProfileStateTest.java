package dev.quern.quality.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Schema;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.trial.Tried;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The profile of parts, merged in any order and shape, is the profile of the whole. */
class ProfileStateTest {
  private static final Schema SCHEMA =
      Tried.schema(
          "category", Type.TEXT,
          "name", Type.TEXT,
          "document", Type.TEXT,
          "age", Type.LONG,
          "income", Type.DOUBLE,
          "member", Type.BOOL);

  static Stream<Long> seeds() {
    return Stream.of(1L, 2L, 3L);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void partsMergedInAnyOrderAndShapeEqualTheWhole(long seed) throws IOException {
    Random random = new Random(seed);
    // More than what is counted one by one, and more than is drawn.
    for (int size : new int[] {0, 1, 40, 3_000, 12_000}) {
      Batch all = samples(size, random);
      byte[] whole = bytes(of(all));
      for (int parts : new int[] {2, 7}) {
        assertThat(bytes(merged(split(all, parts, random), random))).isEqualTo(whole);
      }
    }
  }

  @Test
  void nothingIsNeutralAndAStateThatWasWrittenGoesOnAsItWas() throws IOException {
    Random random = new Random(5);
    for (int size : new int[] {30, 9_000}) {
      Batch all = samples(size, random);
      ProfileState state = of(all);
      byte[] whole = bytes(state);
      state.merge(ProfileState.of(SCHEMA));
      assertThat(bytes(state)).isEqualTo(whole);
      ProfileState copy = read(whole);
      Batch more = samples(500, random);
      state.add(more);
      copy.add(more);
      assertThat(bytes(copy)).isEqualTo(bytes(state)).isNotEqualTo(whole);
    }
  }

  @Test
  void aDictionaryIsProfiledAsItsTexts() throws IOException {
    Batch all = samples(12_000, new Random(6));
    List<Column> columns = new ArrayList<>(all.columns());
    for (int field = 0; field < 2; field++) {
      columns.set(field, coded(all.column(field)));
    }
    assertThat(bytes(of(all.with(SCHEMA, columns)))).isEqualTo(bytes(of(all)));
  }

  private static Column coded(Column plain) {
    List<String> entries = new ArrayList<>();
    int[] codes = new int[plain.size()];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = -1;
      if (!plain.isNull(row)) {
        String text = plain.textAt(row);
        int code = entries.size() > 10_000 ? -1 : entries.indexOf(text);
        codes[row] = code < 0 ? entries.size() : code;
        if (code < 0) {
          entries.add(text);
        }
      }
    }
    TextColumn texts = (TextColumn) Tried.column("x", Type.TEXT, entries.toArray()).column(0);
    return new DictionaryColumn(texts, codes, codes.length, plain.nulls());
  }

  @Test
  void aStateOfAnotherVersionIsRefused() {
    assertThatThrownBy(() -> read(new byte[] {2, 0, 0}))
        .isInstanceOf(IOException.class)
        .hasMessage("profile: version of the state must be 3; found: 2");
  }

  private static Batch samples(int size, Random random) {
    @Nullable Object[][] rows = new Object[size][];
    String[] categories = {"red", "green", "blue", "N/A", "", " grey"};
    for (int i = 0; i < size; i++) {
      boolean gap = random.nextInt(20) == 0;
      rows[i] =
          new @Nullable Object[] {
            gap ? null : categories[random.nextInt(categories.length)],
            "n" + random.nextInt(9_000) + (random.nextInt(50) == 0 ? "é" : ""),
            random.nextInt(200) == 0 ? "long ".repeat(80) : "kurz " + random.nextInt(100),
            random.nextInt(30) == 0 ? 999L : (long) random.nextInt(90),
            gap ? Double.NaN : random.nextInt(40) == 0 ? -0.0 : random.nextGaussian() * 1e5,
            random.nextInt(9) == 0 ? null : random.nextBoolean()
          };
      if (i > 0 && random.nextInt(30) == 0) {
        rows[i] = rows[i - 1];
      }
    }
    return Tried.batch(SCHEMA, rows);
  }

  /** Cuts samples into parts at random, each of them seen in two batches. */
  private static List<ProfileState> split(Batch all, int parts, Random random) {
    int[] part = random.ints(all.rows(), 0, 2 * parts).toArray();
    List<ProfileState> states = new ArrayList<>();
    for (int p = 0; p < 2 * parts; p++) {
      int[] rows = new int[all.rows()];
      int size = 0;
      for (int row = 0; row < rows.length; row++) {
        if (part[row] == p) {
          rows[size++] = row;
        }
      }
      ProfileState state = p % 2 == 0 ? ProfileState.of(SCHEMA) : states.get(states.size() - 1);
      state.add(all.select(rows, size));
      if (p % 2 == 0) {
        states.add(state);
      }
    }
    return states;
  }

  private static ProfileState merged(List<ProfileState> states, Random random) throws IOException {
    List<ProfileState> left = new ArrayList<>(states);
    while (left.size() > 1) {
      Collections.shuffle(left, random);
      ProfileState into = left.get(0);
      ProfileState more = left.remove(1);
      into.merge(random.nextBoolean() ? more : read(bytes(more)));
    }
    return left.get(0);
  }

  private static ProfileState of(Batch batch) {
    ProfileState state = ProfileState.of(SCHEMA);
    state.add(batch);
    return state;
  }

  private static byte[] bytes(ProfileState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static ProfileState read(byte[] bytes) throws IOException {
    return ProfileState.read(new DataInputStream(new ByteArrayInputStream(bytes)), SCHEMA);
  }
}
