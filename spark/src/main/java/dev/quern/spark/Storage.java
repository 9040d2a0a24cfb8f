package dev.quern.spark;

import dev.quern.engine.pass.PassFolder;
import dev.quern.engine.pass.Piece;
import dev.quern.engine.pass.Stage;
import dev.quern.engine.pass.TaskLine;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/** Where workers put the files they finish, for the driver and for each other. */
interface Storage extends Serializable {

  /** Driver: returns {@code stage} as it is sent, and brings what its tasks read to the storage. */
  Stage offered(Stage stage) throws IOException;

  /** Driver: takes what a finished task has put into the storage. */
  void take(TaskLine line, Stage stage) throws IOException;

  /** Driver: forgets what is there for the pass. */
  void clear() throws IOException;

  /** Worker: returns the stage it was sent as it does it, whose files lie in {@code scratch}. */
  Stage staged(Stage stage, PassFolder scratch);

  /** Worker: brings what {@code piece} reads to this machine. */
  void prepare(Stage staged, int feed, Piece piece) throws IOException;

  /** Worker: puts the files of a finished task, which lie in {@code scratch}. */
  void put(TaskLine line, Stage stage, PassFolder scratch) throws IOException;

  /** Worker: returns the file {@code name} of the pass, to be read. */
  Path find(String name, PassFolder scratch) throws IOException;
}
