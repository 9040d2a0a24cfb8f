package dev.quern.engine.pass;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to work in the folder of a pass, against threads of this process and other processes;
 * the system takes it back from a process that was killed. The lock is a file beside the folder and
 * stays there, empty.
 */
final class FolderLock implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);
  private static final ConcurrentHashMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  private final Path folder;
  private final ReentrantLock thread;
  private final FileChannel channel;

  private FolderLock(Path folder, ReentrantLock thread, FileChannel channel) {
    this.folder = folder;
    this.thread = thread;
    this.channel = channel;
  }

  /** Waits for the right to work in {@code folder}, which need not exist. */
  static FolderLock take(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("pass must have a folder below another");
    }
    Files.createDirectories(parent);
    Path real = parent.toRealPath().resolve(absolute.getFileName());
    ReentrantLock thread = THREADS.computeIfAbsent(real, path -> new ReentrantLock());
    if (thread.isHeldByCurrentThread()) {
      throw new IllegalStateException("pass must not begin within itself");
    }
    thread.lock();
    try {
      FileChannel channel =
          FileChannel.open(
              real.resolveSibling(real.getFileName() + ".lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() == null) {
          LOG.info("{}: waiting for another process that computes the same", real.getFileName());
          channel.lock();
        }
        return new FolderLock(absolute, thread, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      thread.unlock();
      throw e;
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      thread.unlock();
    }
  }
}
