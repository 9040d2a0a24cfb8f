package dev.quern.testkit.fuzz;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.InputFile;
import dev.quern.format.jsonl.JsonlFormat;
import dev.quern.format.jsonl.JsonlSettings;
import dev.quern.format.source.RecordFormat;
import dev.quern.format.source.TextEncoding;
import dev.quern.testkit.Gen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** JSON lines and arrays: layout, inference, cutting and parsing. */
final class JsonTarget implements FuzzTarget {
  private static final Map<String, Type> TYPES =
      Map.of(
          "id",
          Type.LONG,
          "a",
          Type.DOUBLE,
          "d",
          Type.DATE,
          "x",
          Type.parse("list<struct<k: text, n: decimal(9,2)>>"),
          "b",
          Type.BOOL);

  private final TextFiles files;

  JsonTarget(Path folder) {
    this.files = new TextFiles(folder);
  }

  @Override
  public List<byte[]> corpus() {
    String lines =
        "{\"id\":1,\"a\":1.5,\"s\":\""
            + Gen.CANARY
            + "\",\"b\":true}\n"
            + "{\"id\":null,\"a\":-0.0,\"x\":[{\"k\":\"v\",\"n\":1.5}],\"d\":\"2024-02-29\"}\n"
            + "{\"s\":\"\\u00e4\\ud83d\\ude00 \\\\ \\\"\",\"o\":{\"p\":{\"q\":[1,[2,[3]]]}}}\r\n\n"
            + "{\"id\":9007199254740993,\"a\":1e5,\"s\":\"中文\"}\n";
    List<byte[]> all =
        new ArrayList<>(
            TextFiles.bytes(
                lines,
                "[" + lines.strip().replaceAll("\\r?\\n+", ",\n") + "]\n",
                " [ {\"id\":1} , {\"id\":2}\n] ",
                "{\"id\":1}\n{\"id\":1,\"id\":2}\n[1]\n{\"id\":NaN}\n{'a':1}\n",
                "[]",
                "{}"));
    all.add("\ufeff{\"s\":\"北京\"}\n".getBytes(StandardCharsets.UTF_16LE));
    all.addAll(TextFiles.data("bad-json"));
    return all;
  }

  @Override
  public List<byte[]> words() {
    List<byte[]> all =
        new ArrayList<>(
            TextFiles.bytes(
                "{",
                "}",
                "[",
                "]",
                ":",
                ",",
                "\"",
                "\\",
                "\\\\",
                "\\\"",
                "\\u",
                "\\ud800",
                "\\udc00",
                "\\u0000",
                "null",
                "true",
                "false",
                "nul",
                "\n",
                "\r\n",
                " ",
                "{}",
                "[]",
                "\"id\"",
                "\"a\"",
                "\"x\"",
                "\"k\"",
                "\"\"",
                "\ufeff",
                "\0",
                Gen.CANARY,
                "},\n{",
                "}\n{",
                "]]",
                "[[",
                "{\"a\":",
                "\"id\":1",
                "\"s\":\"",
                "1e5",
                "-",
                "0.",
                "中"));
    all.add(new byte[] {(byte) 0xc3, 0x28});
    all.add(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
    return all;
  }

  @Override
  public long mostAllocated() {
    // Some hundred readings, each with buffers of its own.
    return 300L << 20;
  }

  @Override
  public void feed(byte[] input, SplittableRandom random) throws Exception {
    JsonlSettings settings =
        new JsonlSettings(
            random.nextBoolean() ? TYPES : Map.of(),
            random.nextInt(6) == 0
                ? Optional.of(TextEncoding.values()[random.nextInt(TextEncoding.values().length)])
                : Optional.empty(),
            random.nextInt(3) == 0 ? 1 + random.nextInt(60) : JsonlSettings.MAX_SAMPLE_BYTES);
    files.feed(
        input,
        new TextFiles.Formats() {
          @Override
          public Schema infer(List<InputFile> all) throws IOException {
            return JsonlFormat.infer(settings, all);
          }

          @Override
          public RecordFormat<?> format(List<InputFile> all, Schema schema) {
            return new JsonlFormat(settings, all, schema);
          }
        },
        random);
  }
}
