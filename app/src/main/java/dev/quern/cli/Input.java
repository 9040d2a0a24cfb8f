package dev.quern.cli;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.operator.Reader;
import dev.quern.operator.Registry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Raw samples for a model from a file or from standard input, read by the same readers as recipes
 * use, with the types the model wants.
 *
 * @param reading reads the samples
 * @param schema the fields of the input
 */
record Input(Reading reading, Schema schema) {

  /**
   * Opens {@code file} for a model with the inputs {@code wanted}.
   *
   * @throws DataException if it lacks fields of the model; the message lists all
   */
  static Input open(Path file, Optional<FileFormat> format, Schema wanted, Registry registry)
      throws IOException {
    FileFormat chosen = format.orElseGet(() -> FileFormat.of(file));
    String folder = String.valueOf(file.toAbsolutePath().getParent());
    String name = String.valueOf(file.getFileName());
    Source source = new Source(0, name, folder, folder, Split.NONE, List.of());
    Reader reader = chosen.reader(registry, file.toAbsolutePath().toString());
    List<InputFile> files = reader.files(source, attempts -> {});
    Schema found = reader.infer(source, files);
    List<String> missing = new ArrayList<>(wanted.names());
    missing.removeAll(found.names());
    if (!missing.isEmpty()) {
      throw new DataException(
          "fields_missing",
          name
              + ": input must hold every raw field of the model (empty = missing value); not found: "
              + String.join(", ", missing));
    }
    Schema typed = typed(found, wanted);
    return new Input(reader.bind(source, files, typed, new RunContext(0)), typed);
  }

  /** Fields of the model get its types: a file of whole numbers must not make a double a long. */
  private static Schema typed(Schema found, Schema wanted) {
    List<Field> fields = new ArrayList<>();
    for (Field field : found.fields()) {
      fields.add(wanted.field(field.name()).map(f -> field.typed(f.type())).orElse(field));
    }
    return new Schema(fields);
  }

  /** Copies {@code in} to {@code file}, and tells its format by its first character. */
  static FileFormat spool(InputStream in, Path file) throws IOException {
    try (BufferedInputStream buffered = new BufferedInputStream(in);
        OutputStream out = Files.newOutputStream(file)) {
      buffered.mark(1);
      int first = buffered.read();
      if (first >= 0) {
        buffered.reset();
      }
      buffered.transferTo(out);
      return first == '{' ? FileFormat.jsonl : FileFormat.csv;
    }
  }
}
