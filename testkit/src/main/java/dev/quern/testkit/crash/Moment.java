package dev.quern.testkit.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * When a process is killed. Times from its start would hit early phases where the machine is busy;
 * the log of its run and its files keep step with what it does.
 */
sealed interface Moment {
  /** Looks are so far apart, in microseconds. */
  long LOOK = 300;

  /** Returns how long after the event it is, in microseconds. */
  long micros();

  /** Returns whether the event has come in {@code workspace}. */
  boolean hasCome(Path workspace, Before before) throws IOException;

  /**
   * After so many lines of the log; 0 counts from the start of the process.
   *
   * @param micros after that
   */
  record AfterLines(int lines, long micros) implements Moment {
    @Override
    public boolean hasCome(Path workspace, Before before) throws IOException {
      List<String> runs = runs(workspace);
      runs.removeAll(before.runs());
      return lines == 0
          || (!runs.isEmpty() && count(workspace.resolve("runs").resolve(runs.get(0))) >= lines);
    }

    private static long count(Path run) throws IOException {
      Path log = run.resolve("log.jsonl");
      long lines = 0;
      if (Files.exists(log)) {
        for (byte b : Files.readAllBytes(log)) {
          lines += b == '\n' ? 1 : 0;
        }
      }
      return lines;
    }
  }

  /**
   * After a new file or folder appears.
   *
   * @param folder where, relative to the workspace
   * @param beginning of its name
   * @param micros after that
   */
  record AfterFile(String folder, String beginning, long micros) implements Moment {
    @Override
    public boolean hasCome(Path workspace, Before before) throws IOException {
      return names(workspace.resolve(folder)).stream()
          .anyMatch(
              name -> name.startsWith(beginning) && !before.files().contains(folder + "/" + name));
    }
  }

  /** What was there before the process was started. */
  record Before(List<String> runs, List<String> files) {
    static Before in(Path workspace) throws IOException {
      List<String> files = new ArrayList<>();
      for (String kind : List.of("datasets", "models")) {
        for (String name : names(workspace.resolve(kind))) {
          String folder = kind + "/" + name;
          names(workspace.resolve(folder)).forEach(file -> files.add(folder + "/" + file));
        }
      }
      return new Before(Moment.runs(workspace), List.copyOf(files));
    }
  }

  /** Waits for this moment, or the end of {@code process}. */
  default void await(Process process, Path workspace, Before before)
      throws IOException, InterruptedException {
    while (process.isAlive() && !hasCome(workspace, before)) {
      TimeUnit.MICROSECONDS.sleep(LOOK);
    }
    long until = System.nanoTime() + micros() * 1000;
    for (long left = micros(); left > 0 && process.isAlive(); ) {
      TimeUnit.MICROSECONDS.sleep(Math.min(LOOK, left));
      left = (until - System.nanoTime()) / 1000;
    }
  }

  /** Returns the names of all runs in {@code workspace}, oldest first. */
  static List<String> runs(Path workspace) throws IOException {
    List<String> runs = names(workspace.resolve("runs"));
    runs.removeIf(name -> name.startsWith("."));
    return runs;
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return new ArrayList<>();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          files.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
  }
}
