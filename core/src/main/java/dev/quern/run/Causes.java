package dev.quern.run;

import dev.quern.engine.DataException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure and its causes as plain values. Messages are told only of our own exceptions and what
 * the file system says of a file: those of others may quote samples.
 */
final class Causes {
  private static final int MOST = 16;

  private Causes() {}

  /** Returns the chain of {@code failure}, outermost first, each with where our code met it. */
  static List<Object> of(Throwable failure) {
    return chain(failure, false);
  }

  /** Returns the chain of {@code failure} with all frames. */
  static List<Object> withFrames(Throwable failure) {
    return chain(failure, true);
  }

  private static List<Object> chain(Throwable failure, boolean frames) {
    List<Object> chain = new ArrayList<>();
    for (Throwable e = failure; e != null && chain.size() < MOST; e = e.getCause()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("type", e.getClass().getName());
      if (e instanceof DataException data) {
        one.put("code", data.code());
      }
      String message = message(e);
      if (message != null) {
        one.put("message", message);
      }
      if (frames) {
        List<Object> all = new ArrayList<>();
        for (StackTraceElement frame : e.getStackTrace()) {
          all.add(frame.toString());
        }
        one.put("frames", all);
      } else {
        one.put("at", first(e));
      }
      chain.add(one);
    }
    return chain;
  }

  private static @Nullable String message(Throwable e) {
    if (e instanceof FileSystemException file && file.getFile() != null) {
      return file.getFile() + (file.getReason() == null ? "" : ": " + file.getReason());
    }
    return isOurs(e.getClass().getName()) ? e.getMessage() : null;
  }

  private static @Nullable String first(Throwable e) {
    for (StackTraceElement frame : e.getStackTrace()) {
      if (isOurs(frame.getClassName())) {
        return frame.toString();
      }
    }
    return null;
  }

  private static boolean isOurs(String name) {
    return name.startsWith("dev.quern.");
  }
}
