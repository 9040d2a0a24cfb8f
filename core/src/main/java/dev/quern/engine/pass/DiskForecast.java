package dev.quern.engine.pass;

import dev.quern.engine.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Foretells from the first tasks of a stage whether the disk has room for the files of all, so that
 * a stage that cannot end is refused when it has read a sixteenth of its input and not when the
 * disk is full. What is foretold is the mean of the tasks so far: files per byte read. Safe for
 * several threads.
 */
final class DiskForecast {
  /** Before this many tasks the mean says too little. */
  private static final int MIN_TASKS = 4;

  /** Before this part of the input, a sixteenth, the mean says too little. */
  private static final int MIN_PART = 16;

  /** Tasks differ, and those under way hold a part already: what may yet fit is not refused. */
  private static final double SLACK = 1.25;

  private final String what;
  private final Path folder;
  private final long total;
  private int tasks;
  private long read;
  private long left;

  /**
   * Makes a forecast.
   *
   * @param what the stage, as people know it
   * @param folder where its files go
   * @param total size of its input in bytes as stored
   */
  DiskForecast(String what, Path folder, long total) {
    this.what = what;
    this.folder = folder;
    this.total = total;
  }

  /**
   * Adds a finished task.
   *
   * @param readBytes its input in bytes as stored
   * @param leftBytes size of the files it left
   */
  synchronized void add(long readBytes, long leftBytes) {
    tasks++;
    read += readBytes;
    left += leftBytes;
  }

  /**
   * Compares what is foretold with the room there is.
   *
   * @throws DataException with code {@code disk_too_small} if the rest will not fit
   */
  void check() throws IOException {
    long needed = needed();
    if (needed == 0) {
      return;
    }
    long usable = Files.getFileStore(folder).getUsableSpace();
    if (needed > SLACK * usable) {
      throw new DataException(
          "disk_too_small",
          String.format(
              Locale.ROOT,
              "%s: disk must have room for what %s leaves (bytes); found: %d left, about %d needed"
                  + " by the tasks so far; free some or take a workspace on a larger disk and run"
                  + " again, finished work is kept",
              folder,
              what,
              usable,
              needed));
    }
  }

  /** Returns how many bytes the tasks to come will leave, 0 while too little is known. */
  private synchronized long needed() {
    if (tasks < MIN_TASKS || read < total / MIN_PART || read >= total) {
      return 0;
    }
    return (long) ((double) left / read * (total - read));
  }
}
