package dev.quern.engine;

import dev.quern.data.Schema;
import java.io.IOException;
import java.util.List;

/**
 * Turns tasks into code on the worker; given from above, so that engines know no operators. The
 * resolver knows the fits of the run by key. Safe for several threads.
 */
public interface TaskResolver {

  /**
   * Finds the files of a read, sorted by name; none for a reader that needs none.
   *
   * @throws DataException if there are none
   */
  List<InputFile> files(Task task, Source source) throws IOException;

  /** Returns the code of a read of {@code files}, which {@link #files} found. */
  Reading reading(Task task, Source source, List<InputFile> files, Schema schema, RunContext run);

  /** Returns the code of a map from {@code input} to {@code output}, for one thread. */
  Mapping mapping(Task task, Schema input, Schema output, RunContext run);

  /** Returns the code of a fold over samples of {@code input}. */
  Folding folding(Task task, Schema input, RunContext run);

  /** Returns the code of a group of samples of {@code inputs}, for one thread. */
  Grouping grouping(Task task, List<Schema> inputs, Schema output, RunContext run);

  /** Returns the code of a connect of samples of {@code input}, for one thread. */
  Linking linking(Task task, Schema input, RunContext run);

  /** Returns the code of a write of samples of {@code input}. */
  Writing writing(Task task, Schema input, RunContext run);
}
