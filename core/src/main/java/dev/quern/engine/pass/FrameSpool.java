package dev.quern.engine.pass;

import dev.quern.engine.ClearFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The frames of one part as they arrive, in any order, put into a file from which its runs are
 * merged. Not safe for several threads.
 */
public final class FrameSpool implements Closeable {
  private final Path file;
  private final FileChannel channel;
  private final Map<Integer, Map<RunKey, List<Placed>>> byStage = new TreeMap<>();
  private long written;

  private record RunKey(TaskLine.Key task, int run) implements Comparable<RunKey> {
    @Override
    public int compareTo(RunKey other) {
      int order = task.compareTo(other.task);
      return order != 0 ? order : Integer.compare(run, other.run);
    }
  }

  private record Placed(int number, long place, long size, long prefix) {}

  /** Opens an empty spool in the new file {@code name} of {@code folder}. */
  public static FrameSpool open(PassFolder folder, String name) throws IOException {
    Path file = folder.unfinished(name);
    return new FrameSpool(file, ClearFiles.channel(file));
  }

  private FrameSpool(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Adds a frame. */
  public void add(RunFrame frame) throws IOException {
    PassFolder.writeFully(channel, frame.stored(), 0, frame.stored().length);
    byStage
        .computeIfAbsent(frame.task().stage(), stage -> new TreeMap<>())
        .computeIfAbsent(new RunKey(frame.task(), frame.run()), key -> new ArrayList<>())
        .add(new Placed(frame.number(), written, frame.stored().length, frame.prefixes()[0]));
    written += frame.stored().length;
  }

  /** Returns the bytes written. */
  public long written() {
    return written;
  }

  /**
   * Returns the runs of {@code stage}, in the order of its tasks.
   *
   * @param input number of the input they are
   */
  public List<SortedRun> runs(int stage, int input) {
    List<SortedRun> runs = new ArrayList<>();
    for (List<Placed> frames : byStage.getOrDefault(stage, Map.of()).values()) {
      frames.sort(Comparator.comparingInt(Placed::number));
      int size = frames.size();
      long[] places = new long[size];
      long[] sizes = new long[size];
      long[] prefixes = new long[size];
      for (int i = 0; i < size; i++) {
        places[i] = frames.get(i).place();
        sizes[i] = frames.get(i).size();
        prefixes[i] = frames.get(i).prefix();
      }
      runs.add(new SortedRun(file, input, places, sizes, new long[size], prefixes, null));
    }
    return runs;
  }

  /** Deletes the file. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
