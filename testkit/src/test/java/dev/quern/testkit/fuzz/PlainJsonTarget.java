package dev.quern.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.text.JsonDecoder;
import dev.quern.text.PlainJson;
import dev.quern.text.StrictJson;
import dev.quern.text.Utf8;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What the fast reader of JSON takes, the strict one takes too, with the same values. */
final class PlainJsonTarget implements FuzzTarget {
  private static final Schema SCHEMA =
      ((Type.Struct)
              Type.parse(
                  "struct<id: long, a: double, s: text, b: bool, d: date, t: timestamp, f: float,"
                      + " n: decimal(9,2), y: bytes, x: list<struct<k: text, n: long>>, o:"
                      + " struct<p: list<list<long>>, q: text>>"))
          .schema();

  @Override
  public List<byte[]> corpus() {
    List<byte[]> all =
        TextFiles.bytes(
            "{\"id\":1,\"a\":1.5,\"s\":\"x\\u00e4\\ud83d\\ude00\\n\",\"b\":true,\"d\":\"2024-02-29\"}",
            "{\"t\":\"2024-01-01T00:00:00.123456Z\",\"f\":0.1,\"n\":12.5,\"y\":\"AAEC\"}",
            "{\"x\":[{\"k\":\"v\",\"n\":-1},{\"n\":null},null],\"o\":{\"p\":[[1,2],[]],\"q\":\"\"}}",
            "{ \"n\" : \"1.50\" , \"id\" : null }",
            "{\"id\":9223372036854775807,\"a\":4.9e-324,\"f\":1e38,\"s\":\"中\"}",
            "{}");
    all.addAll(TextFiles.data("bad-json"));
    return all;
  }

  @Override
  public List<byte[]> words() {
    return TextFiles.bytes(
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "\\",
        "\\u",
        "\\ud800",
        "\\udc00",
        "null",
        "true",
        "false",
        " ",
        "\n",
        "\"id\":",
        "\"a\":",
        "\"s\":",
        "\"x\":",
        "\"o\":",
        "\"k\":",
        "\"p\":",
        "\"\"",
        "-",
        "0",
        ".",
        "e",
        "E+",
        "1e308",
        "\"2024-02-30\"",
        "\"AA==\"",
        "\\/",
        "\\b",
        "\0");
  }

  @Override
  public void feed(byte[] input, SplittableRandom random) {
    if (!Utf8.isValid(input, 0, input.length)) {
      return;
    }
    BatchBuilder plain = new BatchBuilder(SCHEMA);
    if (!new PlainJson(SCHEMA, plain).read(input, 0, input.length, 0)) {
      return;
    }
    BatchBuilder strict = new BatchBuilder(SCHEMA);
    assertThat(StrictJson.read(input, 0, input.length, parser -> object(parser, strict)))
        .as("rule that the strict reader finds broken")
        .isNull();
    for (int i = 0; i < SCHEMA.size(); i++) {
      if (strict.column(i).size() == 0) {
        strict.column(i).appendNull();
      }
    }
    assertThat(values(plain)).isEqualTo(values(strict));
  }

  private static @Nullable String object(JsonParser parser, BatchBuilder into) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      return "not_an_object";
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      int field = SCHEMA.indexOf(parser.currentName());
      if (field < 0) {
        return "unknown_field";
      }
      parser.nextToken();
      String rule = JsonDecoder.of(SCHEMA.field(field).type()).decode(parser, into.column(field));
      if (rule != null) {
        return rule;
      }
    }
    return null;
  }

  private static String values(BatchBuilder builder) {
    builder.keys().append(0, 0, 0, 0, 0, (byte) 0);
    Batch batch = builder.build();
    StringBuilder all = new StringBuilder();
    batch
        .columns()
        .forEach(
            column -> {
              Object value = column.valueAt(0);
              all.append(value instanceof byte[] bytes ? java.util.Arrays.toString(bytes) : value);
              all.append('|');
            });
    return all.toString();
  }
}
