package dev.quern.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values read many at once are those read one by one. */
class HybridReaderTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyPiecesGiveTheValuesThatWereStored(long seed) throws IOException {
    Random random = new Random(seed);
    for (int width = 0; width <= 32; width++) {
      int[] values = values(width, 3_000, random);
      ByteBuffer stored = stored(values, width, random);
      HybridReader single = new HybridReader(stored.duplicate(), width, -1);
      for (int value : values) {
        assertThat(single.next()).isEqualTo(value);
      }
      HybridReader many = new HybridReader(stored.duplicate(), width, -1);
      int[] found = new int[values.length];
      for (int at = 0; at < found.length; ) {
        int size = Math.min(found.length - at, random.nextInt(random.nextBoolean() ? 9 : 900));
        if (random.nextInt(5) == 0 && size > 0) {
          found[at++] = many.next();
        } else {
          many.read(found, at, size);
          at += size;
        }
      }
      assertThat(found).isEqualTo(values);
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void bitsTellWhatIsAbsentAndHowManyArePresent(long seed) throws IOException {
    Random random = new Random(seed);
    int[] values = values(1, 5_000, random);
    ByteBuffer stored = stored(values, 1, random);
    HybridReader many = new HybridReader(stored.duplicate(), 1, 1);
    HybridReader single = new HybridReader(stored.duplicate(), 1, 1);
    long[] absent = new long[values.length / 64 + 1];
    long[] expected = absent.clone();
    for (int at = 0; at < values.length; ) {
      int size = Math.min(values.length - at, random.nextInt(random.nextBoolean() ? 9 : 900));
      int present = many.present(absent, at, size);
      // The same as any levels, one by one.
      Levels plain = single::next;
      assertThat(plain.present(expected, at, size)).isEqualTo(present);
      at += size;
    }
    assertThat(absent).isEqualTo(expected);
    for (int i = 0; i < values.length; i++) {
      assertThat(absent[i >>> 6] >>> i & 1).isEqualTo(1 - values[i]);
    }
  }

  @ParameterizedTest(name = "{0} bits")
  @ValueSource(ints = {1, 3, 7, 8, 13, 17, 32})
  void whatIsNotThereOrTooGreatIsToldForPiecesToo(int width) throws IOException {
    int[] values = new int[64];
    Arrays.fill(values, 1);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    pack(packed, values, 0, 64, width);
    byte[] bytes = packed.toByteArray();
    ByteBuffer cut = ByteBuffer.wrap(bytes, 0, bytes.length - 1);
    assertThatThrownBy(() -> new HybridReader(cut, width, -1).read(new int[64], 0, 64))
        .isInstanceOf(IOException.class)
        .hasMessage("a page must hold the values it claims");
    assertThatThrownBy(
            () -> new HybridReader(ByteBuffer.wrap(bytes), width, 0).read(new int[64], 0, 64))
        .isInstanceOf(IOException.class)
        .hasMessage("a value must be at most 0");
    ByteBuffer run = ByteBuffer.wrap(new byte[] {(byte) 128, 1, 2, 0, 0, 0});
    assertThatThrownBy(() -> new HybridReader(run, width, 1).read(new int[64], 0, 64))
        .isInstanceOf(IOException.class)
        .hasMessage("a value must be at most 1");
  }

  @ParameterizedTest(name = "{0} rows")
  @ValueSource(ints = {1, 60, 64})
  void levelsBeyondTheEndOfThePageAreTold(int more) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    pack(packed, new int[64], 0, 64, 1);
    HybridReader reader = new HybridReader(ByteBuffer.wrap(packed.toByteArray()), 1, 1);
    assertThat(reader.present(new long[3], 0, 64)).isZero();
    assertThatThrownBy(() -> reader.present(new long[3], 64, more))
        .isInstanceOf(IOException.class)
        .hasMessage("a page must hold the values it claims");
  }

  private static int[] values(int width, int size, Random random) {
    int[] values = new int[size];
    for (int i = 0; i < size; i++) {
      boolean again = i > 0 && random.nextInt(20) != 0 && (i / 500) % 2 == 1;
      int bits = width == 0 ? 0 : random.nextInt() >>> 32 - width;
      values[i] = again ? values[i - 1] : bits;
    }
    return values;
  }

  /** Writes runs, and groups of eight between them, by turns of any length. */
  private static ByteBuffer stored(int[] values, int width, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int at = 0; at < values.length; ) {
      int same = 1;
      while (at + same < values.length && values[at + same] == values[at]) {
        same++;
      }
      if (same >= 8 || random.nextInt(4) == 0 || values.length - at < 8) {
        varint(out, (long) same << 1);
        for (int b = 0; b < (width + 7) / 8; b++) {
          out.write(values[at] >>> 8 * b);
        }
        at += same;
      } else {
        int groups = Math.min((values.length - at) / 8, 1 + random.nextInt(20));
        pack(out, values, at, 8 * groups, width);
        at += 8 * groups;
      }
    }
    // Not at the beginning of its array, as a slice of a page.
    byte[] bytes = new byte[out.size() + 5];
    System.arraycopy(out.toByteArray(), 0, bytes, 5, out.size());
    return ByteBuffer.wrap(bytes, 5, out.size()).slice();
  }

  private static void pack(ByteArrayOutputStream out, int[] values, int from, int size, int width) {
    varint(out, (long) (size / 8) << 1 | 1);
    byte[] bytes = new byte[size / 8 * width];
    for (int i = 0; i < size * width; i++) {
      int bit = values[from + i / width] >>> i % width & 1;
      bytes[i >>> 3] |= (byte) (bit << (i & 7));
    }
    out.writeBytes(bytes);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    for (; rest >= 0x80; rest >>>= 7) {
      out.write((int) rest | 0x80);
    }
    out.write((int) rest);
  }
}
