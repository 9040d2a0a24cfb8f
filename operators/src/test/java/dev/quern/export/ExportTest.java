package dev.quern.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.quern.catalog.StandardCatalog;
import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.format.json.Json;
import dev.quern.format.parquet.ParquetTypes.Ids;
import dev.quern.operator.BindException;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Writer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("text", Type.TEXT),
          Field.of("n", Type.LONG),
          Field.of("x", Type.DOUBLE),
          Field.of("d", Type.decimal(20, 2)),
          Field.of("ok", Type.BOOL),
          Field.of("at", Type.TIMESTAMP),
          Field.of("day", Type.DATE),
          Field.of("raw", Type.BYTES),
          Field.of("deep, er", Type.parse("list<struct<a: text, b: list<long>>>")));

  @TempDir Path folder;

  private static Batch batch() {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    row(
        builder,
        "a \"quoted\", line\n中文🙂\t",
        Long.MIN_VALUE,
        0.1,
        new BigDecimal("123456789012345678.90"),
        true,
        Instant.parse("2024-02-29T12:30:15.123456Z"),
        LocalDate.of(1969, 12, 31),
        new byte[] {0, -1},
        List.of(Map.of("a", "x\"y", "b", List.of(1, 2)), Map.of()));
    row(
        builder,
        "",
        0L,
        Double.NaN,
        BigDecimal.ZERO,
        false,
        Instant.EPOCH,
        LocalDate.EPOCH,
        new byte[0],
        List.of());
    row(builder, null, null, null, null, null, null, null, null, null);
    row(builder, "=1+1", 7L, Double.POSITIVE_INFINITY, null, null, null, null, null, null);
    row(builder, "left out", 7L, 1.0, null, null, null, null, null, null);
    return builder.build().select(new int[] {0, 1, 2, 3}, 4);
  }

  private static void row(BatchBuilder builder, Object... values) {
    int row = builder.count();
    builder.keys().append(row, 255, 0, row, 0, (byte) (row % 4));
    for (int i = 0; i < values.length; i++) {
      builder.column(i).appendValue(values[i]);
    }
  }

  private byte[] write(Writer writer, String name, Batch... batches) throws IOException {
    Schema schema = batches[0].schema();
    writer.check(schema);
    Path path = folder.resolve(name);
    try (var out = writer.bind(schema).open(path)) {
      for (Batch batch : batches) {
        out.write(batch);
      }
    }
    return Files.readAllBytes(path);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void jsonLinesAreWrittenByTheLetter() throws IOException {
    String written = text(write(new Jsonl(Ids.NONE, Compression.NONE), "a.jsonl", batch()));
    assertThat(written)
        .isEqualTo(
            """
            {"text":"a \\"quoted\\", line\\n中文🙂\\t","n":-9223372036854775808,"x":0.1,"d":123456789012345678.90,"ok":true,"at":"2024-02-29T12:30:15.123456Z","day":"1969-12-31","raw":"AP8=","deep, er":[{"a":"x\\"y","b":[1,2]},{"a":null,"b":null}]}
            {"text":"","n":0,"x":null,"d":0.00,"ok":false,"at":"1970-01-01T00:00:00Z","day":"1970-01-01","raw":"","deep, er":[]}
            {"text":null,"n":null,"x":null,"d":null,"ok":null,"at":null,"day":null,"raw":null,"deep, er":null}
            {"text":"=1+1","n":7,"x":null,"d":null,"ok":null,"at":null,"day":null,"raw":null,"deep, er":null}
            """);
    written.lines().forEach(Json::parseObject);
  }

  @Test
  void csvIsWrittenByTheLetter() throws IOException {
    assertThat(text(write(new Csv(Ids.NONE, Compression.NONE), "a.csv", batch())))
        .isEqualTo(
            "text,n,x,d,ok,at,day,raw,\"deep, er\"\r\n"
                + "\"a \"\"quoted\"\", line\n中文🙂\t\",-9223372036854775808,0.1,"
                + "123456789012345678.90,true,2024-02-29T12:30:15.123456Z,1969-12-31,AP8=,"
                + "\"[{\"\"a\"\":\"\"x\\\"\"y\"\",\"\"b\"\":[1,2]},{\"\"a\"\":null,\"\"b\"\":null}]\""
                + "\r\n"
                + "\"\",0,NaN,0.00,false,1970-01-01T00:00:00Z,1970-01-01,\"\",[]\r\n"
                + ",,,,,,,,\r\n"
                + "=1+1,7,Infinity,,,,,,\r\n");
  }

  @Test
  void textsThatAReaderWouldChangeAreQuoted() throws IOException {
    Schema schema = Schema.of(Field.of("#a", Type.TEXT));
    BatchBuilder builder = new BatchBuilder(schema);
    for (String text : List.of("# no comment", " x", "x\t", "\ufeffx", "\r", "\"", "x y", "")) {
      row(builder, text);
    }
    assertThat(text(write(new Csv(Ids.NONE, Compression.NONE), "a.csv", builder.build())))
        .isEqualTo(
            "\"#a\"\r\n\"# no comment\"\r\n\" x\"\r\n\"x\t\"\r\n\"\ufeffx\"\r\n\"\r\"\r\n\"\"\"\"\r\n"
                + "x y\r\n\"\"\r\n");
  }

  @Test
  void idsAndSplitsComeFirstAndFieldsOfTheirNamesStepAside() throws IOException {
    Schema schema = Schema.of(Field.of("_id", Type.LONG));
    BatchBuilder builder = new BatchBuilder(schema);
    row(builder, 1L);
    row(builder, 2L);
    Batch batch = builder.build();
    assertThat(text(write(new Csv(Ids.STORED, Compression.NONE), "a.csv", batch)))
        .isEqualTo(
            "_id,_split,__id\r\n"
                + "000000000000000000000000000000ff,none,1\r\n"
                + "000000000000000100000000000000ff,train,2\r\n");
    assertThat(text(write(new Jsonl(Ids.STORED, Compression.NONE), "a.jsonl", batch)))
        .startsWith(
            "{\"_id\":\"000000000000000000000000000000ff\",\"_split\":\"none\",\"__id\":1}\n");
  }

  @Test
  void zstCompressesByParameterOrByName() throws IOException {
    byte[] plain = write(new Jsonl(Ids.NONE, Compression.NONE), "a.jsonl", batch());
    byte[] byName = write(new Jsonl(Ids.NONE, Compression.NONE), "b.jsonl.zst", batch());
    byte[] byParameter = write(new Jsonl(Ids.NONE, Compression.ZST), "c", batch());
    assertThat(byParameter).isEqualTo(byName);
    try (var in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(byName))) {
      assertThat(in.readAllBytes()).isEqualTo(plain);
    }
    assertThat(new Jsonl(Ids.NONE, Compression.ZST).bind(SCHEMA).ending()).isEqualTo(".jsonl.zst");
    assertThat(new Csv(Ids.NONE, Compression.NONE).bind(SCHEMA).ending()).isEqualTo(".csv");
  }

  @Test
  void bytesDependOnTheSamplesAlone() throws IOException {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    BatchBuilder part = new BatchBuilder(SCHEMA);
    List<Batch> parts = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      for (BatchBuilder each : List.of(builder, part)) {
        row(
            each,
            ("text " + i).repeat(i % 50),
            (long) i,
            i / 7.0,
            null,
            null,
            null,
            null,
            null,
            null);
      }
      if (part.count() == 100) {
        parts.add(part.build());
      }
    }
    Batch whole = builder.build();
    for (OperatorSpec spec : new StandardCatalog().operators()) {
      // Label Studio takes judged samples only; its own test gives it some.
      if (!spec.stage().equals("export") || spec == LabelStudio.SPEC) {
        continue;
      }
      Writer writer = create(spec, Map.of());
      String name = spec.name();
      assertThat(write(writer, name + "1", whole))
          .isEqualTo(write(writer, name + "2", parts.toArray(Batch[]::new)));
    }
    Writer zst = new Csv(Ids.NONE, Compression.ZST);
    assertThat(write(zst, "z1", whole)).isEqualTo(write(zst, "z2", parts.toArray(Batch[]::new)));
  }

  @Test
  void nothingToWriteIsRefusedAtBinding() {
    Schema nothing = new Schema(List.of());
    for (Writer writer : List.of(new Parquet(Ids.NONE), new Csv(Ids.NONE, Compression.NONE))) {
      assertThatThrownBy(() -> writer.check(nothing))
          .isInstanceOf(BindException.class)
          .hasMessage("must have a field to write; found: none; keep a field");
    }
    new Parquet(Ids.STORED).check(nothing);
    new Jsonl(Ids.NONE, Compression.NONE).check(nothing);
  }

  @Test
  void parametersSayWhichColumnsAndWhichCompression() {
    assertThat(create(Parquet.SPEC, Map.of("ids", "stored"))).isEqualTo(new Parquet(Ids.STORED));
    assertThat(create(Parquet.SPEC, Map.of())).isEqualTo(new Parquet(Ids.NONE));
    assertThat(create(Csv.SPEC, Map.of("compression", "zst")))
        .isEqualTo(new Csv(Ids.NONE, Compression.ZST));
    List<Params.Problem> problems = new ArrayList<>();
    Params.read(Parquet.SPEC.params(), Map.of("ids", "some"), problems);
    assertThat(problems)
        .containsExactly(new Params.Problem("ids", "must be one of none, stored; found: \"some\""));
  }

  private static Writer create(OperatorSpec spec, Map<String, Object> given) {
    List<Params.Problem> problems = new ArrayList<>();
    Params params = Params.read(spec.params(), given, problems).orElseThrow();
    return (Writer) spec.create().apply(params);
  }
}
