package dev.quern.acquire;

import dev.quern.data.Schema;
import dev.quern.engine.Attempts;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.format.parquet.ParquetInput;
import dev.quern.format.parquet.ParquetReading;
import dev.quern.format.source.SourceFiles;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Reader;
import dev.quern.operator.Serving;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads Parquet files, one sample for each row; nested values become lists and structs, maps lists
 * of key and value. Files may differ in their fields: what a file lacks is missing, and numbers
 * widen to double. Ids and splits that Quern wrote into a file are passed over.
 *
 * @param location where the files are
 */
public record Parquet(Location location) implements Reader {
  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "acquire.parquet",
          new Localized(
              "Reads Parquet files, one sample per row; nested values become lists and structs.",
              "读取 Parquet 文件，每行一个样本；嵌套值成为列表和结构。"),
          "Apache Parquet format 2.x, https://parquet.apache.org/docs/file-format/",
          1,
          Serving.TRAINING_ONLY,
          List.of(Location.STORED_PATH, Location.SHA256),
          List.of(
              new Example(
                  "{path: people.parquet}",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\", null]}]",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\", null]}]")),
          params ->
              new Parquet(
                  new Location(params.get(Location.STORED_PATH), params.find(Location.SHA256))));

  @Override
  public List<InputFile> files(Source source, Consumer<Attempts> attempts) throws IOException {
    return location.files(source, attempts, SourceFiles.Folders.REFUSED);
  }

  @Override
  public Schema infer(Source source, List<InputFile> files) throws IOException {
    return ParquetReading.infer(inputs(files));
  }

  @Override
  public Reading bind(Source source, List<InputFile> files, Schema schema, RunContext run) {
    return new ParquetReading(source, inputs(files), schema);
  }

  private static List<ParquetInput> inputs(List<InputFile> files) {
    return files.stream()
        .map(f -> new ParquetInput(f.name(), f.path(), f.bytes(), f.modified()))
        .toList();
  }
}
