package dev.quern.acquire;

import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.format.parquet.ParquetInput;
import dev.quern.format.parquet.ParquetReading;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Reader;
import dev.quern.operator.Serving;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads Parquet files, one sample for each row; nested values become lists and structs, maps lists
 * of key and value. Files may differ in their fields: what a file lacks is missing, and numbers
 * widen to double. Ids and splits that Quern wrote into a file are passed over.
 *
 * @param path a file or a glob, relative to the recipe
 */
public record Parquet(String path) implements Reader {
  private static final Param<String> PATH =
      Param.path(
          "path",
          new Localized(
              "A Parquet file or a glob such as data/*.parquet, relative to the recipe.",
              "Parquet 文件或通配符（如 data/*.parquet），相对于配方文件。"));

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
          List.of(PATH),
          List.of(
              new Example(
                  "{path: people.parquet}",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\", null]}]",
                  "[{\"name\": \"李雷\", \"tags\": [\"a\", null]}]")),
          params -> new Parquet(params.get(PATH)));

  @Override
  public List<InputFile> files(Source source) throws IOException {
    int wild = 0;
    while (wild < path.length() && "*?[{".indexOf(path.charAt(wild)) < 0) {
      wild++;
    }
    List<Path> found = new ArrayList<>();
    Path base = Path.of(source.folder());
    if (wild == path.length()) {
      Path file = base.resolve(path);
      Path parent = file.getParent();
      base = parent == null ? base : parent;
      if (Files.isRegularFile(file)) {
        found.add(file);
      }
    } else {
      int cut = path.lastIndexOf('/', wild) + 1;
      base = base.resolve(path.substring(0, cut));
      found.addAll(matching(base, path.substring(cut)));
    }
    if (found.isEmpty()) {
      throw new DataException(
          "file_not_found", path + ": must name at least one file; found: none; correct the path");
    }
    List<InputFile> files = new ArrayList<>();
    for (Path file : found) {
      files.add(
          new InputFile(
              base.relativize(file).toString().replace('\\', '/'),
              file.toString(),
              Files.size(file),
              Files.getLastModifiedTime(file).toMillis()));
    }
    files.sort(java.util.Comparator.comparing(InputFile::name));
    return files;
  }

  private static List<Path> matching(Path base, String glob) throws IOException {
    if (!Files.isDirectory(base)) {
      return List.of();
    }
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (Stream<Path> all = Files.walk(base)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> matcher.matches(base.relativize(file)))
          .toList();
    }
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
        .map(f -> new ParquetInput(f.name(), Path.of(f.path()), f.bytes(), f.modified()))
        .toList();
  }
}
