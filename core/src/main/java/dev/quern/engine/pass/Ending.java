package dev.quern.engine.pass;

import dev.quern.data.Schema;
import dev.quern.engine.Pass;
import dev.quern.engine.SortKey;
import dev.quern.engine.Task;
import java.io.Serializable;
import java.util.List;

/** Where the samples of a stage's tasks go. */
public sealed interface Ending extends Serializable {

  /** Returns whether what goes there are the samples of the pass, and no preparation of others. */
  boolean isLast();

  /** Returns whether the file of a task is kept in the folder of the pass. */
  default boolean inFolder() {
    return !(this instanceof Shards) && !isShuffle();
  }

  /** Returns whether the files of tasks are sorted runs, which other tasks merge. */
  default boolean isShuffle() {
    return this instanceof ForGroup || this instanceof ForSort;
  }

  /** Returns whether the digest of what goes there is wanted. */
  default boolean isDigested() {
    return isLast();
  }

  /**
   * Nowhere: the stage is for its folds.
   *
   * @param isDigested whether it is for the digest of its samples as well
   */
  record Nowhere(boolean isDigested) implements Ending {
    @Override
    public boolean isLast() {
      return true;
    }
  }

  /**
   * Into one file of blocks per task.
   *
   * @param isLast whether they are the pass's result, or read back within the pass
   */
  record Blocks(Schema schema, boolean isLast) implements Ending {}

  /**
   * Into one file per task, named by its content.
   *
   * @param writer the task of the writer
   * @param shards the folder of finished files
   */
  record Shards(Task writer, Schema schema, String shards) implements Ending {
    @Override
    public boolean isLast() {
      return true;
    }
  }

  /** To a receiver in this process, in the order of tasks. */
  record Handed(Schema schema, Pass.BatchReceiver receiver) implements Ending {
    @Override
    public boolean isLast() {
      return true;
    }
  }

  /**
   * To meet others by key.
   *
   * @param input number of the input they are
   * @param parts of the whole
   */
  record ForGroup(Grouped grouped, int input, int parts) implements Ending {
    @Override
    public boolean isLast() {
      return false;
    }
  }

  /**
   * To be sorted.
   *
   * @param part wanted size of a part in bytes
   */
  record ForSort(Schema schema, List<SortKey> keys, long part) implements Ending {
    @Override
    public boolean isLast() {
      return false;
    }
  }

  /** To be connected by the links that {@code task} names. */
  record ForConnect(Task task, Schema input) implements Ending {
    @Override
    public boolean isLast() {
      return false;
    }
  }

  /**
   * What is grouped, without what it is made from.
   *
   * @param inputs fields of the inputs
   * @param order of the samples of a group, before rank
   * @param output fields of what comes out
   */
  record Grouped(Task task, List<Schema> inputs, List<SortKey> order, Schema output)
      implements Serializable {}
}
