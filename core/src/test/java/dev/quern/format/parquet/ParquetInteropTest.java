package dev.quern.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import dev.quern.format.parquet.ParquetTypes.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files of pyarrow read by Quern and the other way round. Needs a Python with pyarrow, named by
 * QUERN_PYTHON of the environment (default {@code python3}); skipped where there is none.
 */
class ParquetInteropTest {
  @TempDir static Path folder;
  private static Path script;

  @BeforeAll
  static void writeWithPyarrow() throws Exception {
    script = folder.resolve("interop.py");
    try (InputStream in = ParquetInteropTest.class.getResourceAsStream("interop.py")) {
      Files.write(script, in.readAllBytes());
    }
    boolean present = false;
    try {
      present = run("-c", "import pyarrow").code() == 0;
    } catch (IOException e) {
      present = false; // no such program
    }
    assumeTrue(
        present, "skipped: needs a Python with pyarrow (pip install pyarrow), see QUERN_PYTHON");
    Result result = run(script.toString(), "write", folder.toString());
    assertThat(result.code()).as(result.out()).isZero();
  }

  private record Result(int code, String out) {}

  private static String python() {
    String named = System.getenv("QUERN_PYTHON");
    return named == null ? "python3" : named;
  }

  private static Result run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(python()));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(folder, "out", ".txt");
    try {
      int code =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start()
              .waitFor();
      return new Result(code, Files.readString(out));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "snappy", "gzip", "lz4", "none", "delta", "mixed"})
  void filesOfPyarrowAreReadAsTheyAre(String variant) throws IOException {
    List<?> expected = Json.list(Json.parse(Files.readString(folder.resolve(variant + ".json"))));
    Batches.Caught read = read(variant + ".parquet");
    assertThat(read.quarantined).isEmpty();
    int at = 0;
    for (Batch batch : read.batches) {
      for (int row = 0; row < batch.rows(); row++) {
        assertThat(row(batch, row)).as("row %s", at).isEqualTo(expected.get(at++));
      }
    }
    assertThat(at).isEqualTo(5000);
  }

  @Test
  void oddTypesOfPyarrowAreRead() throws IOException {
    assertThat(column("nanos.odd", 0)).containsExactly(0L, 1_709_210_415_123_456L, -1L, null);
    assertThat(column("int96.odd", 0)).containsExactly(0L, 1_709_210_415_123_456L, -1L, null);
    assertThat(column("half.odd", 0))
        .containsExactly(0.5, -2.0, 65504.0, 0x1.0p-24, Double.POSITIVE_INFINITY, null);
    assertThat(column("wide.odd", 0)).containsExactly("0", "18446744073709551615", null);
    assertThat(column("wide.odd", 1))
        .containsExactly(
            "00000000-0000-0000-0000-000000000001", "ffffffff-ffff-ffff-ffff-ffffffffffff", null);
  }

  @Test
  void textsThatAreNotUtf8SetTheirRowAside() throws IOException {
    Batches.Caught read = read("utf8.odd");
    assertThat(read.samples).isEqualTo(5);
    assertThat(read.quarantined).containsExactly("0@1 s not_utf8 4", "0@3 s not_utf8 3");
    Batch batch = read.batches.get(0);
    assertThat(batch.count()).isEqualTo(3);
    assertThat(row(batch, batch.row(0))).isEqualTo(Json.parse("{\"s\": \"good\", \"n\": 1}"));
    assertThat(row(batch, batch.row(2))).isEqualTo(Json.parse("{\"s\": \"中\", \"n\": 5}"));
  }

  @Test
  void codecsWithoutALibraryAreRefusedByName() {
    assertThatThrownBy(() -> read("brotli.odd"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "brotli.odd: codec must be zstd, snappy, gzip, lz4_raw or uncompressed; found: BROTLI;"
                + " write the file with one of these");
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22})
  void pyarrowReadsOurFiles(long seed) throws IOException {
    // pyarrow knows no struct without parts and holds dates within the years 1 to 9999 only.
    Schema schema =
        new Schema(
            Batches.EVERY_TYPE.fields().stream()
                .filter(f -> !List.of("empty", "empties", "date", "timestamp").contains(f.name()))
                .toList());
    Batch batch = Batches.random(schema, 3000, seed);
    Path path = folder.resolve("ours" + seed + ".parquet");
    Batches.write(path, schema, Ids.STORED, Batches.cut(batch, 700));
    Result result = run(script.toString(), "check", path.toString());
    assertThat(result.code()).as(result.out()).isZero();
    Map<String, ?> told = Json.parseObject(result.out());
    assertThat(told.get("codecs")).isEqualTo(List.of("ZSTD"));
    List<?> rows = Json.list(told.get("rows"));
    assertThat(rows).hasSize(3000);
    for (int row = 0; row < 3000; row++) {
      Map<String, Object> expected = new LinkedHashMap<>();
      expected.put("_id", batch.keys().id(row).toString());
      expected.put("_split", (long) batch.keys().splitCode(row));
      row(batch, row)
          .forEach((name, value) -> expected.put(ParquetTypes.columnName(name, Ids.STORED), value));
      assertThat(rows.get(row)).as("row %s", row).isEqualTo(expected);
    }
    assertThat(Json.object(told.get("types")))
        .containsEntry("text", "string")
        .containsEntry("decimal", "decimal128(9, 2)")
        .containsEntry("lists", "list<element: list<element: int64>>")
        .containsEntry("_id", "fixed_size_binary[16]");
  }

  private static Batches.Caught read(String name) throws IOException {
    List<ParquetInput> files = List.of(Batches.input(folder.resolve(name)));
    return Batches.read(
        new ParquetReading(ParquetRoundTripTest.source("s"), files, ParquetReading.infer(files)),
        1 << 20);
  }

  private static List<Object> column(String name, int field) throws IOException {
    List<Object> values = new ArrayList<>();
    for (Batch batch : read(name).batches) {
      for (int row = 0; row < batch.rows(); row++) {
        values.add(plain(batch.column(field).valueAt(row)));
      }
    }
    return values;
  }

  private static Map<String, Object> row(Batch batch, int row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int field = 0; field < batch.schema().size(); field++) {
      values.put(batch.schema().field(field).name(), plain(batch.column(field).valueAt(row)));
    }
    return values;
  }

  /** The counterpart of {@code plain} in interop.py. */
  private static Object plain(Object value) {
    if (value instanceof Float number) {
      return plain((double) number);
    }
    if (value instanceof Double number) {
      return number.isNaN() ? "nan" : number;
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Instant instant) {
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
    if (value instanceof LocalDate date) {
      return date.toEpochDay();
    }
    if (value instanceof List<?> list) {
      List<Object> parts = new ArrayList<>();
      list.forEach(part -> parts.add(plain(part)));
      return parts;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> parts = new LinkedHashMap<>();
      map.forEach((name, part) -> parts.put(name.toString(), plain(part)));
      return parts;
    }
    return value;
  }
}
