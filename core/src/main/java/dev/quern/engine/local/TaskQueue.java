package dev.quern.engine.local;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a stage in order, one for each piece of its feeds; those an earlier execution
 * finished are jumped over. The first error in this order is the one that counts. Safe for several
 * threads.
 */
final class TaskQueue implements Closeable {
  private final int stage;
  private final List<Feed> feeds;
  private final long morselBytes;
  private final Finished finished;
  private final Map<TaskLine.Key, TaskLine> lines = new TreeMap<>();
  private Origin.@Nullable Supply supply;
  private int feed;
  private int ordinal;
  private long sequence;
  private long cutBytes;
  private long cutSourceBytes;
  private volatile long failedAt = Long.MAX_VALUE;
  private @Nullable Throwable failure;

  /** Tells what earlier executions finished. */
  interface Finished {
    /** Returns what the task left if it is finished and its files are there, else null. */
    @Nullable TaskLine line(TaskLine.Key key) throws IOException;
  }

  /**
   * A task to do.
   *
   * @param sequence number in the order of the stage, counted over this execution
   */
  record Taken(TaskLine.Key key, Origin.Piece piece, long sequence) {}

  TaskQueue(int stage, List<Feed> feeds, long morselBytes, Finished finished) {
    this.stage = stage;
    this.feeds = feeds;
    this.morselBytes = morselBytes;
    this.finished = finished;
  }

  /** Returns the next task, or null when there is none or one has failed. */
  synchronized @Nullable Taken take() {
    try {
      while (failedAt == Long.MAX_VALUE && feed < feeds.size()) {
        if (supply == null) {
          supply = feeds.get(feed).origin().supply(morselBytes);
        }
        TaskLine.Key key = new TaskLine.Key(stage, feed, ordinal);
        TaskLine line = finished.line(key);
        if (line != null) {
          supply.skip(line);
          lines.put(key, line);
          ordinal++;
          continue;
        }
        Origin.Piece piece = supply.next();
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

  private void leave() throws IOException {
    if (supply != null) {
      cutBytes += supply.bytesRead();
      if (feeds.get(feed).origin().isSource()) {
        cutSourceBytes += supply.bytesRead();
      }
      supply.close();
      supply = null;
    }
  }

  synchronized void done(TaskLine line) {
    lines.put(line.key(), line);
  }

  synchronized void fail(long at, Throwable error) {
    if (at < failedAt) {
      failedAt = at;
      failure = error;
    }
  }

  boolean isCancelled(long at) {
    return at > failedAt;
  }

  /** Returns the first error by order, or null. */
  synchronized @Nullable Throwable failure() {
    return failure;
  }

  /** Returns what all tasks left, in order. */
  synchronized List<TaskLine> lines() {
    return List.copyOf(lines.values());
  }

  synchronized long cutBytes() {
    return cutBytes;
  }

  synchronized long cutSourceBytes() {
    return cutSourceBytes;
  }

  @Override
  public synchronized void close() throws IOException {
    leave();
  }
}
