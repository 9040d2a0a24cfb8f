package dev.quern.testkit.fuzz;

import static dev.quern.testkit.fuzz.Crafted.concat;
import static dev.quern.testkit.fuzz.Crafted.little;
import static dev.quern.testkit.fuzz.Crafted.varints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.DataException;
import dev.quern.engine.Source;
import dev.quern.format.parquet.ParquetInput;
import dev.quern.format.parquet.ParquetReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file claims is held against the bytes it has, before memory is taken for it. */
class ParquetClaimsTest {
  /** Reading a small file takes 2 MiB, loading classes 30; claims are of hundreds or thousands. */
  private static final long MOST_BYTES = 80 << 20;

  private static final FieldRepetitionType REQUIRED = FieldRepetitionType.REQUIRED;
  private static final FieldRepetitionType OPTIONAL = FieldRepetitionType.OPTIONAL;
  private static final FieldRepetitionType REPEATED = FieldRepetitionType.REPEATED;

  @TempDir Path folder;

  private List<String> read(byte[] file) throws IOException {
    Path path = folder.resolve("crafted.parquet");
    Files.write(path, file);
    List<ParquetInput> inputs =
        List.of(new ParquetInput("crafted.parquet", path.toString(), file.length, -1));
    Schema schema = ParquetReading.infer(inputs);
    Source source = new Source(0, "s", folder.toString(), "", Split.NONE, List.of());
    Heard heard = new Heard();
    heard.all(new ParquetReading(source, inputs, schema), 1 << 20, Heard.Payload.KEPT);
    return heard.values;
  }

