package dev.quern.format.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.format.parquet.ParquetTypes.Ids;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShapesTest {
  @TempDir Path folder;

  /** The forms of lists of the Parquet format, "Backward-compatibility rules", and of maps. */
  static Stream<Arguments> forms() {
    return Stream.of(
        Arguments.of("repeated int64 f", "list<long>"),
        Arguments.of("optional group f (LIST) { repeated int64 element; }", "list<long>"),
        Arguments.of(
            "optional group f (LIST) { repeated group element { required int64 a; required int64 b;"
                + " } }",
            "list<struct<a: long, b: long>>"),
        Arguments.of(
            "optional group f (LIST) { repeated group array { required int64 a; } }",
            "list<struct<a: long>>"),
        Arguments.of(
            "optional group f (LIST) { repeated group f_tuple { required int64 a; } }",
            "list<struct<a: long>>"),
        Arguments.of(
            "optional group f (LIST) { repeated group bag { required int64 a; } }", "list<long>"),
        Arguments.of(
            "required group f (LIST) { repeated group list { optional int64 element; } }",
            "list<long>"),
        Arguments.of(
            "optional group f (LIST) { repeated group list { repeated int64 element; } }",
            "list<struct<element: list<long>>>"),
        Arguments.of(
            "optional group f (MAP) { repeated group entries { required int64 k; required int64 v;"
                + " } }",
            "list<struct<key: long, value: long>>"),
        Arguments.of(
            "optional group f (MAP_KEY_VALUE) { repeated group map { required int64 key; required"
                + " int64 value; } }",
            "list<struct<key: long, value: long>>"),
        Arguments.of("repeated group f { required int64 a; }", "list<struct<a: long>>"),
        Arguments.of(
            "required group f { required group g { required int64 a; } }",
            "struct<g: struct<a: long>>"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("forms")
  void everyFormOfListsAndMapsIsRead(String form, String type) throws Exception {
    MessageType message =
        MessageTypeParser.parseMessageType(
            "message m { " + form + (form.endsWith("}") ? " }" : "; }"));
    Schema schema = Schema.of(Field.of("f", Type.parse(type)));
    assertThat(Shapes.of(message).get(0).type()).hasToString(type);
    BatchBuilder builder = new BatchBuilder(schema);
    for (int row = 0; row < 50; row++) {
      builder.keys().append(0, row, 0, row, 0, (byte) 0);
      fill(builder.column(0), row);
    }
    Batch batch = builder.build();
    Path path = folder.resolve("f.parquet");
    try (var out =
        new ParquetOutput(path, schema, Ids.NONE, message, Map.of(), java.util.Optional.empty())) {
      out.write(batch);
    }
    List<ParquetInput> files = List.of(Batches.input(path));
    assertThat(ParquetReading.infer(files)).isEqualTo(schema);
    Batches.Caught read =
        Batches.read(new ParquetReading(ParquetRoundTripTest.source("s"), files, schema), 1 << 20);
    List<Object> values = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    for (int row = 0; row < 50; row++) {
      values.add(read.batches.get(0).column(0).valueAt(row));
      expected.add(batch.column(0).valueAt(row));
    }
    assertThat(values).isEqualTo(expected);
  }

  private static void fill(ColumnBuilder column, int seed) {
    switch (column.type().kind()) {
      case LIST -> {
        for (int i = 0; i < seed % 4; i++) {
          fill(column.elements(), seed + i);
        }
        column.endList();
      }
      case STRUCT -> {
        for (int i = 0; i < ((Type.Struct) column.type()).schema().size(); i++) {
          fill(column.part(i), seed + 1);
        }
        column.endStruct();
      }
      default -> column.appendLong(seed);
    }
  }

  @Test
  void typesWithoutAPlaceAreRefusedByName() {
    MessageType message =
        MessageTypeParser.parseMessageType(
            "message m { optional fixed_len_byte_array(20) d (DECIMAL(45,2)); }");
    assertThatThrownBy(() -> Shapes.of(message))
        .hasMessage(
            "decimals must have a precision in [1, 38] (digits) and a scale up to it; found: 45"
                + " and 2; write the field in another type");
    StringBuilder deep = new StringBuilder("optional int64 x;");
    for (int i = 0; i < 70; i++) {
      deep.insert(0, "optional group g { ").append(" }");
    }
    MessageType nested = MessageTypeParser.parseMessageType("message m { " + deep + " }");
    assertThatThrownBy(() -> Shapes.of(nested))
        .hasMessage(
            "fields must have at most 30 lists and structs within each other; found: more; write"
                + " the field in another type");
  }

  @Test
  void datesBeyondParquetAreRefusedWithTheirField() throws IOException {
    Schema schema = Schema.of(Field.of("s", Type.parse("struct<day: date>")));
    BatchBuilder builder = new BatchBuilder(schema);
    builder.keys().append(0, 0, 0, 0, 0, (byte) 0);
    builder.column(0).part(0).appendLong(1L << 40);
    builder.column(0).endStruct();
    Batch batch = builder.build();
    assertThatThrownBy(() -> Batches.write(folder.resolve("d"), schema, Ids.NONE, List.of(batch)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("field s.day: a date must lie within 2^31 days of 1970");
  }
}
