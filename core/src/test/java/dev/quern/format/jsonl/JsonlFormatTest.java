package dev.quern.format.jsonl;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.format.source.Collected;
import dev.quern.format.source.FileReading;
import dev.quern.text.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonlFormatTest {
  @TempDir Path folder;

  @Test
  void theConformanceSuiteIsJudgedAsItSays() throws IOException {
    Path data = Path.of(System.getProperty("quern.data", "../../shared/data"), "bad-json");
    if (!Files.exists(data) && System.getenv("CI") == null) {
      Assumptions.abort("test data are not there: " + data);
    }
    List<String> invalidAccepted = new ArrayList<>();
    Map<String, String> validRefused = new TreeMap<>();
    int invalid = 0;
    int valid = 0;
    List<Path> files;
    try (Stream<Path> found = Files.list(data.resolve("test_parsing"))) {
      files = found.sorted().toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      byte[] bytes = Files.readAllBytes(file);
      String rule = StrictJson.check(bytes, 0, bytes.length);
      if (name.startsWith("n_")) {
        invalid++;
        if (rule == null) {
          invalidAccepted.add(name);
        }
      } else if (name.startsWith("y_")) {
        valid++;
        if (rule != null) {
          validRefused.put(name, rule);
        }
      }
    }
    assertThat(invalid).isEqualTo(188);
    assertThat(valid).isEqualTo(95);
    assertThat(invalidAccepted).isEmpty();
    // Grammatical, but readers disagree about the meaning: refused by name, as documented.
    assertThat(validRefused)
        .isEqualTo(
            Map.of(
                "y_object_duplicated_key.json", "duplicate_key",
                "y_object_duplicated_key_and_value.json", "duplicate_key"));
  }

  @Test
  void nestedValuesBecomeStructsAndLists() throws IOException {
    InputFile file =
        json(
            "a.jsonl",
            "{\"id\":1,\"tags\":[\"x\",\"y\"],\"who\":{\"name\":\"李\",\"age\":3}}\n"
                + "{\"id\":2.5,\"tags\":[],\"who\":{\"age\":null},\"mixed\":true}\r\n"
                + "\n"
                + "{\"mixed\":{\"b\": [1, 2.50]},\"id\":null}");
    assertThat(JsonlFormat.infer(JsonlSettings.DETECTED, List.of(file)))
        .hasToString(
            "struct<id: double, tags: list<text>, who: struct<name: text, age: long>, mixed:"
                + " text>");
    Collected read = read(JsonlSettings.DETECTED, 1 << 20, Collected.Payload.KEPT, file);
    assertThat(read.quarantined).isEmpty();
    assertThat(read.values.get(0).toString()).isEqualTo("[1.0, [x, y], {name=李, age=3}, null]");
    assertThat(read.values.get(1).toString()).isEqualTo("[2.5, [], {name=null, age=null}, true]");
    assertThat(read.values.get(2)).isEqualTo(Arrays.asList(null, null, null, "{\"b\":[1,2.50]}"));
    assertThat(read.samples.get(1))
        .startsWith(SampleId.of("s", "a.jsonl", 55, 0) + " 4294967296 55");
  }

  @Test
  void linesAtFaultAreSetAsideWithPlaceFieldAndRule() throws IOException {
    String[] lines = {
      "{\"a\":1,\"b\":\"x\"}",
      "{\"a\":1,\"a\":2}",
      "{\"a\":NaN}",
      "{\"a\":1} x",
      "{\"b\":\"\\ud800\"}",
      "{\"a\":1e400}",
      "[1]",
      "{\"a\":\"1\"}",
      "{\"c\":1}",
      "{\"b\":" + "[".repeat(600) + "]".repeat(600) + "}",
      "{'a':1}",
      "{\"b\":{\"deep\":{\"k\":1,\"k\":2}}}",
      "{\"b\":[\"kept as JSON\", 1]}",
    };
    InputFile file = json("f.jsonl", String.join("\n", lines) + "\n");
    JsonlSettings declared = settings(Map.of("a", Type.DOUBLE, "b", Type.TEXT));
    // Inference sees the unknown field as well: its schema is not the one that is read by.
    Schema schema = Schema.of(field("a", Type.DOUBLE), field("b", Type.TEXT));
    Collected read = read(declared, schema, 1 << 20, Collected.Payload.KEPT, file);
    assertThat(read.values)
        .containsExactly(Arrays.asList(1.0, "x"), Arrays.asList(null, "[\"kept as JSON\",1]"));
    List<String> rules = new ArrayList<>();
    read.quarantined.forEach(
        q -> rules.add(q.replaceFirst("0@\\d+ ", "").replaceFirst(" \\d+$", "")));
    assertThat(rules)
        .containsExactly(
            "line 2  duplicate_key",
            "line 3  malformed_json",
            "line 4  trailing_content",
            "line 5 b lone_surrogate",
            "line 6 a out_of_range",
            "line 7  not_an_object",
            "line 8 a not_a_double",
            "line 9  unknown_field",
            "line 10 b too_deep",
            "line 11  malformed_json",
            "line 12 b duplicate_key");
    assertThat(read.quarantined.get(0)).startsWith("0@16 ").endsWith(" 13");
  }

  @Test
  void malformedUtf8IsSetAside() throws IOException {
    byte[] bytes = "{\"a\":\"xy\"}\n{\"a\":\"zz\"}\n".getBytes(UTF_8);
    bytes[6] = (byte) 0xc3;
    bytes[7] = 0x28;
    InputFile file = Collected.file(folder, "u.jsonl", bytes);
    Collected read = read(JsonlSettings.DETECTED, 1 << 20, Collected.Payload.KEPT, file);
    assertThat(read.quarantined).containsExactly("0@0 line 1  malformed_utf8 10");
    assertThat(read.values).containsExactly(List.of("zz"));
  }

  @Test
  void anArrayIsAStreamOfItsElements() throws IOException {
    String text =
        "\n[ {\"a\":1,\"s\":\"],[\\\"\"},\n  {\"a\":2}\n, {\"a\":\"no\"}, 7 ,{\"a\":3} ]\n";
    InputFile file = json("a.json", text);
    for (long morsel : new long[] {1, 3, 10, 25, 1000}) {
      for (Collected.Payload payload : Collected.Payload.values()) {
        Collected read = read(settings(Map.of("a", Type.LONG)), morsel, payload, file);
        assertThat(read.values)
            .containsExactly(
                Arrays.asList(1L, "],[\""), Arrays.asList(2L, null), Arrays.asList(3L, null));
        assertThat(read.samples.get(1)).contains(" " + text.indexOf("{\"a\":2") + " TEST");
        assertThat(read.quarantined)
            .containsExactly(
                "0@" + text.indexOf("{\"a\":\"no") + " line 4 a not_a_long 10",
                "0@" + text.indexOf("7 ,") + " line 4  not_an_object 2");
      }
    }
  }

  @Test
  void arraysThatEndWronglyAreTold() throws IOException {
    assertThat(rules("[{\"a\":1},{\"a\":2}")).containsExactly("unclosed_array");
    assertThat(rules("[{\"a\":1},{\"a\":")).containsExactly("malformed_json", "unclosed_array");
    assertThat(rules("[{\"a\":1},]")).containsExactly("malformed_json");
    assertThat(rules("[{\"a\":1}] {}")).containsExactly("trailing_content");
    assertThat(rules("[]")).isEmpty();
    assertThat(rules(" [ \n ] \n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "[ \n",
        "[{\"a\":1},",
        "[{\"a\":1}, \n ",
        "[{\"a\":1},{\"a\":2}\n,",
        "[{\"a\":1},{\"a\":2}",
        "[{\"a\":1},{\"a\":2},{\"a\":3}\n"
      })
  void anArrayThatIsCutOffIsToldWhereverItIsCut(String text) throws IOException {
    byte[] plain = text.getBytes(UTF_8);
    List<InputFile> stored =
        List.of(
            json("w.json", text),
            Collected.file(folder, "w.json.zst", com.github.luben.zstd.Zstd.compress(plain)),
            Collected.file(folder, "w16.json", ("\ufeff" + text).getBytes(UTF_16LE)));
    for (InputFile file : stored) {
      for (long morsel : new long[] {1, 8, 11, 1 << 20}) {
        for (Collected.Payload payload : Collected.Payload.values()) {
          Collected read = read(settings(Map.of("a", Type.LONG)), morsel, payload, file);
          assertThat(read.quarantined)
              .as("%s by %s", file.name(), morsel)
              .singleElement()
              .asString()
              .contains("unclosed_array 0");
          assertThat(read.values).hasSize(text.split("a", -1).length - 1);
        }
      }
    }
  }

  @Test
  void tenThousandFieldsAreFields() throws IOException {
    StringBuilder line = new StringBuilder("{");
    for (int i = 0; i < 10_000; i++) {
      line.append(i == 0 ? "" : ",").append("\"f").append(i).append("\":").append(i);
    }
    InputFile file = json("wide.jsonl", line + "}\n" + line + "}\n");
    Collected read = read(JsonlSettings.DETECTED, 1 << 20, Collected.Payload.KEPT, file);
    assertThat(read.quarantined).isEmpty();
    assertThat(read.values).hasSize(2);
    assertThat(read.values.get(1)).hasSize(10_000).endsWith(9_999L);
  }

  @Test
  void filesThatHoldNothingAreRefusedUnlessTheirFieldsAreDeclared() throws IOException {
    InputFile empty = json("empty.jsonl", "");
    InputFile blank = json("blank.jsonl", " \n\n");
    assertThatThrownBy(() -> JsonlFormat.infer(JsonlSettings.DETECTED, List.of(empty)))
        .isInstanceOfSatisfying(
            DataException.class, e -> assertThat(e.code()).isEqualTo("source_empty"))
        .hasMessage(
            "empty.jsonl: must hold a sample, or its fields must be given as types: {...}; found:"
                + " nothing (0 bytes); fetch the file again, or take the source out of the recipe");
    assertThatThrownBy(() -> JsonlFormat.infer(JsonlSettings.DETECTED, List.of(empty, blank)))
        .hasMessageStartingWith("empty.jsonl and the other files: must hold a sample");
    InputFile one = json("one.jsonl", "{\"a\":1}");
    assertThat(JsonlFormat.infer(JsonlSettings.DETECTED, List.of(empty, one)))
        .hasToString("struct<a: long>");
    Collected read =
        read(settings(Map.of("a", Type.LONG)), 1 << 20, Collected.Payload.KEPT, empty, blank);
    assertThat(read.samples).isEmpty();
    assertThat(read.quarantined).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anyMorselSizeGivesTheSameSamples(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<InputFile> files = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      boolean array = i % 2 == 1;
      StringBuilder text = new StringBuilder(array ? "[" : "");
      int count = i == 2 || i == 3 ? 200 : random.nextInt(5);
      for (int s = 0; s < count; s++) {
        text.append(s == 0 ? "" : array ? ",\n" : "\n");
        text.append("{\"n\":").append(random.nextInt(9) == 0 ? "\"x\"" : random.nextInt(99));
        text.append(",\"t\":\"").append("中[,\\\"".repeat(random.nextInt(20))).append("\"}");
      }
      files.add(json("d/" + i + ".json", text.append(array ? "]" : "").toString()));
    }
    InputFile[] all = files.toArray(InputFile[]::new);
    JsonlSettings typed = settings(Map.of("n", Type.LONG));
    Collected expected = read(typed, 1 << 20, Collected.Payload.KEPT, all);
    assertThat(expected.samples).hasSizeGreaterThan(200);
    assertThat(expected.quarantined).isNotEmpty();
    for (long morsel : new long[] {1, 10, 333, 4096}) {
      for (Collected.Payload payload : Collected.Payload.values()) {
        Collected read = read(typed, morsel, payload, all);
        assertThat(read.samples).isEqualTo(expected.samples);
        assertThat(read.quarantined).isEqualTo(expected.quarantined);
      }
    }
  }

  @Test
  void aLineLongerThanTheLimitIsSetAside() throws IOException {
    InputFile file = json("l.jsonl", "{\"a\":1}\n{\"a\":" + "9".repeat(300) + "}\n{\"a\":2}\n");
    JsonlSettings bounded = new JsonlSettings(Map.of("a", Type.LONG), Optional.empty(), 100);
    for (long morsel : new long[] {1, 50, 1 << 20}) {
      for (Collected.Payload payload : Collected.Payload.values()) {
        Collected read = read(bounded, morsel, payload, file);
        assertThat(read.values).containsExactly(List.of(1L), List.of(2L));
        assertThat(read.quarantined).containsExactly("0@8 line 2  too_long 100");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"a\":1},{\"t\":\"LONG],[\\\"\"},\n{\"a\":2}]",
        "[{\"t\":\"LONG\"},{\"a\":1},{\"a\":2}]\n",
        "\n [\n{\"t\":\"LONG\"}\n,{\"a\":1},{\"a\":\n2}]",
        "[{\"a\":1},{\"a\":2},\n{\"t\":[[\"LONG\"]]\n}\n]\n",
        "[{\"a\":1},{\"a\":2},{\"t\":\"LONG\"}",
        "[{\"a\":1},{\"a\":2},{\"t\":\"LONG\"},",
        "[{\"a\":1},{\"a\":2},{\"t\":\"LONG",
        "[{\"a\":1},{\"a\":2},{\"a\":3}] LONG"
      })
  void anElementLongerThanTheLimitIsSetAsideAlone(String text) throws IOException {
    String filled = text.replace("LONG", "x\n,".repeat(100));
    JsonlSettings bounded =
        new JsonlSettings(Map.of("a", Type.LONG, "t", Type.TEXT), Optional.empty(), 90);
    List<InputFile> files =
        List.of(
            json("e.json", filled),
            Collected.file(
                folder, "e.json.zst", com.github.luben.zstd.Zstd.compress(filled.getBytes(UTF_8))));
    Schema schema = Schema.of(field("a", Type.LONG), field("t", Type.TEXT));
    for (InputFile file : files) {
      Collected first = read(bounded, schema, 1 << 20, Collected.Payload.KEPT, file);
      assertThat(first.samples).hasSize(2);
      assertThat(first.quarantined.get(0)).contains(" too_long ");
      boolean closed = text.contains("]\n") || text.endsWith("]") || text.contains("] ");
      assertThat(first.quarantined).hasSize(closed ? 1 : 2);
      for (long morsel : new long[] {1, 10, 91, 200, 400}) {
        for (Collected.Payload payload : Collected.Payload.values()) {
          Collected read = read(bounded, schema, morsel, payload, file);
          assertThat(read.quarantined)
              .as("%s by %s, %s", file.name(), morsel, payload)
              .isEqualTo(first.quarantined);
          assertThat(read.samples).isEqualTo(first.samples);
        }
      }
    }
  }

  @Test
  void whatIsNestedDeeperThanTypesMayBeIsText() throws IOException {
    InputFile file =
        json(
            "d.jsonl",
            "{\"l\":"
                + "[".repeat(400)
                + "1"
                + "]".repeat(400)
                + ",\"o\":"
                + "{\"k\":".repeat(99)
                + "1"
                + "}".repeat(99)
                + ",\"few\":[[1]]}\n");
    Schema schema = JsonlFormat.infer(JsonlSettings.DETECTED, List.of(file));
    assertThat(schema.fields()).extracting(f -> f.type().depth()).containsExactly(30, 30, 2);
    assertThat(schema.field(0).type()).hasToString("list<".repeat(30) + "text" + ">".repeat(30));
    Collected read = read(JsonlSettings.DETECTED, 1 << 20, Collected.Payload.KEPT, file);
    assertThat(read.quarantined).isEmpty();
    assertThat(read.values.get(0).get(0).toString())
        .isEqualTo("[".repeat(400) + "1" + "]".repeat(400));
  }

  private List<String> rules(String array) throws IOException {
    List<String> rules = new ArrayList<>();
    InputFile file = json("w.json", array);
    read(settings(Map.of("a", Type.LONG)), 1 << 20, Collected.Payload.KEPT, file)
        .quarantined
        .forEach(q -> rules.add(q.split(" ")[4]));
    return rules;
  }

  private static dev.quern.data.Field field(String name, Type type) {
    return dev.quern.data.Field.of(name, type);
  }

  private static JsonlSettings settings(Map<String, Type> types) {
    return new JsonlSettings(types, Optional.empty(), JsonlSettings.MAX_SAMPLE_BYTES);
  }

  private InputFile json(String name, String text) {
    return Collected.file(folder, name, text.getBytes(UTF_8));
  }

  private Collected read(
      JsonlSettings settings, long morselBytes, Collected.Payload payload, InputFile... files)
      throws IOException {
    Schema schema = JsonlFormat.infer(settings, List.of(files));
    return read(settings, schema, morselBytes, payload, files);
  }

  private Collected read(
      JsonlSettings settings,
      Schema schema,
      long morselBytes,
      Collected.Payload payload,
      InputFile... files)
      throws IOException {
    List<InputFile> all = List.of(files);
    JsonlFormat format = new JsonlFormat(settings, all, schema);
    return Collected.all(
        new FileReading<>(Collected.source(folder), all, format), morselBytes, payload);
  }
}
