package dev.quern.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * What lies around the program, so that tests can stand in for it.
 *
 * @param in standard input
 * @param out data
 * @param err talk: progress, hints, errors
 * @param environment variables
 * @param folder the working folder, which relative paths start from
 * @param home the user's folder
 * @param talk what {@code err} is
 * @param locale of the user
 */
record Outside(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path folder,
    Path home,
    Talk talk,
    Locale locale) {

  /** What the stream of talk leads to. */
  enum Talk {
    /** People watch: lines may be drawn again and coloured. */
    TERMINAL,
    /** A file or a program. */
    PIPE
  }

  /** Returns {@code path} as an absolute path. */
  Path resolve(Path path) {
    return folder.resolve(path).normalize();
  }

  /** Returns what the error stream of this process leads to. */
  @SuppressWarnings("SystemConsoleNull")
  static Talk talkOfProcess() {
    Path descriptor = Path.of("/proc/self/fd/2");
    try {
      if (Files.isSymbolicLink(descriptor)) {
        String target = Files.readSymbolicLink(descriptor).toString();
        boolean terminal = target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        return terminal ? Talk.TERMINAL : Talk.PIPE;
      }
    } catch (IOException | UnsupportedOperationException e) {
      return Talk.PIPE;
    }
    // Elsewhere a console means that input and output are a terminal; from 22 on it means nothing.
    boolean console = System.console() != null && Runtime.version().feature() < 22;
    return console ? Talk.TERMINAL : Talk.PIPE;
  }
}
