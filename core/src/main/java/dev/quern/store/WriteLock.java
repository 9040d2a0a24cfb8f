package dev.quern.store;

import dev.quern.engine.DataException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a folder, among the threads of this process and the processes of this machine.
 * A process that dies gives the lock back.
 */
final class WriteLock implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(WriteLock.class);

  /** Locks of files belong to processes, so threads need locks of their own, by folder. */
  private static final ConcurrentMap<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

  /** The locked byte: far behind the content, because Windows forbids reading locked bytes. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final ReentrantLock thread;
  private final FileChannel channel;

  private WriteLock(ReentrantLock thread, FileChannel channel) {
    this.thread = thread;
    this.channel = channel;
  }

  /**
   * Waits until this thread is the one writer of {@code folder}.
   *
   * @param what what is locked, for messages, for example {@code dataset income}
   * @throws DataException with code {@code head_busy} after {@code patience}
   */
  static WriteLock take(Path folder, String what, Duration patience) throws IOException {
    long deadline = System.nanoTime() + patience.toNanos();
    Path file = Folders.create(folder).toRealPath().resolve(".lock");
    ReentrantLock thread = THREADS.computeIfAbsent(file, f -> new ReentrantLock());
    try {
      if (!thread.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy(what, "another thread of this process", patience);
      }
      try {
        return new WriteLock(thread, channel(file, what, deadline, patience));
      } catch (IOException | RuntimeException | InterruptedException e) {
        thread.unlock();
        throw e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException(
          "interrupted",
          what
              + ": its other writer must end before this one begins; found: an interruption; fix: run"
              + " again",
          e);
    }
  }

  private static FileChannel channel(Path file, String what, long deadline, Duration patience)
      throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        LOG.info("{}: waiting for {}", what, holder(file));
      }
      while (lock == null) {
        if (System.nanoTime() - deadline > 0) {
          throw busy(what, holder(file), patience);
        }
        Thread.sleep(10);
        lock = channel.tryLock(LOCKED_BYTE, 1, false);
      }
      byte[] pid = Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
      channel.truncate(0).write(ByteBuffer.wrap(pid), 0);
      return channel;
    } catch (IOException | RuntimeException | InterruptedException e) {
      channel.close();
      throw e;
    }
  }

  private static String holder(Path file) throws IOException {
    String pid = Files.readString(file, StandardCharsets.UTF_8).strip();
    return pid.isEmpty() ? "another process" : "process " + pid;
  }

  private static DataException busy(String what, String holder, Duration patience) {
    return new DataException(
        "head_busy",
        what
            + " must have one writer at a time; found: "
            + holder
            + " still writing after "
            + patience.toSeconds()
            + " s; run again when it has finished");
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
