package dev.quern.engine.pass;

import dev.quern.data.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens merges within a worker's memory: where there are more runs than it can hold frames of,
 * neighbours are merged into files of this task first. They are deleted when it is closed. Not safe
 * for several threads.
 */
final class Merging implements Closeable {
  private final PassFolder folder;
  private final String task;
  private final List<Schema> schemas;
  private final RowOrder order;
  private final int fanIn;
  private final List<Path> files = new ArrayList<>();
  private long spilled;
  private long bytesRead;

  /**
   * Makes an opener.
   *
   * @param task names the files
   * @param schemas by input
   * @param memory bytes a merge may hold
   */
  Merging(PassFolder folder, String task, List<Schema> schemas, RowOrder order, long memory) {
    this.folder = folder;
    this.task = task;
    this.schemas = schemas;
    this.order = order;
    // A frame is held as read and as batch.
    this.fanIn = (int) Math.max(2, Math.min(4096, memory / (2 * SortedRun.Writer.FRAME)));
  }

  Merge open(List<SortedRun> runs, Merge.@Nullable Border from, Merge.@Nullable Border to)
      throws IOException {
    List<SortedRun> left = runs;
    boolean whole = true;
    while (left.size() > fanIn) {
      List<SortedRun> fewer = level(left, whole ? from : null, whole ? to : null);
      whole = false;
      if (fewer.size() == left.size()) {
        break;
      }
      left = fewer;
    }
    return new Merge(folder.files(), left, schemas, order, whole ? from : null, whole ? to : null);
  }

  /** Merges neighbours of one input, {@link #fanIn} at a time. */
  private List<SortedRun> level(
      List<SortedRun> runs, Merge.@Nullable Border from, Merge.@Nullable Border to)
      throws IOException {
    List<SortedRun> merged = new ArrayList<>();
    int at = 0;
    while (at < runs.size()) {
      int end = at + 1;
      while (end < runs.size()
          && end - at < fanIn
          && runs.get(end).input() == runs.get(at).input()) {
        end++;
      }
      merged.add(merge(runs.subList(at, end), from, to));
      at = end;
    }
    return merged;
  }

  private SortedRun merge(
      List<SortedRun> runs, Merge.@Nullable Border from, Merge.@Nullable Border to)
      throws IOException {
    int input = runs.get(0).input();
    Path file = folder.unfinished(task + "-" + files.size() + ".spill");
    files.add(file);
    try (Frames.Writer frames =
        new Frames.Writer(folder.files().create(file, file), Frames.Packing.RAW)) {
      SortedRun.Writer writer = new SortedRun.Writer(frames, file, input, schemas.get(input), null);
      Merge merge = new Merge(folder.files(), runs, schemas, order, from, to);
      while (merge.isOpen()) {
        writer.add(merge.prefix(), merge.batch(), merge.view(), merge.row(), 0);
        merge.advance();
      }
      SortedRun run = writer.finish();
      frames.finish();
      spilled += frames.written();
      bytesRead += merge.bytesRead();
      return run;
    }
  }

  /** Returns the bytes written to files of this task. */
  long spilled() {
    return spilled;
  }

  /** Returns the bytes read to write them. */
  long bytesRead() {
    return bytesRead;
  }

  @Override
  public void close() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }
}
