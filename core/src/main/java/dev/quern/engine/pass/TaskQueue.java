package dev.quern.engine.pass;

import dev.quern.engine.DataException;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Reading;
import dev.quern.engine.UnreadFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a stage in order, one for each piece of its feeds; those an earlier execution
 * finished are jumped over. The first error in this order is the one that counts. Safe for several
 * threads.
 */
public final class TaskQueue implements Closeable {
  private final Stage stage;
  private final Readings readings;
  private final StageLog log;
  private final Cutting cutting;
  private final Map<TaskLine.Key, TaskLine> lines = new TreeMap<>();
  private @Nullable Pieces pieces;
  private int feed;
  private int ordinal;
  private long sequence;
  private volatile long failedAt = Long.MAX_VALUE;
  private @Nullable Throwable failure;

  /**
   * A task to do.
   *
   * @param sequence number in the order of the stage, counted over this execution
   */
  public record Taken(TaskLine.Key key, Piece piece, long sequence) {}

  /** Makes the cutter of a reading. */
  interface Cutting {
    MorselCutter cutter(Reading reading, long morselBytes) throws IOException;
  }

  TaskQueue(Stage stage, Readings readings, StageLog log, Cutting cutting) {
    this.cutting = cutting;
    this.stage = stage;
    this.readings = readings;
    this.log = log;
  }

  /** Returns the next task, or null when there is none or one has failed. */
  public synchronized @Nullable Taken take() {
    try {
      while (failedAt == Long.MAX_VALUE && feed < stage.feeds().size()) {
        if (pieces == null) {
          pieces = opened(stage.feeds().get(feed).origin());
        }
        TaskLine.Key key = new TaskLine.Key(stage.number(), feed, ordinal);
        TaskLine line = log.finished(key);
        if (line != null) {
          pieces.skip(line);
          lines.put(key, line);
          ordinal++;
          continue;
        }
        Piece piece = next(pieces);
        if (piece != null) {
          ordinal++;
          return new Taken(key, piece, sequence++);
        }
        leave();
        feed++;
        ordinal = 0;
      }
    } catch (IOException | RuntimeException | Error e) {
      fail(sequence, e);
    }
    return null;
  }

  private Pieces opened(Origin origin) throws IOException {
    try {
      return pieces(origin);
    } catch (IOException | DataException e) {
      mark(e);
      throw e;
    }
  }

  private @Nullable Piece next(Pieces from) throws IOException {
    long began = System.nanoTime();
    try {
      Piece piece = from.next();
      log.cut(feed, piece == null ? null : piece.morsel(), System.nanoTime() - began);
      return piece;
    } catch (IOException | DataException e) {
      mark(e);
      throw e;
    }
  }

  /** What cannot be cut could not be read. */
  private void mark(Exception e) {
    if (stage.feeds().get(feed).origin() instanceof Origin.Reads reads) {
      reads.subject().ifPresent(subject -> UnreadFile.mark(e, subject));
    }
  }

  private Pieces pieces(Origin origin) throws IOException {
    return origin instanceof Origin.Reads reads
        ? new Pieces.Morsels(cutting.cutter(readings.of(reads.samples()), stage.morselBytes()))
        : new Pieces.Numbered(((Origin.Parts) origin).parts());
  }

  private void leave() throws IOException {
    if (pieces != null) {
      long bytes = pieces.bytesRead();
      log.cut(bytes, stage.feeds().get(feed).origin().isSource() ? bytes : 0);
      pieces.close();
      pieces = null;
    }
  }

  /** Adds a task that was taken and is done. */
  public void done(TaskLine line) throws IOException {
    log.add(line);
    synchronized (this) {
      lines.put(line.key(), line);
    }
  }

  /** Notes that the task {@code at}, or what gives tasks, has failed. */
  public synchronized void fail(long at, Throwable error) {
    if (at < failedAt) {
      failedAt = at;
      failure = error;
    }
  }

  /** Returns whether the task {@code at} must stop, because an earlier one has failed. */
  public boolean isCancelled(long at) {
    return at > failedAt;
  }

  /**
   * Returns what all tasks left, in order.
   *
   * @throws IOException or another exception: the first error by order, if a task has failed
   */
  public synchronized List<TaskLine> result() throws IOException {
    if (failure == null) {
      return List.copyOf(lines.values());
    }
    Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
    Throwable told = cause == null ? failure : cause;
    if (told instanceof IOException io) {
      throw io;
    }
    if (told instanceof Error error) {
      throw error;
    }
    if (told instanceof RuntimeException runtime) {
      throw runtime;
    }
    throw new IllegalStateException("worker must not throw " + told.getClass().getName(), told);
  }

  @Override
  public synchronized void close() throws IOException {
    leave();
  }
}
