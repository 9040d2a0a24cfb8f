package dev.quern.engine.pass;

import dev.quern.data.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;

/**
 * The folder of one pass. A file appears under its name whole or not at all; all of them may hold
 * samples, so they are the owner's only.
 *
 * @param path absolute
 */
public record PassFolder(Path path) {
  /** Ends the names of files that are being written. */
  static final String UNFINISHED = ".part";

  /** Opens the folder {@code path}, which is made if it is not there. */
  public static PassFolder open(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!Files.isDirectory(absolute)) {
      Files.createDirectory(absolute, owner("rwx------"));
      if (parent != null) {
        force(parent);
      }
    }
    return new PassFolder(absolute);
  }

  /** Returns the place of the finished file {@code name}. */
  public Path file(String name) {
    return path.resolve(name);
  }

  Path unfinished(String name) {
    return path.resolve(name + UNFINISHED);
  }

  /** Returns where {@code target} lies before it is whole. */
  public static Path unfinished(Path target) {
    return target.resolveSibling(target.getFileName() + UNFINISHED);
  }

  /** Forces a complete file to the disk and gives it its name. */
  public static void forceAndPublish(Path temporary, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    publish(temporary, target);
  }

  /** Opens the new or emptied file {@code file} for writing, for the owner only. */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE),
        owner("rw-------"));
  }

  /** Writes a whole file at once: it appears complete. */
  void write(String name, byte[] content) throws IOException {
    Path temporary = unfinished(name);
    try (FileChannel channel = create(temporary)) {
      writeFully(channel, content, 0, content.length);
      channel.force(true);
    }
    publish(temporary, file(name));
  }

  static void writeFully(FileChannel channel, byte[] bytes, int start, int length)
      throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes, start, length);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /** Gives a complete and forced file its name, replacing what had it. */
  public static void publish(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      // Another file system: the copy gets its name there in one move. Others may bring the same
      // file at this moment, so it has a name of its own until then.
      String own = Digest.ofText(temporary.toString()).substring(0, 16);
      Path near = target.resolveSibling(target.getFileName() + "." + own + UNFINISHED);
      Files.copy(temporary, near, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(near, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(near, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Files.delete(temporary);
    }
  }

  /**
   * Forces the names in {@code folder} to the disk: forcing a file alone does not keep its name.
   */
  static void force(Path folder) throws IOException {
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return; // Windows cannot open folders; renames are journaled there.
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Returns the SHA-256 of {@code file}. */
  public static String sha256(Path file) throws IOException {
    MessageDigest sha = Digest.sha256();
    byte[] buffer = new byte[1 << 16];
    try (var in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** Deletes every file but those named. */
  void sweep(Set<String> keep) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        if (!keep.contains(String.valueOf(file.getFileName())) && Files.isRegularFile(file)) {
          Files.delete(file);
        }
      }
    }
  }

  private static FileAttribute<?>[] owner(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
