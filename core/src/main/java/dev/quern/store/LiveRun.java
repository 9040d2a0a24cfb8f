package dev.quern.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A run at work. Its folder holds a locked file until it is closed; the system takes the lock back
 * from a process that was killed, so that others can tell a run at work from one that is no more.
 */
public final class LiveRun implements Closeable {
  private static final String MARK = ".live";

  /** Locks of files belong to processes: those of this process are known here. */
  private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path mark;
  private final FileChannel channel;

  private LiveRun(Path folder, Path mark, FileChannel channel) {
    this.folder = folder;
    this.mark = mark;
    this.channel = channel;
  }

  /** Marks the run in the new folder {@code folder}; the caller holds the workspace's lock. */
  static LiveRun of(Path folder) throws IOException {
    Path mark = folder.toRealPath().resolve(MARK);
    FileChannel channel =
        FileChannel.open(mark, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    HERE.add(mark);
    try {
      channel.lock();
      return new LiveRun(folder, mark, channel);
    } catch (IOException | RuntimeException e) {
      HERE.remove(mark);
      channel.close();
      throw e;
    }
  }

  /** Returns whether the run of {@code folder} is at work, in this or another process. */
  static boolean isLive(Path folder) throws IOException {
    Path mark = folder.toRealPath().resolve(MARK);
    // Not even to look: closing a file gives back all locks that this process has on it.
    if (HERE.contains(mark)) {
      return true;
    }
    if (!Files.exists(mark)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    }
  }

  /** Returns the run's folder, whose name is its id. */
  public Path folder() {
    return folder;
  }

  /** Ends the run. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
      Files.deleteIfExists(mark);
      Files.deleteIfExists(folder.resolve(Needs.FILE));
    } finally {
      HERE.remove(mark);
    }
  }
}
