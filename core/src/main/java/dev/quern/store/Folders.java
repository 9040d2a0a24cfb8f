package dev.quern.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders and files of a workspace: for their owner alone, and whole or not there. */
final class Folders {
  /** How the names of unfinished files begin; nothing that begins so is ever read. */
  static final String UNFINISHED = ".unfinished-";

  private Folders() {}

  /** Makes {@code folder} and what is missing above it, for the owner alone where that is known. */
  static Path create(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path above = folder.toAbsolutePath().getParent();
      if (above != null) {
        create(above);
      }
      Files.createDirectories(folder, ownerOnly(folder));
      if (above != null) {
        force(above);
      }
    }
    return folder;
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Makes {@code folder}, which must not exist. */
  static Path createNew(Path folder) throws IOException {
    Path made = Files.createDirectory(folder, ownerOnly(folder));
    force(parent(folder));
    return made;
  }

  /** Makes a new folder that nobody reads until it is renamed. */
  static Path unfinishedFolder(Path parent) throws IOException {
    return Files.createTempDirectory(create(parent), UNFINISHED, ownerOnly(parent));
  }

  /** Replaces {@code file} by {@code text} as one step: after a crash it is the old or the new. */
  static void replace(Path file, String text) throws IOException {
    replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces {@code file} by {@code content} as one step. */
  static void replace(Path file, byte[] content) throws IOException {
    try {
      replaceOnce(file, content);
    } catch (NoSuchFileException e) {
      // Who cleared the workspace up took the unfinished file for what a crash had left.
      replaceOnce(file, content);
    }
  }

  private static void replaceOnce(Path file, byte[] content) throws IOException {
    Path folder = create(parent(file));
    // Temporary files are made for their owner alone.
    Path unfinished = Files.createTempFile(folder, UNFINISHED, "");
    try {
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      move(unfinished, file);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Gives a finished file or folder its name in one step and forces the step to the disk. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    force(parent(to));
  }

  /** Forces all files below {@code folder} to the disk. */
  static void forceAll(Path folder) throws IOException {
    for (Path path : tree(folder)) {
      force(path);
    }
  }

  private static void force(Path path) throws IOException {
    boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    if (folder && !path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return; // Windows cannot open folders; renames are journaled there.
    }
    StandardOpenOption option = folder ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  /** Deletes {@code folder} and all below it; nobody sees a part of it meanwhile. */
  static void remove(Path folder) throws IOException {
    Path unseen = unfinishedFolder(parent(folder)).resolve("removed");
    move(folder, unseen);
    delete(parent(unseen));
  }

  /** Deletes {@code folder} and all below it. */
  static void delete(Path folder) throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      List<Path> paths = tree(folder);
      paths.sort(Comparator.reverseOrder());
      for (Path path : paths) {
        Files.deleteIfExists(path);
      }
    }
  }

  /** Returns the names in {@code folder} that are no unfinished files, sorted; none if absent. */
  static List<String> names(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static List<Path> tree(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return new ArrayList<>(paths.toList());
    }
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException("file must lie in a folder; found: " + file);
    }
    return parent;
  }
}
