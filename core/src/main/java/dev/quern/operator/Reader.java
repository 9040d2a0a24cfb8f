package dev.quern.operator;

import dev.quern.data.Schema;
import dev.quern.engine.Attempts;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings samples in from files or elsewhere. Ids by key, splits and roles are given by the caller.
 */
public non-sealed interface Reader extends Operator {

  /**
   * Finds the files of {@code source} (globs, addresses), sorted by name; empty for a reader that
   * needs none.
   *
   * @param attempts told of what was fetched over a network, under the name of the source, also
   *     where that failed
   * @throws DataException if there are none; the message names the path and the fix
   */
  List<InputFile> files(Source source, Consumer<Attempts> attempts) throws IOException;

  /**
   * Tells the schema from the parameters and the first MiB of each file.
   *
   * @throws DataException if a file cannot be understood
   */
  Schema infer(Source source, List<InputFile> files) throws IOException;

  /** Tells the schema like that, of files that are read with a key among {@code secrets}. */
  default Schema infer(Source source, List<InputFile> files, Secrets secrets) throws IOException {
    return infer(source, files);
  }

  /** Returns the code that reads {@code files} like {@link #bind}, with a key of {@code step}. */
  default Reading bind(Source source, List<InputFile> files, Schema schema, StepRun step) {
    return bind(source, files, schema, step.run());
  }

  /** Returns the code that reads {@code files} as samples of {@code schema}. */
  Reading bind(Source source, List<InputFile> files, Schema schema, RunContext run);
}
