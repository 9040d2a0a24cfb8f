package dev.quern.acquire;

import dev.quern.data.BatchBuilder;
import dev.quern.data.Schema;
import dev.quern.engine.Attempts;
import dev.quern.engine.Fault;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.format.lines.LineFormat;
import dev.quern.format.source.FileReading;
import dev.quern.format.source.SourceFiles;
import dev.quern.format.source.TextEncoding;
import dev.quern.format.source.TextFile;
import dev.quern.format.source.WholeFiles;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Reader;
import dev.quern.operator.Serving;
import dev.quern.text.Utf8;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads text files into the fields {@code text} and {@code file}: each file as one sample, or each
 * line that is not blank. A byte order mark is left out, line ends within a file stay.
 *
 * @param location where the files are
 * @param unit what makes a sample
 * @param encoding of the files, if it is not to be detected
 * @param maxBytes longer samples are set aside
 */
public record Text(Location location, Unit unit, Optional<TextEncoding> encoding, int maxBytes)
    implements Reader {

  /** What makes a sample. */
  public enum Unit {
    FILE,
    LINE
  }

  private static final Param<Unit> SAMPLE =
      Param.choice(
              "sample",
              Unit.class,
              new Localized(
                  "What makes a sample: the whole file, or each line that is not blank.",
                  "样本单位：整个文件，或每个非空行。"))
          .or(Unit.FILE);
  private static final Param<Long> MAX_BYTES =
      Param.integer(
              "max_bytes",
              "bytes",
              1,
              1 << 30,
              new Localized("Longer samples are set aside.", "更长的样本被隔离。"))
          .or(64L << 20);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "acquire.text",
          new Localized(
              "Reads text files, one sample per file or per line, with the file's name.",
              "读取文本文件，每个文件或每行一个样本，并带文件名。"),
          "definition",
          2,
          Serving.TRAINING_ONLY,
          List.of(Location.PATH, Location.SHA256, SAMPLE, Encodings.ENCODING, MAX_BYTES),
          List.of(
              new Example(
                  "{path: poem.txt, sample: line}",
                  "[{\"text\": \"床前明月光\", \"file\": \"poem.txt\"}]",
                  "[{\"text\": \"床前明月光\", \"file\": \"poem.txt\"}]")),
          params ->
              new Text(
                  new Location(params.get(Location.PATH), params.find(Location.SHA256)),
                  params.get(SAMPLE),
                  params.find(Encodings.ENCODING),
                  Math.toIntExact(params.get(MAX_BYTES))));

  @Override
  public List<InputFile> files(Source source, Consumer<Attempts> attempts) throws IOException {
    return location.files(source, attempts, SourceFiles.Folders.ALLOWED);
  }

  @Override
  public Schema infer(Source source, List<InputFile> files) {
    return LineFormat.SCHEMA;
  }

  @Override
  public Reading bind(Source source, List<InputFile> files, Schema schema, RunContext run) {
    return switch (unit) {
      case LINE -> new FileReading<>(source, files, new LineFormat(files, encoding, maxBytes));
      case FILE -> new WholeFiles(source, files, schema, maxBytes, new Whole(encoding));
    };
  }

  private record Whole(Optional<TextEncoding> encoding) implements WholeFiles.Sampling {
    @Override
    public WholeFiles.Content read(InputFile file, long most) throws IOException {
      return TextFile.content(file, most, encoding);
    }

    @Override
    public @Nullable Fault append(InputFile file, byte[] content, BatchBuilder batch) {
      if (!Utf8.isValid(content, 0, content.length)) {
        return Fault.of("malformed_utf8", "UTF-8");
      }
      batch.column(0).appendSlice(content, 0, content.length);
      batch.column(1).appendText(file.name());
      return null;
    }
  }
}
