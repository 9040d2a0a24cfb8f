package dev.quern.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A folder in the workspace for what an engine's own program spills on this machine, and for its
 * log. It holds data, so it is deleted at the end, and at the next start where there was no end.
 */
public final class EngineScratch implements Closeable {
  /** The folder in {@code work}. */
  static final String ENGINES = "engines";

  private final Path folder;

  private EngineScratch(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes the folder of this process for {@code engine}, and deletes those of processes that are no
   * more.
   */
  static EngineScratch open(Path work, String engine) throws IOException {
    Path engines = Folders.create(work.resolve(ENGINES));
    for (String name : Folders.names(engines)) {
      String process = name.substring(name.lastIndexOf('-') + 1);
      if (process.matches("[0-9]+") && ProcessHandle.of(Long.parseLong(process)).isEmpty()) {
        Folders.delete(engines.resolve(name));
      }
    }
    Path own = engines.resolve(engine + "-" + ProcessHandle.current().pid());
    Folders.delete(own);
    return new EngineScratch(Folders.createNew(own));
  }

  /** Returns the folder, which is for its owner alone. */
  public Path folder() {
    return folder;
  }

  /** Returns the place of the program's log. */
  public Path log() {
    return folder.resolve("engine.log");
  }

  /** Moves the log where it stays until the next one, and returns its place. */
  public Path keepLog() throws IOException {
    Path kept = folder.resolveSibling("engine.log");
    if (Files.exists(log())) {
      Files.move(log(), kept, StandardCopyOption.REPLACE_EXISTING);
    }
    return kept;
  }

  @Override
  public void close() throws IOException {
    Folders.delete(folder);
  }
}
