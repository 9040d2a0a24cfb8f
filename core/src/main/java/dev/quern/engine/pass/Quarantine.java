package dev.quern.engine.pass;

import dev.quern.engine.Morsel;
import dev.quern.engine.SampleFiles;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Puts the quarantined samples of all tasks into one file. Readers number lines within a morsel;
 * the line of the file, from 1, is known once all earlier morsels of the file are.
 */
record Quarantine(PassFolder folder) {
  static final String NAME = "quarantined.jsonl";

  /** Returns the file with the quarantined samples of {@code lines}, or none if there are none. */
  List<Path> collect(List<TaskLine> lines) throws IOException {
    if (lines.stream().allMatch(line -> line.quarantined() == null)) {
      return List.of();
    }
    Path file = folder.file(NAME);
    try (SampleFiles.Output whole = folder.create(NAME)) {
      BufferedWriter out =
          new BufferedWriter(new OutputStreamWriter(whole.stream(), StandardCharsets.UTF_8));
      Numbering numbering = new Numbering();
      for (TaskLine line : lines) {
        numbering.enter(line);
        if (line.quarantined() != null) {
          copy(folder.file(line.quarantined().name()), numbering, out);
        }
        numbering.leave(line);
      }
      out.flush();
      whole.finish();
    }
    folder.publish(NAME);
    return List.of(file);
  }

  private void copy(Path part, Numbering numbering, BufferedWriter out) throws IOException {
    try (BufferedReader in = folder.files().reader(part)) {
      for (String text = in.readLine(); text != null; text = in.readLine()) {
        String[] parts = text.split("\t", 4);
        out.write(parts[2]);
        if (!parts[0].isEmpty()) {
          long line = numbering.line(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
          out.write(Long.toString(line));
          out.write(parts[3]);
        }
        out.write('\n');
      }
    }
  }

  /** Counts the lines of a file over its morsels. */
  private static final class Numbering {
    private int stage = -1;
    private int feed = -1;
    private int file = -1;
    private long before;

    void enter(TaskLine line) {
      Morsel morsel = line.morsel();
      if (morsel == null) {
        return;
      }
      boolean continues =
          line.key().stage() == stage && line.key().feed() == feed && morsel.firstFile() == file;
      if (!continues) {
        stage = line.key().stage();
        feed = line.key().feed();
        file = morsel.firstFile();
        before = 0;
      }
    }

    /** Returns the line of the file, from 1. */
    long line(int inFile, long line) {
      return (inFile == file ? before : 0) + line + 1;
    }

    void leave(TaskLine line) {
      Morsel morsel = line.morsel();
      if (morsel == null) {
        return;
      }
      before = morsel.lastFile() == file ? before + line.read().lines() : line.read().lines();
      file = morsel.lastFile();
    }
  }
}
