package dev.quern.spark;

import dev.quern.engine.pass.PassFolder;
import dev.quern.engine.pass.Piece;
import dev.quern.engine.pass.Stage;
import dev.quern.engine.pass.TaskLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folder of the pass itself, where it has the same path on all machines: one machine, or a file
 * system that they share.
 *
 * @param folder absolute
 */
record SharedFolder(String folder) implements Storage {

  @Override
  public Stage offered(Stage stage) {
    return stage;
  }

  @Override
  public void take(TaskLine line, Stage stage) {}

  @Override
  public void clear() {}

  @Override
  public Stage staged(Stage stage, PassFolder scratch) {
    return stage;
  }

  @Override
  public void prepare(Stage staged, int feed, Piece piece) {}

  /** Shards were given their names by the writer. */
  @Override
  public void put(TaskLine line, Stage stage, PassFolder scratch) throws IOException {
    for (String name : names(line, stage)) {
      PassFolder.publish(scratch.file(name), Path.of(folder).resolve(name));
    }
  }

  @Override
  public Path find(String name, PassFolder scratch) {
    return Path.of(folder).resolve(name);
  }

  /** Returns the names of the files of a task that belong into the pass's folder. */
  static Set<String> names(TaskLine line, Stage stage) {
    Set<String> names = new TreeSet<>(line.names());
    if (line.file() != null && !stage.ending().inFolder()) {
      names.remove(line.file().name());
    }
    return names;
  }
}
