package dev.quern.engine;

import java.io.IOException;

/** Executes passes; the only thing that differs between one machine and a cluster. */
public interface Engine extends AutoCloseable {

  /** Returns the name users choose it by: {@code local} or {@code spark}. */
  String name();

  /** Returns what people want to know of it afterwards: where and by how many work was done. */
  default String description() {
    return name();
  }

  /**
   * Executes {@code pass}, continuing what an earlier execution in the same folder finished.
   *
   * @throws DataException if the data are at fault
   * @throws IOException if files cannot be read or written
   */
  PassResult execute(Pass pass, Progress progress) throws IOException;

  /** Gives back threads and files. */
  @Override
  void close();
}
