package dev.quern.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.Shard;
import dev.quern.engine.Stored;
import dev.quern.format.parquet.FieldEncryption.FooterForm;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.key.KeyRefusal;
import dev.quern.key.Keyset;
import dev.quern.key.Purpose;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EncryptedParquetTest {
  private static final Keyset KEYS = keyset("k");
  private static final Keyset OTHER = keyset("o");
  private static final List<String> SECRET = List.of("text", "long", "texts", "deep");

  @TempDir Path folder;

  private static Keyset keyset(String secret) {
    return Keyset.derived(
        "env:KEY", Purpose.AEAD, secret.repeat(32).getBytes(StandardCharsets.UTF_8));
  }

  private Shard write(
      String name, Schema schema, FooterForm footer, Batch batch, List<String> fields)
      throws Exception {
    Path file = folder.resolve(name);
    FieldEncryption encryption =
        new FieldEncryption(fields, KEYS, footer, "people", FieldEncryption.IdForm.PLAIN);
    try (var out = new ParquetWriting(schema, Ids.STORED, Optional.of(encryption)).open(file)) {
      out.write(batch);
    }
    return new Shard(file.toString(), Batches.sha256(file), batch.count(), Files.size(file));
  }

  private static VersionReading reading(Stored stored, Schema wanted, FieldKeys keys) {
    return new VersionReading(stored, 3, wanted, new ShardDigests(), keys);
  }

  @ParameterizedTest
  @EnumSource(FooterForm.class)
  void everyTypeComesBackWithTheKey(FooterForm footer) throws Exception {
    Schema schema = Batches.EVERY_TYPE;
    Batch batch = Batches.random(schema, 500, 1);
    Stored clear =
        Batches.stored(
            schema, Batches.write(folder.resolve("clear"), schema, Ids.STORED, List.of(batch)));
    Stored stored = Batches.stored(schema, write("locked", schema, footer, batch, schema.names()));

    assertThat(Batches.read(reading(stored, schema, reference -> KEYS), 1 << 20).samples())
        .isEqualTo(Batches.read(new VersionReading(clear, 3), 1 << 20).samples());
  }

  @Test
  void severalGroupsComeBackInOneFile() throws Exception {
    Schema schema = Schema.of(Field.of("text", Type.TEXT), Field.of("long", Type.LONG));
    dev.quern.data.BatchBuilder builder = new dev.quern.data.BatchBuilder(schema);
    String large = "x".repeat(9 << 20);
    for (int row = 0; row < 9; row++) {
      builder.keys().append(row, row, 0, row, 0, (byte) 0);
      builder.column(0).appendText(large + row);
      builder.column(1).appendLong(row);
    }
    Batch batch = builder.build();
    Shard shard = write("many", schema, FooterForm.PLAIN, batch, List.of("text"));

    try (ParquetFile file =
        ParquetFile.open(Batches.input(folder.resolve("many")), reference -> KEYS)) {
      assertThat(file.groups()).hasSizeGreaterThan(1);
    }
    assertThat(Batches.read(reading(Batches.stored(schema, shard), schema, r -> KEYS), 1).samples)
        .isEqualTo(9);
  }

  @Test
  void withoutTheKeyFieldsInClearAreReadAndEncryptedOnesAreRefused() throws Exception {
    Batch batch = Batches.random(Batches.EVERY_TYPE, 100, 2);
    Stored stored =
        Batches.stored(
            Batches.EVERY_TYPE, write("a", Batches.EVERY_TYPE, FooterForm.PLAIN, batch, SECRET));
    Schema clear = Schema.of(Field.of("double", Type.DOUBLE));

    assertThat(Batches.read(reading(stored, clear, FieldKeys.NONE), 1 << 20).samples)
        .isEqualTo(100);
    DataException refused =
        catchThrowableOfType(
            DataException.class,
            () -> Batches.read(reading(stored, Batches.EVERY_TYPE, FieldKeys.NONE), 1 << 20));
    assertThat(KeyRefusal.is(refused)).isTrue();
    assertThat(refused)
        .hasMessage(
            "a: field text must be readable; found: encrypted, and no key was given;"
                + " fix: give the reader its key (key: key:NAME)");
  }

  @Test
  void anEncryptedFooterTellsNothingWithoutTheKey() throws Exception {
    Schema schema = Schema.of(Field.of("salary_of_people", Type.TEXT));
    Batch batch = Batches.random(schema, 50, 3);
    write("a", schema, FooterForm.ENCRYPTED, batch, schema.names());

    assertThat(Files.readString(folder.resolve("a"), StandardCharsets.ISO_8859_1))
        .doesNotContain("salary");
    assertThatThrownBy(() -> ParquetFile.open(Batches.input(folder.resolve("a"))))
        .hasMessage(
            "a: file must be readable without a key; found: an encrypted"
                + " footer; fix: give the reader its key (key: key:NAME)");
  }

  @Test
  void aWrongKeyIsRefusedWithItsIdAndTheFix() throws Exception {
    Schema schema = Schema.of(Field.of("t", Type.TEXT));
    Stored stored =
        Batches.stored(
            schema,
            write("a", schema, FooterForm.PLAIN, Batches.random(schema, 50, 4), List.of("t")));

    assertThatThrownBy(() -> Batches.read(reading(stored, schema, reference -> OTHER), 1 << 20))
        .hasMessage(
            "a: file must be encrypted by an enabled key of env:KEY; found: key "
                + KEYS.primary()
                + "; keys: "
                + OTHER.primary()
                + "; fix: name the keyset it was encrypted with, or enable the key (quern keys)");
  }

  @Test
  void aFieldThatIsCalledLikeTheIdsIsEncryptedAndSoAreTheseWhereWanted() throws Exception {
    Schema schema = Schema.of(Field.of("_id", Type.TEXT), Field.of("open", Type.LONG));
    Batch batch = Batches.random(schema, 20, 6);
    for (FieldEncryption.IdForm form : FieldEncryption.IdForm.values()) {
      FieldEncryption encryption =
          new FieldEncryption(List.of("_id"), KEYS, FooterForm.PLAIN, "people", form);
      Path path = folder.resolve("ids-" + form);
      try (var out = new ParquetWriting(schema, Ids.STORED, Optional.of(encryption)).open(path)) {
        out.write(batch);
      }
      try (ParquetFile file = ParquetFile.open(Batches.input(path), FieldKeys.NONE)) {
        assertThat(file.encryptedFields()).containsExactly("_id");
        assertThat(file.areIdsEncrypted()).isEqualTo(form == FieldEncryption.IdForm.ENCRYPTED);
      }
    }
  }

  @Test
  void encryptedValuesAreNotInTheFile() throws Exception {
    Schema schema = Schema.of(Field.of("open", Type.TEXT), Field.of("closed", Type.TEXT));
    dev.quern.data.BatchBuilder builder = new dev.quern.data.BatchBuilder(schema);
    builder.keys().append(1, 1, 0, 0, 0, (byte) 0);
    builder.column(0).appendText("CANARY-OPEN");
    builder.column(1).appendText("CANARY-CLOSED");
    write("a", schema, FooterForm.PLAIN, builder.build(), List.of("closed"));
    String bytes = Files.readString(folder.resolve("a"), StandardCharsets.ISO_8859_1);

    assertThat(bytes).contains("CANARY-OPEN").doesNotContain("CANARY-CLOSED");
  }

  /** Shards have digests too; here the file stands alone, as one from somebody else. */
  @ParameterizedTest
  @EnumSource(FooterForm.class)
  void everyChangedByteIsRefusedOrWithoutConsequence(FooterForm footer) throws Exception {
    Schema schema = Schema.of(Field.of("t", Type.TEXT));
    Path file = folder.resolve("a");
    write("a", schema, footer, Batches.random(schema, 10, 5), List.of("t"));
    byte[] whole = Files.readAllBytes(file);
    List<String> before = texts(file, schema);
    int refused = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      List<String> after = new java.util.ArrayList<>();
      Throwable thrown = catchThrowable(() -> after.addAll(texts(file, schema)));
      if (thrown == null) {
        assertThat(after).as("byte %d", at).isEqualTo(before);
      } else {
        assertThat(thrown).as("byte %d", at).isInstanceOf(DataException.class);
        refused++;
      }
    }
    // Ids and splits are in clear here: a change of theirs is for the shard's digest to find.
    assertThat(refused).isGreaterThan(whole.length / 3);
  }

  private static List<String> texts(Path file, Schema schema) throws Exception {
    Shard shard = new Shard(file.toString(), Batches.sha256(file), 10, Files.size(file));
    List<String> texts = new java.util.ArrayList<>();
    for (Batch batch :
        Batches.read(reading(Batches.stored(schema, shard), schema, reference -> KEYS), 1 << 20)
            .batches) {
      for (int row = 0; row < batch.rows(); row++) {
        texts.add(batch.column(0).isNull(row) ? "null" : batch.column(0).textAt(row));
      }
    }
    return texts;
  }
}
