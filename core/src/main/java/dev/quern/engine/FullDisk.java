package dev.quern.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Recognises failures of a disk that is full, and tells them so that people can act. */
public final class FullDisk {
  private FullDisk() {}

  /**
   * Returns {@code error} as it is to be thrown.
   *
   * @param error an I/O failure, perhaps wrapped
   * @param folder where it was written to
   * @return never; the type lets callers write {@code throw}
   * @throws DataException with code {@code disk_full} if the disk is full
   * @throws IOException the failure itself otherwise
   */
  public static RuntimeException explained(Exception error, Path folder) throws IOException {
    Optional<DataException> full = of(error, folder);
    if (full.isPresent()) {
      throw full.get();
    }
    if (error instanceof IOException io) {
      throw io;
    }
    if (error instanceof UncheckedIOException unchecked) {
      throw unchecked;
    }
    throw new IllegalArgumentException("error must be of input or output", error);
  }

  /** Returns what to tell if {@code error} or one of its causes says that the disk is full. */
  public static Optional<DataException> of(Throwable error, Path folder) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (saysSo(cause)) {
        return Optional.of(
            new DataException(
                "disk_full",
                folder
                    + ": disk must have room for what is written (bytes); found: "
                    + room(folder)
                    + "; free some and run again, finished work is kept",
                error));
      }
    }
    return Optional.empty();
  }

  private static boolean saysSo(Throwable error) {
    String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    return error instanceof IOException
        && (message.contains("no space left")
            || message.contains("not enough space")
            || message.contains("disk quota exceeded"));
  }

  /** What failed may have been cleared away since, so some room may be there again. */
  private static String room(Path folder) {
    Path there = folder.toAbsolutePath();
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    try {
      FileStore store = Files.getFileStore(there);
      return store.getUsableSpace() + " left of " + store.getTotalSpace() + " at " + store;
    } catch (IOException e) {
      return "none left";
    }
  }
}
