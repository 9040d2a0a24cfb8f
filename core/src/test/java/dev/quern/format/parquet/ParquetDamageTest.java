package dev.quern.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Digest;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.Shard;
import dev.quern.engine.Stored;
import dev.quern.format.parquet.ParquetTypes.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Broken files end in a message with code, file and fix, and never in wrong samples. */
class ParquetDamageTest {
  private static final String CANARY = "CANARY-4711-secret";
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("text", Type.TEXT),
          Field.of("n", Type.LONG),
          Field.of("list", Type.parse("list<struct<a: text, b: double>>")));

  @TempDir Path folder;
  private Path path;
  private Stored stored;
  private byte[] whole;
  private List<String> samples;

  @BeforeEach
  void write() throws IOException {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    builder.append(Batches.random(SCHEMA, 1, 1), 0);
    for (int i = 1; i < 500; i++) {
      builder.keys().append(i, i, 0, i, 0, (byte) (i % 4));
      builder.column(0).appendText(CANARY + i % 5);
      builder.column(1).appendLong(i);
      builder.column(2).elements().part(0).appendText(CANARY + i);
      builder.column(2).elements().part(1).appendDouble(i);
      builder.column(2).elements().endStruct();
      builder.column(2).endList();
    }
    Batch batch = builder.build();
    path = folder.resolve("shard.parquet");
    Shard shard = Batches.write(path, SCHEMA, Ids.STORED, List.of(batch));
    stored = Batches.stored(SCHEMA, shard);
    whole = Files.readAllBytes(path);
    samples = Batches.samples(batch);
    assertThat(read()).isEqualTo(samples);
  }

  /** Reads the file as if it had been published as it lies there. */
  private List<String> read() throws IOException {
    if (Files.exists(path)) {
      List<Shard> shards = new ArrayList<>();
      for (Shard shard : stored.shards()) {
        String sha256 =
            HexFormat.of()
                .formatHex(Digest.sha256().digest(Files.readAllBytes(Path.of(shard.path()))));
        shards.add(new Shard(shard.path(), sha256, shard.samples(), shard.bytes()));
      }
      stored = Batches.stored(stored.schema(), shards.toArray(Shard[]::new));
    }
    return published();
  }

  private List<String> published() throws IOException {
    return Batches.read(new VersionReading(stored, 0), 1 << 20).samples();
  }

  @Test
  void flippedBytesNeverGiveOtherSamples() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    int tries = 3000;
    for (int i = 0; i < tries; i++) {
      byte[] broken = whole.clone();
      int at =
          i < 1500
              ? random.nextInt(whole.length)
              : whole.length - 1 - (i - 1500) % 2000 % whole.length;
      broken[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(path, broken);
      try {
        assertThat(read()).as("byte %s", at).isEqualTo(samples);
      } catch (DataException e) {
        refused++;
        assertSafe(e);
      }
    }
    // Most of the file is data under checksums; what may differ are statistics and the like.
    assertThat(refused).isGreaterThan(tries / 3);
  }

  @Test
  void eachFlippedBitIsFoundByTheDigestBeforeASampleIsUsed() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 300; i++) {
      byte[] broken = whole.clone();
      broken[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(path, broken);
      assertThatThrownBy(this::published)
          .isInstanceOfSatisfying(
              DataException.class, e -> assertThat(e.code()).isEqualTo("shard_damaged"))
          .hasMessage(
              "shards/shard.parquet: content must have the SHA-256 it was published with; found:"
                  + " another content; restore it from a copy, or delete it and run the recipe"
                  + " again");
    }
    Files.write(path, whole);
    assertThat(published()).isEqualTo(samples);
  }

  @Test
  void cutFilesAreRefused() throws IOException {
    for (int length = 0; length < whole.length; length += 13) {
      byte[] cut = Arrays.copyOf(whole, length);
      Files.write(path, cut);
      stored = Batches.stored(SCHEMA, new Shard(path.toString(), "", 500, length));
      assertThatThrownBy(this::read)
          .isInstanceOfSatisfying(
              DataException.class,
              e -> {
                assertThat(e.code()).isEqualTo("not_parquet");
                assertSafe(e);
              });
    }
  }

  @Test
  void missingFilesAreNamed() throws IOException {
    Files.delete(path);
    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "shard.parquet: file must exist; found: none; put it back or plan the run again");
  }

  @Test
  void changedFilesAreNamed() throws IOException {
    Files.write(path, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "shard.parquet: file must not change while it is used (bytes); found: "
                + (whole.length - 1)
                + ", was "
                + whole.length
                + "; run again, or put back the file as it was");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    byte[] text = (CANARY + "\n").repeat(100).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(path, text);
    stored = Batches.stored(SCHEMA, new Shard(path.toString(), "", 500, text.length));
    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "shard.parquet: a Parquet file must begin with PAR1; found: other bytes; get the whole"
                + " file again");
  }

  @Test
  void shardsOfOtherVersionsAreRefused() throws IOException {
    Schema other = Schema.of(Field.of("x", Type.LONG));
    Shard shard =
        Batches.write(
            folder.resolve("other"), other, Ids.STORED, List.of(Batches.random(other, 5, 1)));
    stored = Batches.stored(SCHEMA, shard);
    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "other: shard must hold the fields of its version; found: others; restore the shard");
    stored = Batches.stored(other, new Shard(shard.path(), shard.sha256(), 6, shard.bytes()));
    assertThatThrownBy(this::read)
        .isInstanceOf(DataException.class)
        .hasMessage("other: shard must hold 6 samples; found: 5; restore the shard");
  }

  private static void assertSafe(DataException e) {
    assertThat(e.code()).matches("[a-z_0-9]+");
    for (Throwable t = e; t != null; t = t.getCause()) {
      assertThat(String.valueOf(t.getMessage())).doesNotContain("CANARY", "4711", "secret");
    }
    assertThat(e.getMessage()).startsWith("shard.parquet: ");
  }
}
