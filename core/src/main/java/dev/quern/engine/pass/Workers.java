package dev.quern.engine.pass;

import dev.quern.data.Batch;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * Those who do the tasks of stages: threads of this process or processes of a cluster. What differs
 * between engines.
 */
public interface Workers extends Closeable {

  /**
   * Does the tasks of {@code stage} that {@code log} does not know, tells it of each that is done,
   * and returns what all of them left, in order.
   *
   * @throws dev.quern.engine.DataException if the data are at fault: the first fault in the order
   *     of tasks
   */
  List<TaskLine> execute(Stage stage, StageLog log) throws IOException;

  /** Takes in what the tasks of {@code stage}, all of them finished by earlier executions, left. */
  void found(Stage stage, List<TaskLine> lines) throws IOException;

  /**
   * Returns whether what the tasks of {@code stage} left can be used by a later execution of the
   * pass in another process.
   */
  boolean outlives(Stage stage);

  /** Returns views of the samples that the tasks of a stage before a sort have drawn. */
  List<Batch> drawn(Stage stage) throws IOException;

  /** Gives back what is held for the pass. */
  @Override
  default void close() throws IOException {}

  /** Joins what is linked by the samples of {@code stage}, which have so many links at most. */
  void connect(Stage stage, int links) throws IOException;
}
