package dev.quern.engine.pass;

import dev.quern.data.Digest;
import dev.quern.engine.ClearFiles;
import dev.quern.engine.DataException;
import dev.quern.engine.Progress;
import dev.quern.engine.SampleFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * The folder of one pass. A file appears under its name whole or not at all; all of them may hold
 * samples, so they are the owner's only.
 *
 * @param path absolute
 * @param files how those are written and read that hold samples or states; journal and result hold
 *     neither, and their objects are {@link SealedText}
 */
public record PassFolder(Path path, SampleFiles files) {
  /** Ends the names of files that are being written. */
  static final String UNFINISHED = ".part";

  /** Opens the folder {@code path}, which is made if it is not there; its files are in clear. */
  public static PassFolder open(Path path) throws IOException {
    return open(path, ClearFiles.CLEAR);
  }

  /** Opens the folder {@code path}, which is made if it is not there. */
  public static PassFolder open(Path path, SampleFiles files) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path parent = absolute.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (!Files.isDirectory(absolute)) {
      Files.createDirectory(absolute, ClearFiles.owner("rwx------"));
      if (parent != null) {
        force(parent);
      }
    }
    return new PassFolder(absolute, files);
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

  /** Opens the file {@code name} for writing; publish it when it is complete. */
  SampleFiles.Output create(String name) throws IOException {
    return files.create(unfinished(name), file(name));
  }

  /** Gives the complete file {@code name} its name. */
  void publish(String name) throws IOException {
    publish(unfinished(name), file(name));
  }

  /** Writes a whole file at once: it appears complete. */
  void write(String name, byte[] content) throws IOException {
    write(name, content, files);
  }

  /** Writes a whole file that holds neither samples nor states, or what is sealed by itself. */
  void writeClear(String name, byte[] content) throws IOException {
    write(name, content, ClearFiles.CLEAR);
  }

  private void write(String name, byte[] content, SampleFiles as) throws IOException {
    try (SampleFiles.Output out = as.create(unfinished(name), file(name))) {
      out.write(content, 0, content.length);
      out.finish();
    }
    publish(name);
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

  /** Returns a checksum of {@code content}, which finds every flipped bit. */
  static String checksum(byte[] content) {
    CRC32C sum = new CRC32C();
    sum.update(content, 0, content.length);
    return written(sum);
  }

  /** Returns the text of a checksum of 32 bits. */
  static String written(Checksum sum) {
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** Returns whether {@code file} is there as it was written; what is not is told. */
  boolean isWhole(TaskLine.Beside file, Progress progress) throws IOException {
    Path path = file(file.name());
    try {
      return told(path, checksum(path).equals(file.checksum()), progress);
    } catch (NoSuchFileException e) {
      return false;
    } catch (DataException e) {
      return isDamage(path, e, progress);
    }
  }

  private static boolean told(Path file, boolean whole, Progress progress) {
    if (!whole) {
      progress.damaged(file);
    }
    return whole;
  }

  /** What is damaged is made anew, and told; a key that is not there ends the pass. */
  static boolean isDamage(Path file, DataException e, Progress progress) {
    if (e.code().equals(DataException.NOT_AUTHENTIC)) {
      return told(file, false, progress);
    }
    throw e;
  }

  /**
   * Returns whether {@code file} is there with a content of {@code bytes} bytes; one of another
   * size is told.
   */
  boolean isThere(Path file, long bytes, Progress progress) throws IOException {
    try {
      return Files.exists(file) && told(file, files.size(file) == bytes, progress);
    } catch (DataException e) {
      return isDamage(file, e, progress);
    }
  }

  /** Returns the {@link #checksum(byte[]) checksum} of the content of {@code file}. */
  String checksum(Path file) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    try (var in = files.stream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sum.update(buffer, 0, n);
      }
    }
    return written(sum);
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
}
