package dev.quern.recipe;

import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.SampleId;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Attempts;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Outcome;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.operator.Example;
import dev.quern.operator.Localized;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Reader;
import dev.quern.operator.Serving;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Reads the lines of one text file as samples of one text field, in one morsel. */
record LinesReader(String path, String field) implements Reader {
  private static final Param<String> PATH = Param.path("path", new Localized("The file.", "文件。"));
  private static final Param<String> FIELD =
      new Param<>(
          "field",
          Param.Kind.TEXT,
          "-",
          "a text",
          new Localized("Name of the field.", "字段名。"),
          Param.Necessity.DEFAULTED,
          "text",
          Object::toString,
          value -> value,
          java.util.Map.of("type", "string"));

  static final OperatorSpec SPEC =
      new OperatorSpec(
          "acquire.lines",
          new Localized("Reads lines.", "读取行。"),
          "definition",
          1,
          Serving.TRAINING_ONLY,
          List.of(PATH, FIELD),
          List.of(new Example("{path: a.txt}", "[]", "[]")),
          params -> new LinesReader(params.get(PATH), params.get(FIELD)));

  @Override
  public List<InputFile> files(Source source, Consumer<Attempts> attempts) throws IOException {
    Path file = Path.of(source.folder()).resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new DataException("file_not_found", path + " must be a file; found: nothing");
    }
    long modified = Files.getLastModifiedTime(file).toMillis();
    return List.of(new InputFile(path, file.toString(), Files.size(file), modified));
  }

  @Override
  public Schema infer(Source source, List<InputFile> files) {
    return Schema.of(Field.of(field, Type.TEXT));
  }

  @Override
  public Reading bind(Source source, List<InputFile> files, Schema schema, RunContext run) {
    InputFile file = files.get(0);
    return new Reading() {
      @Override
      public long bytes() {
        return file.bytes();
      }

      @Override
      public String file(int number) {
        return file.name();
      }

      @Override
      public MorselCutter cutter(long morselBytes) {
        return new Whole(new Morsel(0, source.number(), 0, 0, 0, file.bytes(), null));
      }

      @Override
      public Read read(Morsel morsel, Outcome out) throws IOException {
        BatchBuilder batch = new BatchBuilder(schema);
        List<String> lines = Files.readAllLines(Path.of(file.path()), StandardCharsets.UTF_8);
        for (int line = 0; line < lines.size(); line++) {
          batch.column(0).appendText(lines.get(line));
          SampleId id = SampleId.of(source.name(), file.name(), line, 0);
          long origin = (long) source.number() << 32;
          batch.keys().append(id.high(), id.low(), origin, line, 0, source.split().code());
        }
        out.keep(batch.build());
        return new Read(file.bytes(), lines.size(), lines.size());
      }
    };
  }

  /** Hands out one morsel. */
  private static final class Whole implements MorselCutter {
    private final Morsel morsel;
    private boolean handed;

    Whole(Morsel morsel) {
      this.morsel = morsel;
    }

    @Override
    public synchronized Morsel next() {
      Morsel next = handed ? null : morsel;
      handed = true;
      return next;
    }

    @Override
    public synchronized void skip(Morsel finished) {
      handed = true;
    }

    @Override
    public long bytesRead() {
      return 0;
    }

    @Override
    public void close() {
      // No file is open between calls.
    }
  }
}
