package dev.quern.format.source;

import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Opens files as they were found. The digest that stands for a file's content was taken when it was
 * found, so what is read must be that content: size and time of change are compared before the
 * first byte is read and where the file ends. Other file systems are asked for the size alone.
 */
public final class FoundFile {
  private FoundFile() {}

  /**
   * Opens {@code file}.
   *
   * @throws DataException if it is gone, unreadable or has changed
   */
  public static SeekableByteChannel open(InputFile file) throws IOException {
    SeekableByteChannel channel;
    try {
      Optional<RemoteFiles> remote = RemoteFiles.of(file.path());
      channel =
          remote.isPresent()
              ? remote.get().open(file)
              : FileChannel.open(Path.of(file.path()), StandardOpenOption.READ);
    } catch (NoSuchFileException | FileNotFoundException | InvalidPathException e) {
      throw gone(file);
    } catch (AccessDeniedException e) {
      throw new DataException(
          "file_not_readable",
          file.name() + ": must be readable; found: no permission; check its rights");
    }
    try {
      check(file, channel);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Compares {@code file}, open as {@code channel}, with what was found.
   *
   * @throws DataException with code {@code file_changed}
   */
  public static void check(InputFile file, SeekableByteChannel channel) throws IOException {
    String found = "";
    if (channel.size() != file.bytes()) {
      found = Long.toString(channel.size());
    } else if (file.modified() >= 0 && !RemoteFiles.isAddress(file.path())) {
      try {
        long modified = Files.getLastModifiedTime(Path.of(file.path())).toMillis();
        found = modified == file.modified() ? "" : "as many, written anew";
      } catch (NoSuchFileException e) {
        throw gone(file);
      }
    }
    if (!found.isEmpty()) {
      throw new DataException(
          DataException.FILE_CHANGED,
          file.name()
              + ": must stay as it was found, "
              + file.bytes()
              + " (bytes), during the run; found: "
              + found
              + "; run again when nothing writes to it");
    }
  }

  private static DataException gone(InputFile file) {
    return new DataException("file_not_found", file.name() + ": must still exist; found: none");
  }
}
