package dev.quern.testkit.fuzz;

import static dev.quern.testkit.fuzz.Crafted.concat;
import static dev.quern.testkit.fuzz.Crafted.little;
import static dev.quern.testkit.fuzz.Crafted.varints;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.Source;
import dev.quern.engine.Writing;
import dev.quern.format.parquet.ParquetInput;
import dev.quern.format.parquet.ParquetReading;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.format.parquet.ParquetWriting;
import dev.quern.testkit.Gen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;

/** Parquet: footers, headers, levels, codes and values, with and without checksums. */
final class ParquetTarget implements FuzzTarget {
  private static final List<String> SCHEMAS =
      List.of(
          "struct<s: text, n: long, a: double>",
          "struct<s: text, b: bool, d: date, t: timestamp, f: float, n: decimal(9,2)>",
          "struct<l: list<text>, m: list<list<long>>>",
          "struct<o: struct<k: text, v: list<struct<x: decimal(30,4), y: bytes>>>>");

  private final Path folder;
  private final List<byte[]> corpus = new ArrayList<>();

  ParquetTarget(Path folder) throws IOException {
    this.folder = folder;
    for (String written : SCHEMAS) {
      Schema schema = ((Type.Struct) Type.parse(written)).schema();
      Path file = folder.resolve("written.parquet");
      Files.deleteIfExists(file);
      try (Writing.Output out = new ParquetWriting(schema, Ids.NONE).open(file)) {
        out.write(new Gen(written.length()).samples(0, schema, 40));
      }
      byte[] bytes = Files.readAllBytes(file);
      corpus.add(bytes);
      corpus.add(Crafted.withoutChecksums(bytes));
    }
    crafted();
  }

  private void crafted() throws IOException {
    org.apache.parquet.format.Type ints = org.apache.parquet.format.Type.INT32;
    org.apache.parquet.format.Type longs = org.apache.parquet.format.Type.INT64;
    org.apache.parquet.format.Type texts = org.apache.parquet.format.Type.BYTE_ARRAY;
    FieldRepetitionType required = FieldRepetitionType.REQUIRED;
    FieldRepetitionType optional = FieldRepetitionType.OPTIONAL;
    byte[] three = little(7, 8, 9);
    byte[] present = concat(little(2), varints(3 << 1), new byte[] {1});
    byte[] codes = concat(new byte[] {2}, varints(1 << 1 | 1), new byte[] {0x24, 0});
    byte[] word = concat(little(3), "abc".getBytes(StandardCharsets.US_ASCII));
    byte[] deltas = concat(varints(128, 4, 3, 14, 2), new byte[] {3, 0, 0, 0}, new byte[12]);
    corpus.add(new Crafted(ints, required).page(3, Encoding.PLAIN, three).file());
    corpus.add(new Crafted(ints, optional).page(3, Encoding.PLAIN, concat(present, three)).file());
    corpus.add(
        new Crafted(ints, optional)
            .pageV2(3, Encoding.PLAIN, concat(varints(3 << 1), new byte[] {1}), three)
            .file());
    corpus.add(
        new Crafted(ints, required)
            .dictionary(3, three)
            .page(3, Encoding.RLE_DICTIONARY, codes)
            .file());
    corpus.add(
        new Crafted(texts, required)
            .dictionary(3, concat(word, word, word))
            .page(3, Encoding.PLAIN_DICTIONARY, codes)
            .file());
    corpus.add(
        new Crafted(texts, required).page(3, Encoding.PLAIN, concat(word, word, word)).file());
    corpus.add(new Crafted(longs, required).page(3, Encoding.DELTA_BINARY_PACKED, deltas).file());
    byte[] lengths = concat(varints(128, 4, 3, 2, 0), new byte[4]);
    corpus.add(
        new Crafted(texts, required)
            .page(
                3,
                Encoding.DELTA_LENGTH_BYTE_ARRAY,
                concat(lengths, "abc".getBytes(StandardCharsets.US_ASCII)))
            .file());
    byte[] prefixes = concat(varints(128, 4, 3, 0, 0), new byte[4]);
    corpus.add(
        new Crafted(texts, required)
            .page(
                3,
                Encoding.DELTA_BYTE_ARRAY,
                concat(prefixes, lengths, "abc".getBytes(StandardCharsets.US_ASCII)))
            .file());
    corpus.add(
        new Crafted(ints, FieldRepetitionType.REPEATED)
            .page(
                3,
                Encoding.PLAIN,
                concat(little(2), varints(3 << 1), new byte[] {0}, present, three))
            .file());
    Crafted packed = new Crafted(ints, required);
    packed.codec = CompressionCodec.ZSTD;
    corpus.add(
        packed.page(3, Encoding.PLAIN, 12, com.github.luben.zstd.Zstd.compress(three)).file());
    corpus.add(
        new Crafted(org.apache.parquet.format.Type.BOOLEAN, required)
            .page(3, Encoding.RLE, concat(little(2), varints(1 << 1 | 1), new byte[] {5}))
            .file());
    corpus.add(
        new Crafted(org.apache.parquet.format.Type.FLOAT, required)
            .page(3, Encoding.BYTE_STREAM_SPLIT, three)
            .file());
  }

  @Override
  public List<byte[]> corpus() {
    return corpus;
  }

  @Override
  public List<byte[]> words() {
    List<byte[]> all = new ArrayList<>(TextFiles.bytes("PAR1", "PARE", Gen.CANARY));
    for (long number : new long[] {0, 1, 2, 127, 128, 1 << 14, 1 << 28, 0xffffffffL, -1}) {
      all.add(varints(number));
    }
    for (int head : new int[] {0x15, 0x18, 0x19, 0x1c, 0x25, 0x29, 0x2c, 0x5c, 0}) {
      all.add(new byte[] {(byte) head});
    }
    return all;
  }

  @Override
  public void feed(byte[] input, SplittableRandom random) throws Exception {
    Path path = folder.resolve("x.parquet");
    Files.write(path, input);
    List<ParquetInput> inputs = List.of(new ParquetInput("x", path.toString(), input.length, -1));
    try {
      Schema schema = ParquetReading.infer(inputs);
      Source source = new Source(0, "s", folder.toString(), "", Split.NONE, List.of());
      ParquetReading reading = new ParquetReading(source, inputs, schema);
      Heard.Result one = Heard.of(reading, 1, Heard.Payload.KEPT);
      assertThat(Heard.of(reading, 1 << 20, Heard.Payload.DROPPED)).isEqualTo(one);
    } catch (DataException e) {
      Harmless.check(e);
      assertThat(e.code())
          .isIn("not_parquet", "parquet_damaged", "parquet_unsupported", "key_missing");
    }
  }
}
