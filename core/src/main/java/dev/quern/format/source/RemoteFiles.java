package dev.quern.format.source;

import dev.quern.engine.InputFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Files of other file systems than this machine's, by address: {@code hdfs://host/folder/file}.
 * Found by {@link ServiceLoader}; there are none in a process without an engine that brings some.
 * Safe for several threads.
 */
public interface RemoteFiles {

  /** Returns what reads {@code path}, if it is an address and not a path of this machine. */
  static Optional<RemoteFiles> of(String path) {
    return isAddress(path)
        ? ServiceLoader.load(RemoteFiles.class, RemoteFiles.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .filter(files -> files.knows(scheme(path)))
            .findFirst()
        : Optional.empty();
  }

  /** Returns whether {@code path} begins with a scheme of two letters or more and a colon. */
  static boolean isAddress(String path) {
    int colon = path.indexOf(':');
    if (colon < 2 || !Character.isLetter(path.charAt(0))) {
      return false;
    }
    return path.substring(0, colon)
        .chars()
        .allMatch(c -> Character.isLetterOrDigit(c) || "+.-".indexOf(c) >= 0);
  }

  /** Returns the scheme of an address. */
  static String scheme(String address) {
    return address.substring(0, address.indexOf(':'));
  }

  /** Returns whether addresses of {@code scheme} are meant. */
  boolean knows(String scheme);

  /** Returns the regular file at {@code address}, named by the last part of it. */
  Optional<InputFile> file(String address) throws IOException;

  /**
   * Lists the regular files in the folder {@code address}, and in folders below it.
   *
   * @param depth levels of folders, 1 for the folder alone
   * @return named relative to the folder; none if there is no such folder
   */
  List<InputFile> list(String address, int depth) throws IOException;

  /** Opens {@code file} for reading. */
  SeekableByteChannel open(InputFile file) throws IOException;

  /** Puts a copy of {@code local} at {@code address}, whole or not at all. */
  void put(Path local, String address) throws IOException;
}
