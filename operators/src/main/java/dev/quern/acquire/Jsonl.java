package dev.quern.acquire;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Attempts;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.format.jsonl.JsonlFormat;
import dev.quern.format.jsonl.JsonlSettings;
import dev.quern.format.source.FileReading;
import dev.quern.format.source.SourceFiles;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Reader;
import dev.quern.operator.Serving;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads JSON lines, one sample for each line, and JSON arrays, one for each element. Nested objects
 * become structs, arrays lists; values of different kinds in one field are text that holds JSON.
 * What breaks the rules of JSON is set aside with file, line, field and rule, see {@link
 * JsonlFormat}.
 *
 * @param location where the files are
 * @param settings what is not to be inferred
 */
public record Jsonl(Location location, JsonlSettings settings) implements Reader {
  private static final Param<Map<String, Type>> TYPES =
      Param.types(
              "types",
              Param.Kind.MAP,
              new Localized(
                  "Types of fields, instead of those inferred from the first MiB of each file;"
                      + " fields that occur only later must stand here.",
                  "字段类型，代替由每个文件首个 MiB 推断的类型；只在后面出现的字段必须写在这里。"))
          .or(Map.of());
  private static final Param<Long> MAX_SAMPLE_BYTES =
      Param.integer(
              "max_sample_bytes",
              "bytes",
              1,
              1 << 30,
              new Localized(
                  "Longer lines, or elements of an array, are set aside.", "更长的行或数组元素被隔离。"))
          .or((long) JsonlSettings.MAX_SAMPLE_BYTES);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "acquire.jsonl",
          new Localized(
              "Reads JSON lines or JSON arrays of objects; nested values become structs and lists.",
              "读取 JSON Lines 或由对象组成的 JSON 数组；嵌套值成为结构和列表。"),
          "RFC 8259",
          3,
          Serving.TRAINING_ONLY,
          List.of(Location.PATH, Location.SHA256, TYPES, Encodings.ENCODING, MAX_SAMPLE_BYTES),
          List.of(
              new Example(
                  "{path: people.jsonl}",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\"]}, {\"name\": \"Mei\", \"tags\": []}]",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\"]}, {\"name\": \"Mei\", \"tags\": []}]")),
          params ->
              new Jsonl(
                  new Location(params.get(Location.PATH), params.find(Location.SHA256)),
                  new JsonlSettings(
                      params.get(TYPES),
                      params.find(Encodings.ENCODING),
                      Math.toIntExact(params.get(MAX_SAMPLE_BYTES)))));

  @Override
  public List<InputFile> files(Source source, Consumer<Attempts> attempts) throws IOException {
    return location.files(source, attempts, SourceFiles.Folders.REFUSED);
  }

  @Override
  public Schema infer(Source source, List<InputFile> files) throws IOException {
    return JsonlFormat.infer(settings, files);
  }

  @Override
  public Reading bind(Source source, List<InputFile> files, Schema schema, RunContext run) {
    return new FileReading<>(source, files, new JsonlFormat(settings, files, schema));
  }
}
