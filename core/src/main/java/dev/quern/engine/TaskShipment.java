package dev.quern.engine;

import java.io.Serializable;

/**
 * The code of tasks on its way to workers in other processes: what they map with, but not the
 * operators themselves, which are there already.
 */
public interface TaskShipment extends Serializable {

  /**
   * Returns the code, made with the operators that {@code loader} finds.
   *
   * @throws IllegalStateException if one of them is not there
   */
  TaskResolver unpack(ClassLoader loader);

  /** Returns the code that reads samples stored as Parquet. */
  Reading version(Stored stored);
}
