package dev.quern.engine.pass;

import dev.quern.engine.Attempts;
import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.Samples;
import dev.quern.engine.Shard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files a stage has read, each one attempt however many pieces it was read in and wherever they
 * were: so the counts are those of the input, not of threads and morsels. Safe for several threads.
 */
final class SourceAttempts {
  private final Stage stage;
  private final Readings readings;
  private final Set<TaskLine.Key> resumed = new HashSet<>();
  private final Map<Integer, Map<Integer, Long>> cut = new HashMap<>();

  SourceAttempts(Stage stage, Readings readings) {
    this.stage = stage;
    this.readings = readings;
  }

  /** Notes that an earlier execution has done the task {@code key}. */
  synchronized void resumed(TaskLine.Key key) {
    resumed.add(key);
  }

  /** Notes that finding {@code morsel} of feed {@code feed} took {@code nanos}. */
  synchronized void cut(int feed, @Nullable Morsel morsel, long nanos) {
    if (morsel != null) {
      cut.computeIfAbsent(feed, number -> new HashMap<>())
          .merge(morsel.firstFile(), nanos, Long::sum);
    }
  }

  /** Returns what was read by those of {@code lines} that this execution has done. */
  synchronized List<Attempts> of(List<TaskLine> lines) {
    List<Attempts> all = new ArrayList<>();
    for (int feed = 0; feed < stage.feeds().size(); feed++) {
      if (stage.feeds().get(feed).origin() instanceof Origin.Reads reads) {
        Optional<String> subject = reads.subject();
        if (subject.isPresent()) {
          Attempts attempts = of(feed, reads.samples(), subject.get(), lines);
          if (attempts.all() > 0) {
            all.add(attempts);
          }
        }
      }
    }
    return all;
  }

  private Attempts of(int feed, Samples samples, String subject, List<TaskLine> lines) {
    long[] sizes = sizes(samples);
    if (sizes.length == 0) {
      return Attempts.none(subject); // What is made up is read from no file.
    }
    long[] nanos = new long[sizes.length];
    boolean[] read = new boolean[sizes.length];
    boolean[] known = new boolean[sizes.length];
    for (TaskLine line : lines) {
      Morsel morsel = line.morsel();
      if (line.key().feed() == feed && morsel != null) {
        add(morsel, resumed.contains(line.key()) ? -1 : line.read().nanos(), sizes, nanos, read);
        for (int file = morsel.firstFile(); file <= morsel.lastFile(); file++) {
          known[file] = true;
        }
      }
    }
    cut.getOrDefault(feed, Map.of()).forEach((file, more) -> nanos[file] += more);
    Attempts attempts = Attempts.none(subject);
    for (int file = 0; file < sizes.length; file++) {
      // Files without any sample leave no task; a reading with a limit does not come to all.
      if (read[file] || (!known[file] && isWhole(samples))) {
        attempts = attempts.succeededIn(nanos[file], sizes[file]);
      }
    }
    return attempts;
  }

  /** Gives the time of a task to its files by their size; below 0 it was another execution's. */
  private static void add(
      Morsel morsel, long taskNanos, long[] sizes, long[] nanos, boolean[] read) {
    if (taskNanos < 0) {
      return;
    }
    double bytes = 0;
    for (int file = morsel.firstFile(); file <= morsel.lastFile(); file++) {
      bytes += Math.max(1, sizes[file]);
    }
    for (int file = morsel.firstFile(); file <= morsel.lastFile(); file++) {
      nanos[file] += (long) (taskNanos * (Math.max(1, sizes[file]) / bytes));
      read[file] = true;
    }
  }

  private static boolean isWhole(Samples samples) {
    return !(samples instanceof Samples.Read read) || read.source().limit().isEmpty();
  }

  private long[] sizes(Samples samples) {
    return samples instanceof Samples.FromStored from
        ? from.stored().shards().stream().mapToLong(Shard::bytes).toArray()
        : readings.filesOf(samples).stream().mapToLong(InputFile::bytes).toArray();
  }
}