  private void assertRefused(String what, byte[] file) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> read(file))
        .as(what)
        .isInstanceOfSatisfying(
            DataException.class, e -> assertThat(e.code()).isEqualTo("parquet_damaged"))
        .hasMessageStartingWith("crafted.parquet: a Parquet file must be whole; found: damaged");
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).as(what).isLessThan(MOST_BYTES);
  }

  /** Levels of {@code count} values that are there. */
  private static byte[] present(int count) {
    byte[] run = concat(varints(count << 1), new byte[] {1});
    return concat(little(run.length), run);
  }

  @Test
  void whatIsCraftedRightlyIsRead() throws IOException {
    byte[] three = little(7, 8, 9);
    assertThat(read(new Crafted(Type.INT32, REQUIRED).page(3, Encoding.PLAIN, three).file()))
        .containsExactly("[7]", "[8]", "[9]");
    assertThat(
            read(
                new Crafted(Type.INT32, OPTIONAL)
                    .page(3, Encoding.PLAIN, concat(present(3), three))
                    .file()))
        .hasSize(3);
    byte[] codes = concat(new byte[] {2}, varints(2 << 1), new byte[] {2}, varints(1 << 1 | 1));
    assertThat(
            read(
                new Crafted(Type.INT32, REQUIRED)
                    .dictionary(3, three)
                    .page(3, Encoding.RLE_DICTIONARY, concat(codes, new byte[] {1}))
                    .file()))
        .containsExactly("[9]", "[9]", "[8]");
    // Deltas of 1, which take no bits.
    byte[] deltas = concat(varints(128, 4, 3, 14, 2), new byte[4]);
    assertThat(
            read(
                new Crafted(Type.INT64, REQUIRED)
                    .page(3, Encoding.DELTA_BINARY_PACKED, deltas)
                    .file()))
        .containsExactly("[7]", "[8]", "[9]");
    byte[] bools = concat(little(2), varints(1 << 1 | 1), new byte[] {0b101});
    assertThat(read(new Crafted(Type.BOOLEAN, REQUIRED).page(3, Encoding.RLE, bools).file()))
        .containsExactly("[true]", "[false]", "[true]");
  }

  @Test
  void sizesOfPagesAreNotBelieved() throws IOException {
    byte[] few = new byte[20];
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(few);
    }
    for (int size : new int[] {400 << 20, 513 << 20, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
      for (CompressionCodec codec :
          List.of(
              CompressionCodec.UNCOMPRESSED,
              CompressionCodec.GZIP,
              CompressionCodec.SNAPPY,
              CompressionCodec.LZ4_RAW,
              CompressionCodec.ZSTD)) {
        byte[] content =
            switch (codec) {
              case GZIP -> zipped.toByteArray();
              case ZSTD -> com.github.luben.zstd.Zstd.compress(few);
              case SNAPPY -> concat(varints(size & 0xffffffffL), few);
              default -> few;
            };
        Crafted file = new Crafted(Type.INT32, REQUIRED);
        file.codec = codec;
        assertRefused(codec + " of " + size, file.page(3, Encoding.PLAIN, size, content).file());
      }
    }
  }

  @Test
  void sizesOfDictionariesAreNotBelieved() throws IOException {
    for (Type type :
        List.of(
            Type.INT32,
            Type.INT64,
            Type.INT96,
            Type.FLOAT,
            Type.DOUBLE,
            Type.BYTE_ARRAY,
            Type.FIXED_LEN_BYTE_ARRAY)) {
      for (int values : new int[] {4, 100_000_000, Integer.MAX_VALUE, -1}) {
        assertRefused(
            type + " of " + values,
            new Crafted(type, REQUIRED)
                .dictionary(values, new byte[12])
                .page(3, Encoding.RLE_DICTIONARY, new byte[] {1, 6, 0})
                .file());
      }
    }
  }

  @Test
  void lengthsOfTextsInDictionariesAreNotBelieved() throws IOException {
    for (int length : new int[] {200 << 20, Integer.MAX_VALUE, -1, 5}) {
      assertRefused(
          "a text of " + length,
          new Crafted(Type.BYTE_ARRAY, REQUIRED)
              .dictionary(2, concat(little(0), little(length), new byte[4]))
              .page(3, Encoding.RLE_DICTIONARY, new byte[] {1, 6, 1})
              .file());
    }
  }

  @Test
  void lengthsOfRunsAreNotBelieved() throws IOException {
    byte[] values = little(1, 2, 3);
    byte[][] levels = {
      varints(0xfffffffL << 1 | 1), // groups that are not there
      varints(0, 0, 0, 0, 0, 0), // runs of nothing
      concat(varints(3 << 1), new byte[] {2}), // a level that there is not
      varints(0xffffffffffL), // more than 32 bits
      varints(3 << 1), // a run without its value
      {}
    };
    for (byte[] level : levels) {
      byte[] page = concat(little(level.length), level, values);
      String what = java.util.Arrays.toString(level);
      assertRefused(what, new Crafted(Type.INT32, OPTIONAL).page(3, Encoding.PLAIN, page).file());
      byte[] twice = concat(little(level.length), level, page);
      assertRefused(what, new Crafted(Type.INT32, REPEATED).page(3, Encoding.PLAIN, twice).file());
    }
    for (int length : new int[] {-1, Integer.MAX_VALUE, 13}) {
      byte[] page = concat(little(length), values);
      assertRefused(
          "levels of " + length,
          new Crafted(Type.INT32, OPTIONAL).page(3, Encoding.PLAIN, page).file());
    }
    for (byte[] codes :
        List.of(new byte[] {33, 6, 0}, new byte[] {-1, 6, 0}, new byte[] {2, 6, 3}, new byte[1])) {
      // One bit more than the dictionary has; no bits at all mean the first value.
      if (codes.length > 1) {
        assertRefused(
            java.util.Arrays.toString(codes),
            new Crafted(Type.INT32, REQUIRED)
                .dictionary(3, values)
                .page(3, Encoding.RLE_DICTIONARY, codes)
                .file());
      }
    }
  }

  @Test
  void countsOfDeltasAreNotBelieved() throws IOException {
    byte[][] deltas = {
      varints(128, 4, 1 << 30, 0), // a thousand million values without a block
      concat(varints(128, 4, 1 << 28, 0, 0), new byte[4]), // and with one
      varints(1 << 30, 4, 3, 0, 0), // a block of as many
      varints(128, 1 << 30, 3, 0, 0), // in as many parts
      varints(128, 0, 3, 0, 0),
      varints(0, 4, 3, 0, 0),
      varints(128, 3, 3, 0, 0),
      concat(varints(128, 4, 3, 0, 0), new byte[] {64, 0, 0, 0}), // bits that are not there
      varints(-1, -1, -1, -1),
      {}
    };
    for (byte[] page : deltas) {
      String what = java.util.Arrays.toString(page);
      for (int values : new int[] {3, Integer.MAX_VALUE}) {
        Crafted longs = new Crafted(Type.INT64, REQUIRED);
        assertRefused(what, longs.page(values, Encoding.DELTA_BINARY_PACKED, page).file());
        Crafted texts = new Crafted(Type.BYTE_ARRAY, REQUIRED);
        assertRefused(what, texts.page(values, Encoding.DELTA_LENGTH_BYTE_ARRAY, page).file());
        Crafted pieces = new Crafted(Type.BYTE_ARRAY, REQUIRED);
        assertRefused(what, pieces.page(values, Encoding.DELTA_BYTE_ARRAY, page).file());
        byte[] second = concat(varints(128, 4, 1, 0), page);
        Crafted rests = new Crafted(Type.BYTE_ARRAY, REQUIRED);
        assertRefused(what, rests.page(values, Encoding.DELTA_BYTE_ARRAY, second).file());
      }
    }
  }

  @Test
  void partsOfHeadersAndFootersAreNotBelieved() throws IOException {
    byte[] begin = {0x15}; // field 1, a number
    for (byte[] part :
        List.of(
            concat(new byte[] {0x28}, varints(90_000_000)), // a text
            concat(new byte[] {0x29, (byte) 0xfc}, varints(90_000_000)), // a list of structs
            concat(new byte[] {0x29, (byte) 0xf5}, varints(Integer.MAX_VALUE)), // of numbers
            concat(new byte[] {0x2b}, varints(Integer.MAX_VALUE), new byte[] {0x55}), // a map
            deep(100_000),
            new byte[] {0x2e}, // no type
            concat(new byte[] {0x25}, varints(-1), varints(-1)))) {
      byte[] struct = concat(begin, varints(0), part);
      String what = java.util.Arrays.toString(java.util.Arrays.copyOf(struct, 12));
      assertRefused(
          "footer " + what,
          new Crafted(Type.INT32, REQUIRED)
              .page(3, Encoding.PLAIN, little(1, 2, 3))
              .file(concat(struct, new byte[8])));
      assertRefused(
          "page " + what,
          new Crafted(Type.INT32, REQUIRED).rawPage(concat(struct, new byte[8])).file());
    }
    for (int length : new int[] {-1, Integer.MAX_VALUE, 100}) {
      byte[] file = new Crafted(Type.INT32, REQUIRED).page(3, Encoding.PLAIN, little(1, 2)).file();
      System.arraycopy(little(length), 0, file, file.length - 8, 4);
      if (length != 100) {
        assertRefused("footer of " + length, file);
      }
    }
  }

  private static byte[] deep(int levels) {
    return String.join("", Collections.nCopies(levels, "\u001c"))
        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  @Test
  void rowsThatAreNotThereAreMissed() throws IOException {
    Crafted file = new Crafted(Type.INT32, REQUIRED);
    file.rows = Integer.MAX_VALUE;
    assertRefused("rows", file.page(3, Encoding.PLAIN, little(1, 2, 3)).file());
    Crafted claimed = new Crafted(Type.INT32, REQUIRED);
    claimed.rows = 1L << 40;
    assertRefused(
        "rows of pages", claimed.page(Integer.MAX_VALUE, Encoding.PLAIN, little(1, 2)).file());
    assertRefused(
        "values",
        new Crafted(Type.BYTE_ARRAY, REQUIRED)
            .page(3, Encoding.PLAIN, little(Integer.MAX_VALUE, 0))
            .file());
  }
}
