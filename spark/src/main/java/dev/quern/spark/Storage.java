package dev.quern.spark;

import dev.quern.engine.pass.PassFolder;
import dev.quern.engine.pass.Stage;
import dev.quern.engine.pass.TaskLine;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;

/** Where workers put the files they finish, for the driver and for each other. */
interface Storage extends Serializable {

  /** Returns {@code stage} as workers do it, whose files lie in {@code scratch} first. */
  Stage staged(Stage stage, PassFolder scratch);

  /** Puts the files of a finished task, which lie in {@code scratch}, where others find them. */
  void put(TaskLine line, Stage stage, PassFolder scratch) throws IOException;

  /** Returns the file {@code name} of the pass, to be read by this worker. */
  Path find(String name, PassFolder scratch) throws IOException;
}
