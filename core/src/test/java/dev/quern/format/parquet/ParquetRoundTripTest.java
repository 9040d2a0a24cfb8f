package dev.quern.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Codes;
import dev.quern.data.Column;
import dev.quern.data.DictionaryColumn;
import dev.quern.data.Digest;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.TextColumn;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.Morsel;
import dev.quern.engine.Shard;
import dev.quern.engine.Source;
import dev.quern.format.parquet.ParquetTypes.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetRoundTripTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyTypeComesBackAsItWas(long seed) throws IOException {
    Batch batch = Batches.random(Batches.EVERY_TYPE, (int) (seed * 333), seed);
    Shard shard =
        Batches.write(
            folder.resolve("s.parquet"),
            Batches.EVERY_TYPE,
            Ids.STORED,
            Batches.cut(batch, (int) (50 * seed)));

    Batches.Caught read =
        Batches.read(new VersionReading(Batches.stored(Batches.EVERY_TYPE, shard), 3), 1 << 20);

    assertThat(read.samples()).isEqualTo(Batches.samples(batch));
    assertThat(read.samples).isEqualTo(batch.count());
    Digest before = new Digest();
    before.add(batch);
    Digest after = new Digest();
    read.batches.forEach(after::add);
    assertThat(after.of(Batches.EVERY_TYPE)).isEqualTo(before.of(Batches.EVERY_TYPE));
    Batch last = read.batches.get(read.batches.size() - 1);
    assertThat(last.keys().origin(0)).isEqualTo(3L << 32);
    assertThat(last.keys().position(last.rows() - 1)).isEqualTo(batch.rows() - 1);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13})
  void othersReadTheFieldsWithoutIds(long seed) throws IOException {
    Batch batch = Batches.random(Batches.EVERY_TYPE, 700, seed);
    for (Ids ids : Ids.values()) {
      Path path = folder.resolve(ids + ".parquet");
      Batches.write(path, Batches.EVERY_TYPE, ids, List.of(batch));
      ParquetInput input = Batches.input(path);
      Schema schema = ParquetReading.infer(List.of(input));
      assertThat(schema).isEqualTo(Batches.EVERY_TYPE);
      Batches.Caught read =
          Batches.read(new ParquetReading(source("people"), List.of(input), schema), 1 << 20);
      int row = 0;
      for (Batch part : read.batches) {
        for (int i = 0; i < part.count(); i++, row++) {
          assertThat(Batches.values(part, part.row(i))).isEqualTo(Batches.values(batch, row));
          assertThat(part.keys().id(i)).isEqualTo(SampleId.of("people", ids + ".parquet", row, 0));
          assertThat(part.keys().origin(i)).isEqualTo(7L << 32);
          assertThat(part.keys().position(i)).isEqualTo(row);
          assertThat(part.keys().split(i)).isEqualTo(Split.NONE);
        }
      }
      assertThat(row).isEqualTo(700);
    }
  }

  @Test
  void noSamplesAtAllAreAFileToo() throws IOException {
    Schema schema = Batches.EVERY_TYPE;
    Shard none = Batches.write(folder.resolve("none"), schema, Ids.STORED, List.of());
    Batch empty = Batches.random(schema, 0, 1);
    Shard zero = Batches.write(folder.resolve("zero"), schema, Ids.STORED, List.of(empty));
    assertThat(zero.sha256()).isEqualTo(none.sha256());
    Batches.Caught read =
        Batches.read(new VersionReading(Batches.stored(schema, none, zero), 0), 1 << 20);
    assertThat(read.batches).isEmpty();
    assertThat(read.morsels).isEmpty();
    assertThat(ParquetReading.infer(List.of(Batches.input(folder.resolve("none")))))
        .isEqualTo(schema);
  }

  @Test
  void idsAloneAreAFileAndNothingIsNone() throws IOException {
    Schema nothing = new Schema(List.of());
    Batch batch = Batches.random(nothing, 10, 1);
    Shard shard = Batches.write(folder.resolve("s"), nothing, Ids.STORED, List.of(batch));
    Batches.Caught read =
        Batches.read(new VersionReading(Batches.stored(nothing, shard), 0), 1 << 20);
    assertThat(read.samples()).isEqualTo(Batches.samples(batch));
    assertThatThrownBy(() -> new ParquetWriting(nothing, Ids.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Parquet must hold a field or ids; found: none");
  }

  @Test
  void largeTextsComeBack() throws IOException {
    Schema schema = Schema.of(Field.of("text", Type.TEXT), Field.of("n", Type.LONG));
    BatchBuilder builder = new BatchBuilder(schema);
    for (int i = 0; i < 20; i++) {
      builder.keys().append(i, i, 0, i, 0, (byte) 1);
      builder.column(0).appendText(("数据" + i + "🙂").repeat(i % 2 == 0 ? 400_000 : 1));
      builder.column(1).appendLong(i);
    }
    Batch batch = builder.build();
    Shard shard = Batches.write(folder.resolve("s"), schema, Ids.STORED, List.of(batch));
    Batches.Caught read =
        Batches.read(new VersionReading(Batches.stored(schema, shard), 0), 1 << 20);
    assertThat(read.samples().equals(Batches.samples(batch))).isTrue();
    assertThat(read.batches).hasSizeGreaterThan(5);
  }

  @Test
  void repeatedTextsStayADictionary() throws IOException {
    Schema schema = Schema.of(Field.of("colour", Type.TEXT), Field.of("note", Type.TEXT));
    BatchBuilder builder = new BatchBuilder(schema);
    for (int i = 0; i < 50_000; i++) {
      builder.keys().append(i, i, 0, i, 0, (byte) 0);
      builder.column(0).appendText(i % 3 == 0 ? "red" : "green");
      builder.column(1).appendText("a note that is told only once, number " + i + " of many");
    }
    Batch batch = builder.build();
    Shard shard = Batches.write(folder.resolve("s"), schema, Ids.STORED, List.of(batch));
    Batches.Caught read =
        Batches.read(new VersionReading(Batches.stored(schema, shard), 0), 1 << 20);
    assertThat(read.samples().equals(Batches.samples(batch))).isTrue();
    assertThat(read.batches)
        .allSatisfy(part -> assertThat(part.column(0)).isInstanceOf(DictionaryColumn.class));
    assertThat(((DictionaryColumn) read.batches.get(0).column(0)).dictionary().size()).isEqualTo(2);
    assertThat(read.batches.get(read.batches.size() - 1).column(1)).isInstanceOf(TextColumn.class);
  }

  @Test
  void repeatedNumbersKeepTheCodesOfTheirValues() throws IOException {
    Schema schema =
        Schema.of(
            Field.of("n", Type.LONG),
            Field.of("price", Type.DOUBLE),
            Field.of("at", Type.TIMESTAMP),
            Field.of("day", Type.DATE),
            Field.of("once", Type.LONG));
    BatchBuilder builder = new BatchBuilder(schema);
    for (int i = 0; i < 50_000; i++) {
      builder.keys().append(i, i, 0, i, 0, (byte) 0);
      for (int field : new int[] {0, 2, 3}) {
        if (i % 11 == field) {
          builder.column(field).appendNull();
        } else {
          builder.column(field).appendLong(i * 7L % (40 + field));
        }
      }
      builder.column(1).appendDouble(i % 4 == 0 ? -0.0 : i % 9 / 4.0);
      builder.column(4).appendLong(1L << 40 ^ i * 0x9e3779b97f4a7c15L);
    }
    Batch batch = builder.build();
    Shard shard = Batches.write(folder.resolve("s"), schema, Ids.STORED, List.of(batch));
    Batches.Caught read =
        Batches.read(new VersionReading(Batches.stored(schema, shard), 0), 1 << 20);
    assertThat(read.samples().equals(Batches.samples(batch))).isTrue();
    for (Batch part : read.batches) {
      assertThat(part.column(4).codes()).isNull();
      for (int field = 0; field < 4; field++) {
        assertThat(part.column(field).codes()).isNotNull();
        agree(part.column(field), part.column(field).codes());
        assertThat(part.column(field).codes().entries())
            .isSameAs(read.batches.get(0).column(field).codes().entries());
      }
    }
  }

  private static void agree(Column column, Codes codes) {
    for (int row = 0; row < column.size(); row++) {
      int code = codes.codes()[row];
      assertThat(code < 0).isEqualTo(column.isNull(row));
      if (code >= 0) {
        assertThat(codes.entries().valueAt(code)).isEqualTo(column.valueAt(row));
      }
    }
  }

  @Test
  void bytesOfTheFileDependOnTheSamplesAlone() throws IOException {
    Schema schema =
        Schema.of(
            Field.of("text", Type.TEXT),
            Field.of("word", Type.TEXT),
            Field.of("list", Type.parse("list<struct<a: text, b: long>>")),
            Field.of("n", Type.DOUBLE));
    // More than two row groups of 32 MiB, so that the cuts between groups are tried as well.
    List<Batch> parts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      parts.add(wide(schema, 9_000, i));
    }
    Shard large = Batches.write(folder.resolve("a"), schema, Ids.STORED, parts);
    List<Batch> small = new ArrayList<>();
    parts.forEach(part -> small.addAll(Batches.cut(part, 100)));
    List<Batch> odd = new ArrayList<>();
    parts.forEach(part -> odd.addAll(Batches.cut(part, 4096)));
    assertThat(Batches.write(folder.resolve("b"), schema, Ids.STORED, small).sha256())
        .isEqualTo(large.sha256());
    assertThat(Batches.write(folder.resolve("c"), schema, Ids.STORED, odd).sha256())
        .isEqualTo(large.sha256());
    try (ParquetFile file = ParquetFile.open(Batches.input(folder.resolve("a")))) {
      assertThat(file.groups()).hasSizeGreaterThan(2);
    }
    // What comes back as dictionary columns is written as the same bytes.
    Batches.Caught read =
        Batches.read(new VersionReading(Batches.stored(schema, large), 0), 1 << 20);
    assertThat(Batches.write(folder.resolve("d"), schema, Ids.STORED, read.batches).sha256())
        .isEqualTo(large.sha256());
  }

  private static Batch wide(Schema schema, int rows, long seed) {
    BatchBuilder builder = new BatchBuilder(schema);
    builder.append(Batches.random(schema, 1, seed), 0);
    var random = new java.util.SplittableRandom(seed);
    for (int row = 1; row < rows; row++) {
      builder.keys().append(random.nextLong(), row, 0, row, 0, (byte) 1);
      builder.column(0).appendText(Long.toHexString(random.nextLong()).repeat(80));
      builder.column(1).appendText("w" + random.nextInt(50));
      builder.column(2).appendNull();
      builder.column(3).appendDouble(random.nextInt(100) / 4.0);
    }
    return builder.build();
  }

  @Test
  void onlySelectedSamplesAreWritten() throws IOException {
    Batch batch = Batches.random(Batches.EVERY_TYPE, 100, 5);
    Batch some = batch.select(new int[] {3, 50, 99}, 3);
    Shard shard = Batches.write(folder.resolve("s"), Batches.EVERY_TYPE, Ids.STORED, List.of(some));
    assertThat(shard.sha256())
        .isEqualTo(
            Batches.write(
                    folder.resolve("t"), Batches.EVERY_TYPE, Ids.STORED, List.of(some.compact()))
                .sha256());
    assertThat(
            Batches.read(new VersionReading(Batches.stored(Batches.EVERY_TYPE, shard), 0), 1)
                .samples())
        .isEqualTo(Batches.samples(some));
  }

  @Test
  void rolesAndMediaTypesComeBack() throws IOException {
    Schema inner = Schema.of(new Field("who", Type.TEXT, Set.of(Role.SUBJECT), Optional.empty()));
    Schema schema =
        Schema.of(
            new Field("pic", Type.BYTES, Set.of(Role.IMAGE), Optional.of("image/png")),
            new Field("y", Type.LONG, Set.of(Role.LABEL, Role.SENSITIVE), Optional.empty()),
            Field.of("s", Type.struct(inner)));
    Path path = folder.resolve("s");
    Batch batch = Batches.random(schema, 20, 1);
    Shard shard = Batches.write(path, schema, Ids.STORED, List.of(batch));
    assertThat(ParquetReading.infer(List.of(Batches.input(path)))).isEqualTo(schema);
    assertThat(Batches.read(new VersionReading(Batches.stored(schema, shard), 0), 1).samples())
        .isEqualTo(Batches.samples(batch));
  }

  @Test
  void onlyTheFieldsWantedAreRead() throws IOException {
    Batch batch = Batches.random(Batches.EVERY_TYPE, 3000, 9);
    Shard shard =
        Batches.write(folder.resolve("s"), Batches.EVERY_TYPE, Ids.STORED, List.of(batch));
    Schema wanted =
        Schema.of(
            Field.of("deep", Batches.EVERY_TYPE.field(14).type()), Field.of("long", Type.LONG));
    var stored = Batches.stored(Batches.EVERY_TYPE, shard);
    Batches.Caught read = Batches.read(new VersionReading(stored, 0, wanted), 1 << 20);
    assertThat(read.batches.get(0).schema()).isEqualTo(wanted);
    assertThat(read.batches.get(0).column(1).valueAt(7)).isEqualTo(batch.column(1).valueAt(7));
    assertThat(read.batches.get(0).column(0).valueAt(9)).isEqualTo(batch.column(14).valueAt(9));
    assertThat(read.bytes).isLessThan(Batches.read(new VersionReading(stored, 0), 1 << 20).bytes);
    assertThatThrownBy(() -> new VersionReading(stored, 0, Schema.of(Field.of("other", Type.LONG))))
        .hasMessage("fields to read must be stored; found: other as long");
  }

  @Test
  void morselsAreGroupsOrSeveralSmallFilesAndCanBeSkipped() throws IOException {
    Schema schema = Schema.of(Field.of("n", Type.LONG));
    List<Shard> shards = new ArrayList<>();
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Batch batch = Batches.random(schema, i == 2 ? 0 : 1000, i);
      all.addAll(Batches.samples(batch));
      shards.add(Batches.write(folder.resolve("s" + i), schema, Ids.STORED, List.of(batch)));
    }
    var stored = Batches.stored(schema, shards.toArray(Shard[]::new));
    Batches.Caught one = Batches.read(new VersionReading(stored, 0), 1 << 20);
    assertThat(one.morsels).hasSize(1);
    assertThat(one.samples()).isEqualTo(all);
    assertThat(one.batches.get(2).keys().origin(0)).isEqualTo(3);
    Batches.Caught many = Batches.read(new VersionReading(stored, 0), 1);
    assertThat(many.morsels).hasSize(4);
    assertThat(many.samples()).isEqualTo(all);
    for (int done = 0; done <= 4; done++) {
      VersionReading reading = new VersionReading(stored, 0);
      try (var cutter = reading.cutter(1)) {
        for (int i = 0; i < done; i++) {
          cutter.skip(many.morsels.get(i));
        }
        for (int i = done; i < 4; i++) {
          assertThat(cutter.next()).isEqualTo(many.morsels.get(i));
        }
        assertThat((Object) cutter.next()).isNull();
      }
    }
  }

  @Test
  void filesThatDifferWidenOrAreRefusedByName() throws IOException {
    Schema longs = Schema.of(Field.of("n", Type.LONG), Field.of("only", Type.TEXT));
    Schema doubles = Schema.of(Field.of("n", Type.DOUBLE));
    Schema texts = Schema.of(Field.of("n", Type.TEXT));
    Batches.write(folder.resolve("a"), longs, Ids.NONE, List.of(Batches.random(longs, 50, 1)));
    Batches.write(folder.resolve("b"), doubles, Ids.NONE, List.of(Batches.random(doubles, 50, 2)));
    Batches.write(folder.resolve("c"), texts, Ids.NONE, List.of(Batches.random(texts, 50, 3)));
    List<ParquetInput> two =
        List.of(Batches.input(folder.resolve("a")), Batches.input(folder.resolve("b")));
    Schema both = ParquetReading.infer(two);
    assertThat(both).hasToString("struct<n: double, only: text>");
    Batches.Caught read = Batches.read(new ParquetReading(source("s"), two, both), 1 << 20);
    assertThat(read.samples).isEqualTo(100);
    assertThat(read.batches.get(1).column(1).nulls().count()).isEqualTo(50);
    assertThatThrownBy(
            () -> ParquetReading.infer(List.of(two.get(0), Batches.input(folder.resolve("c")))))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "c: field n must be long as in the files before; found: text; read these files as a"
                + " source of their own");
  }

  @Test
  void valuesThatDoNotFitTheirTypeAreRefused() {
    Schema schema = Schema.of(Field.of("d", Type.decimal(4, 1)));
    BatchBuilder builder = new BatchBuilder(schema);
    builder.keys().append(1, 1, 0, 0, 0, (byte) 0);
    builder.column(0).appendDecimal(1, 0);
    Batch batch = builder.build();
    assertThatThrownBy(() -> Batches.write(folder.resolve("s"), schema, Ids.NONE, List.of(batch)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "field d: a value must fit its type decimal(4,1) to be written as Parquet; found: more digits;"
                + " cast the field to a wider decimal");
  }

  static Source source(String name) {
    return new Source(7, name, "/", "/", Split.NONE, List.of());
  }

  static Morsel whole(long rows) {
    return new Morsel(0, 7, 0, 0, 0, rows, null);
  }
}
