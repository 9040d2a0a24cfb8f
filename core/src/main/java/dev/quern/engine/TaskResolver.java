package dev.quern.engine;

import dev.quern.data.Schema;
import java.util.List;

/**
 * Turns tasks into code on the worker; given from above, so that engines know no operators. The
 * resolver knows the fits of the run by key. Safe for several threads.
 */
public interface TaskResolver {

  /** Returns the code of a read. */
  Reading reading(Task task, Source source, Schema schema, RunContext run);

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
