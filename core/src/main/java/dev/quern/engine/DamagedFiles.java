package dev.quern.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Files that were found to be other than they were written, so that what they held is made anew: by
 * an accident of the disk or by somebody's hand, which nobody but a person can tell apart. Each is
 * told once. Safe for several threads.
 */
public final class DamagedFiles {
  private final Set<Path> files = new LinkedHashSet<>();
  private Consumer<Path> listener = file -> {};

  /** Tells {@code listener} each file from now on, and at once those that have been found. */
  public synchronized void tell(Consumer<Path> to) {
    listener = to;
    files.forEach(to);
  }

  /** Notes that {@code file} is not as it was written. */
  public synchronized void add(Path file) {
    if (files.add(file)) {
      listener.accept(file);
    }
  }

  /** Returns the files in the order they were found in. */
  public synchronized List<Path> list() {
    return new ArrayList<>(files);
  }
}
