package dev.quern.cli;

import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Params;
import dev.quern.operator.Reader;
import dev.quern.operator.Registry;
import dev.quern.operator.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The formats of files that commands read and write, by way of the registered operators. */
enum FileFormat {
  csv,
  jsonl,
  parquet,
  label_studio;

  /**
   * Returns the format that the ending of {@code file} means.
   *
   * @throws UsageException if it means none
   */
  static FileFormat of(Path file) {
    return byEnding(file)
        .orElseThrow(
            () ->
                new UsageException(
                    "file must end in .csv, .jsonl or .parquet; found: "
                        + file
                        + "; fix: give --format"));
  }

  /** Returns the format that the ending of {@code file} means, if it means one. */
  static Optional<FileFormat> byEnding(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (FileFormat format : values()) {
      if (name.endsWith("." + format.name()) || name.contains("." + format.name() + ".")) {
        return Optional.of(format);
      }
    }
    return name.endsWith(".ndjson") || name.endsWith(".json")
        ? Optional.of(jsonl)
        : Optional.empty();
  }

  /** Returns the reader of this format for {@code path}. */
  Reader reader(Registry registry, String path) {
    return (Reader) operator(registry, "acquire." + name(), Map.of("path", path));
  }

  /** Returns the writer of this format. */
  Writer writer(Registry registry) {
    return (Writer) operator(registry, "export." + name(), Map.of());
  }

  private static Operator operator(
      Registry registry, String name, Map<String, @Nullable Object> given) {
    OperatorSpec spec =
        registry
            .find(name)
            .orElseThrow(
                () -> new UsageException("format must have an operator; found: no " + name));
    List<Params.Problem> problems = new ArrayList<>();
    Params params =
        Params.read(spec.params(), given, problems)
            .orElseThrow(() -> new IllegalStateException(name + " must need no more: " + problems));
    return spec.create().apply(params);
  }
}
