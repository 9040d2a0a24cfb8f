package dev.quern.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

class PlainJsonTest {
  private static final Schema ALL =
      Schema.of(
          field("n", "long"),
          field("x", "double"),
          field("f", "float"),
          field("d", "decimal(12,3)"),
          field("s", "text"),
          field("t", "timestamp"),
          field("day", "date"),
          field("raw", "bytes"),
          field("ok", "bool"),
          field("tags", "list<text>"),
          field("grid", "list<list<double>>"),
          field("who", "struct<name: text, age: long, near: list<struct<name: text, x: double>>>"),
          field("名", "text"),
          field("q\"", "text"));

  private static final String[] PIECES = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\\n",
    "\\u00e9",
    "\\ud83d\\ude00",
    "\\ud800",
    "\\u0000",
    "\\udc00",
    "\\/",
    "\\x",
    "null",
    "true",
    "false",
    "nul",
    "0",
    "00",
    "-0",
    "-",
    "+1",
    ".",
    "1.",
    ".5",
    "1e5",
    "1E+5",
    "1e",
    "1e400",
    "-1e-400",
    "9007199254740993",
    "NaN",
    "Infinity",
    "123456789012345678",
    "12345678901234567890",
    "0.1234567890123456789",
    " ",
    "\t",
    "\r",
    "\n",
    "\u0000",
    "\u007f",
    "\u00a0",
    "\ufeff",
    "é",
    "中",
    "😀",
    "\"n\":1",
    ",\"n\":2",
    "\"s\":\"x\"",
    "\"q\\\"\":\"x\"",
    "\"q\"\":\"x\"",
    "{\"name\":\"a\",\"name\":\"b\"}",
    "/*c*/",
    "'",
    "\"s\"",
    "\"2024-02-29\"",
    "\"12.5\"",
    "\"aGk=\"",
    "\"unknown\":1"
  };

  /** What the parser that reads all JSON makes of a document. */
  private static final class Reference {
    private final Schema schema;
    private final BatchBuilder batch;
    private final JsonDecoder[] decoders;

    Reference(Schema schema) {
      this.schema = schema;
      this.batch = new BatchBuilder(schema);
      this.decoders = new JsonDecoder[schema.size()];
      for (int i = 0; i < decoders.length; i++) {
        decoders[i] = JsonDecoder.of(schema.field(i).type());
      }
    }

    @Nullable String read(byte[] bytes) {
      int row = batch.count();
      String rule = StrictJson.read(bytes, 0, bytes.length, this::object);
      if (rule != null) {
        truncate(batch, row);
      } else {
        end(batch);
      }
      return rule;
    }

    private @Nullable String object(JsonParser parser) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        return "not_an_object";
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        int position = schema.indexOf(parser.currentName());
        if (position < 0) {
          return "unknown_field";
        }
        parser.nextToken();
        String rule = decoders[position].decode(parser, batch.column(position));
        if (rule != null) {
          return rule;
        }
      }
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatIsReadIsWhatTheParserReads(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> documents = new ArrayList<>();
    for (int i = 0; i < 30_000; i++) {
      byte[] document = object(random, ALL).getBytes(UTF_8);
      documents.add(i % 10 == 0 ? document : mutated(document, random));
    }
    long read = compare(ALL, documents);
    assertThat(read).isBetween(6_000L, 25_000L);
  }

  @Test
  void objectsAsTheyShouldBeAreNotDeclined() {
    SplittableRandom random = new SplittableRandom(5);
    List<byte[]> documents = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      documents.add(object(random, ALL).getBytes(UTF_8));
    }
    assertThat(compare(ALL, documents)).isEqualTo(2_000);
  }

  @Test
  void documentsOfTheConformanceSuiteAreReadAsTheParserDoes() throws IOException {
    Path data = Path.of(System.getProperty("quern.data", "../../shared/data"), "bad-json");
    if (!Files.exists(data) && System.getenv("CI") == null) {
      Assumptions.abort("test data are not there: " + data);
    }
    List<byte[]> documents = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> found = Files.list(data.resolve("test_parsing"))) {
      files = found.sorted().toList();
    }
    for (Path file : files) {
      byte[] document = Files.readAllBytes(file);
      documents.add(document);
      documents.add(around("{\"a\":", document, "}"));
      documents.add(around("{\"a\":[", document, "]}"));
      documents.add(around(" {\"b\" : null , \"a\":", document, "}\r"));
    }
    long read = 0;
    for (String type :
        List.of(
            "text",
            "long",
            "double",
            "bool",
            "list<text>",
            "list<long>",
            "list<double>",
            "list<list<double>>",
            "struct<a: text, b: double>",
            "list<struct<a: text, b: text>>")) {
      read += compare(Schema.of(field("a", type), field("b", "text")), documents);
    }
    assertThat(documents).hasSizeGreaterThan(1_200);
    assertThat(read).isGreaterThan(100);
  }

  @Test
  void fieldsInAnyOrderAreFound() {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      fields.add(field("f" + i, "long"));
    }
    Schema schema = new Schema(fields);
    SplittableRandom random = new SplittableRandom(6);
    List<byte[]> documents = new ArrayList<>();
    for (int d = 0; d < 1_000; d++) {
      StringBuilder text = new StringBuilder("{");
      int first = random.nextInt(100);
      int step = 1 + 2 * random.nextInt(5);
      for (int i = 0; i < 7; i++) {
        text.append(i == 0 ? "" : ",").append("\"f").append((first + i * step) % 100);
        text.append("\": ").append(random.nextLong());
      }
      documents.add(text.append('}').toString().getBytes(UTF_8));
    }
    assertThat(compare(schema, documents)).isEqualTo(1_000);
  }

  /** Returns how many documents were read without the parser. */
  private static long compare(Schema schema, List<byte[]> documents) {
    BatchBuilder batch = new BatchBuilder(schema);
    PlainJson plain = new PlainJson(schema, batch);
    Reference reference = new Reference(schema);
    for (byte[] document : documents) {
      int row = batch.count();
      boolean read =
          Utf8.isValid(document, 0, document.length)
              && plain.read(document, 0, document.length, row);
      if (!read) {
        truncate(batch, row);
        continue;
      }
      end(batch);
      assertThat(reference.read(document)).as(new String(document, UTF_8)).isNull();
      for (int i = 0; i < schema.size(); i++) {
        assertThat(batch.column(i).size()).isEqualTo(row + 1);
      }
    }
    Batch found = batch.build();
    Batch expected = reference.batch.build();
    assertThat(found.rows()).isEqualTo(expected.rows());
    for (int i = 0; i < schema.size(); i++) {
      for (int row = 0; row < found.rows(); row++) {
        assertThat(found.column(i).valueAt(row)).isEqualTo(expected.column(i).valueAt(row));
      }
    }
    return found.rows();
  }

  private static void end(BatchBuilder batch) {
    int row = batch.count();
    for (int i = 0; i < batch.schema().size(); i++) {
      if (batch.column(i).size() == row) {
        batch.column(i).appendNull();
      }
    }
    batch.keys().append(0, 0, 0, row, 0, (byte) 0);
  }

  private static void truncate(BatchBuilder batch, int row) {
    for (int i = 0; i < batch.schema().size(); i++) {
      batch.column(i).truncate(row);
    }
  }

  private static byte[] around(String before, byte[] document, String behind) {
    byte[] first = before.getBytes(UTF_8);
    byte[] last = behind.getBytes(UTF_8);
    byte[] all = new byte[first.length + document.length + last.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(document, 0, all, first.length, document.length);
    System.arraycopy(last, 0, all, first.length + document.length, last.length);
    return all;
  }

  private static byte[] mutated(byte[] document, SplittableRandom random) {
    byte[] changed = document;
    int times = 1 + random.nextInt(2);
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(changed.length + 1);
      int behind = Math.min(changed.length, at + random.nextInt(4));
      byte[] piece = PIECES[random.nextInt(PIECES.length)].getBytes(UTF_8);
      switch (random.nextInt(5)) {
        case 0 -> piece = new byte[] {(byte) random.nextInt(256)};
        case 1 -> piece = new byte[0];
        case 2 -> piece = java.util.Arrays.copyOfRange(changed, at, behind);
        default -> {
          // The piece itself.
        }
      }
      int to = random.nextBoolean() ? at : behind;
      byte[] head = around("", java.util.Arrays.copyOf(changed, at), "");
      byte[] next = java.util.Arrays.copyOf(head, head.length + piece.length + changed.length - to);
      System.arraycopy(piece, 0, next, head.length, piece.length);
      System.arraycopy(changed, to, next, head.length + piece.length, changed.length - to);
      changed = next;
    }
    return changed;
  }

  private static String object(SplittableRandom random, Schema schema) {
    StringBuilder text = new StringBuilder(space(random)).append('{');
    boolean first = true;
    for (Field field : schema.fields()) {
      // A name with a quote is the parser's.
      if (random.nextInt(3) == 0 || field.name().indexOf('"') >= 0) {
        continue;
      }
      text.append(first ? "" : ",").append(space(random)).append('"').append(field.name());
      text.append('"').append(space(random)).append(':').append(space(random));
      text.append(value(random, field.type())).append(space(random));
      first = false;
    }
    return text.append('}').append(space(random)).toString();
  }

  private static String value(SplittableRandom random, Type type) {
    if (random.nextInt(12) == 0) {
      return "null";
    }
    return switch (type.kind()) {
      case LONG -> String.valueOf(random.nextLong() >> random.nextInt(64));
      case DOUBLE, FLOAT -> number(random);
      case DECIMAL -> (random.nextBoolean() ? "\"12.5\"" : "-" + random.nextInt(9999) + ".25");
      case BOOL -> String.valueOf(random.nextBoolean());
      case TEXT -> string(random);
      case TIMESTAMP -> "\"2024-02-29T1" + random.nextInt(10) + ":14:15.25Z\"";
      case DATE -> "\"2024-02-2" + random.nextInt(10) + "\"";
      case BYTES -> "\"aGVsbG8=\"";
      case LIST -> {
        StringBuilder list = new StringBuilder("[").append(space(random));
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
          list.append(i == 0 ? "" : ",").append(space(random));
          list.append(value(random, ((Type.ListOf) type).element())).append(space(random));
        }
        yield list.append(']').toString();
      }
      case STRUCT -> object(random, ((Type.Struct) type).schema());
    };
  }

  private static String number(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> String.valueOf(random.nextInt(1000));
      case 1 -> String.valueOf(random.nextInt(20_000) / 100.0 - 100);
      case 2 -> String.valueOf(random.nextDouble());
      case 3 -> String.valueOf((random.nextDouble() - 0.5) * 1e30);
      case 4 -> "-0";
      default -> random.nextInt(10) + "." + (random.nextLong() >>> 1) + "e" + random.nextInt(30);
    };
  }

  private static String string(SplittableRandom random) {
    String[] parts = {
      "word",
      " ",
      "longer than eight bytes",
      "é",
      "中文",
      "😀",
      "\\n",
      "\\\"",
      "\\\\",
      "\\/",
      "\\u00E9",
      "\\ud83d\\ude00",
      "\\b\\f\\r\\t",
      "\\u0000",
      "\u007f",
      "{\\\"a\\\":[1]}"
    };
    StringBuilder text = new StringBuilder("\"");
    int size = random.nextInt(8);
    for (int i = 0; i < size; i++) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.append('"').toString();
  }

  private static String space(SplittableRandom random) {
    return random.nextInt(6) == 0 ? " \t\r\n".substring(random.nextInt(5)) : "";
  }

  private static Field field(String name, String type) {
    return Field.of(name, Type.parse(type));
  }
}
