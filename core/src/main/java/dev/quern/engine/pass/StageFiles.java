package dev.quern.engine.pass;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What earlier stages of a pass left for the tasks of a later one. Safe for several threads. */
public interface StageFiles {

  /** Returns the file called {@code name}, to be read from. */
  Path file(String name) throws IOException;

  /** Returns runs that hold the samples of {@code part} of {@code stage}, and perhaps others. */
  List<SortedRun> runs(int stage, int part) throws IOException;

  /** Returns the samples of part {@code part} of a stage before a connect, and their components. */
  Linked linked(int stage, int part) throws IOException;

  /**
   * Samples with links.
   *
   * @param file that holds them
   * @param names of their components
   */
  record Linked(Path file, ComponentNames names) {}

  /** The components of the samples of one file, by their number in it. */
  interface ComponentNames {
    /** Returns the upper half of the smallest id in the component of {@code sample}. */
    long high(int sample);

    /** Returns the lower half of the smallest id in the component of {@code sample}. */
    long low(int sample);
  }
}
