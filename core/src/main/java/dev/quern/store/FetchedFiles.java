package dev.quern.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that were fetched, named by their digest, and what belongs to each. */
final class FetchedFiles {
  private static final String PART = ".part";
  private static final String LOCK = ".lock";
  private static final Pattern NAME =
      Pattern.compile("([0-9a-f]{64})(\\.part|\\.lock|\\.checked)?");

  private FetchedFiles() {}

  /**
   * Returns those of {@code files} that may go. Plans fetch before their run begins, so what is
   * being fetched right now is told by its lock; what is needed stays whole, a beginning of it
   * included, which a later run continues.
   *
   * @param needed digests of the files that runs need
   */
  static Map<Path, Garbage.Kind> unneeded(List<Path> files, Set<String> needed) throws IOException {
    Set<String> stays = new HashSet<>(needed);
    Map<Path, Garbage.Kind> unneeded = new LinkedHashMap<>();
    for (Path file : files) {
      Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
      if (name.matches() && !stays.contains(name.group(1))) {
        String digest = name.group(1);
        if (isLocked(file.resolveSibling(digest + LOCK))) {
          stays.add(digest);
        } else {
          unneeded.put(file, kind(Optional.ofNullable(name.group(2)).orElse("")));
        }
      }
    }
    return unneeded;
  }

  private static Garbage.Kind kind(String ending) {
    return switch (ending) {
      case PART -> Garbage.Kind.UNFINISHED;
      case LOCK -> Garbage.Kind.LOCK;
      default -> Garbage.Kind.DOWNLOAD;
    };
  }

  private static boolean isLocked(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (NoSuchFileException e) {
      return false;
    } catch (OverlappingFileLockException e) {
      return true; // A thread of this process holds it.
    }
  }
}
