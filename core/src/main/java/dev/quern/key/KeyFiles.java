package dev.quern.key;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files of a keyring: for their owner alone, and the old or the new one after a crash. */
final class KeyFiles {
  private static final String LOCK = ".lock";

  private final Path folder;

  KeyFiles(Path folder) {
    this.folder = folder;
  }

  Path file(String name) {
    return folder.resolve(name + ".json");
  }

  void create() throws IOException {
    Files.createDirectories(folder, mode("rwx------"));
  }

  private FileAttribute<?>[] mode(String rights) {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        }
        : new FileAttribute<?>[0];
  }

  void replace(String name, String text) throws IOException {
    Path unfinished = Files.createTempFile(folder, ".unfinished-", "", mode("rw-------"));
    try {
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(unfinished, file(name), StandardCopyOption.ATOMIC_MOVE);
      forceFolder();
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private void forceFolder() throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** What is done while nobody else changes the keyring. */
  interface Change<T> {
    T apply() throws IOException;
  }

  /** Does {@code change} alone among all processes and threads. */
  <T> T alone(Change<T> change) throws IOException {
    synchronized (KeyFiles.class) {
      Path file = folder.resolve(LOCK);
      Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try (FileChannel channel = FileChannel.open(file, options, mode("rw-------"));
          FileLock lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException(file + ": lock must hold; found: none");
        }
        return change.apply();
      }
    }
  }
}
