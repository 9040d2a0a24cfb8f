package dev.quern.cli;

import dev.quern.data.Digest;
import dev.quern.engine.DataException;
import dev.quern.engine.FullDisk;
import dev.quern.key.KeyRefusal;
import dev.quern.recipe.RecipeException;
import dev.quern.text.OneLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParameterException;

/**
 * Tells failures: one line each, {@code where: what must be rule; found: value; fix}. Messages of
 * exceptions that are not ours are never printed, for they may quote samples.
 */
final class Failures {
  private final Outside outside;
  private final Messages messages;
  private final Detail detail;

  private enum Detail {
    LINE,
    FRAMES
  }

  Failures(Outside outside, Messages messages, boolean debug) {
    this.outside = outside;
    this.messages = messages;
    this.detail = debug ? Detail.FRAMES : Detail.LINE;
  }

  /** Tells a command line that cannot be understood. */
  int usage(ParameterException e) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    say(command + ": " + WrongUsage.of(e));
    say(messages.text("usage.see_help", command));
    return Exit.USAGE;
  }

  /** Tells {@code e} and returns the exit code. */
  int tell(Throwable e) {
    int code = code(e);
    if (detail == Detail.FRAMES) {
      frames(e);
    }
    return code;
  }

  private int code(Throwable e) {
    if (e instanceof RecipeException recipe) {
      recipe.problems().forEach(problem -> say(problem.toString()));
      say(messages.text("failure.recipe", recipe.problems().size()));
      return Exit.USAGE;
    }
    if (e instanceof UsageException) {
      say("quern: " + e.getMessage());
      return Exit.USAGE;
    }
    if (e instanceof MissingSecretException) {
      say("quern: " + e.getMessage());
      return Exit.REFUSED;
    }
    if (e instanceof DataException data) {
      say(String.valueOf(e.getMessage()));
      return KeyRefusal.is(data) ? Exit.REFUSED : Exit.DATA;
    }
    if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
      return code(unchecked.getCause());
    }
    if (e instanceof IOException io) {
      say(line(io));
      return Exit.DATA;
    }
    if (e instanceof OutOfMemoryError && String.valueOf(e.getMessage()).contains("thread")) {
      say(messages.text("failure.threads"));
      return Exit.DATA;
    }
    if (e instanceof OutOfMemoryError) {
      long heap = Runtime.getRuntime().maxMemory() >> 20;
      // Twice as much, in whole GiB: less than what was full would not help.
      say(messages.text("failure.memory", heap, Math.max(1, (heap + 511) / 512)));
      return Exit.DATA;
    }
    return bug(e);
  }

  private String line(IOException e) {
    boolean named = e instanceof FileSystemException file && file.getFile() != null;
    Path place = named ? Path.of(((FileSystemException) e).getFile()) : outside.folder();
    Optional<DataException> full = FullDisk.of(e, place);
    if (full.isPresent()) {
      return String.valueOf(full.get().getMessage());
    }
    if (e instanceof NoSuchFileException missing) {
      return missing.getFile() + ": file must exist; found: none";
    }
    if (e instanceof AccessDeniedException denied) {
      return denied.getFile() + ": file must be accessible; found: access denied";
    }
    if (e instanceof FileSystemException file && file.getFile() != null) {
      String reason = file.getReason() == null ? e.getClass().getSimpleName() : file.getReason();
      return file.getFile() + ": file must be usable; found: " + reason;
    }
    // What the system or a library says of a stream holds no samples, but is in no form of ours.
    return "I/O must succeed; found: " + e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  /** Same fault, same id: the type and our frames of it decide. */
  private int bug(Throwable e) {
    StringBuilder identity = new StringBuilder();
    @Nullable StackTraceElement first = null;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      identity.append(cause.getClass().getName()).append('\n');
      for (StackTraceElement frame : cause.getStackTrace()) {
        if (isOurs(frame)) {
          identity.append(frame.getClassName()).append(frame.getMethodName()).append('\n');
          first = first == null ? frame : first;
        }
      }
    }
    String id = Digest.ofText(identity.toString()).substring(0, 8);
    String place = first == null ? "" : " (" + first + ")";
    say(messages.text("failure.bug", id, e.getClass().getSimpleName() + place));
    if (detail == Detail.LINE) {
      say(messages.text("failure.bug_more"));
    }
    return Exit.BUG;
  }

  private void frames(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      say(cause.getClass().getName() + (isOurs(cause) ? ": " + cause.getMessage() : ""));
      for (StackTraceElement frame : cause.getStackTrace()) {
        say("    at " + frame);
      }
    }
  }

  private static boolean isOurs(StackTraceElement frame) {
    return frame.getClassName().startsWith("dev.quern.");
  }

  private static boolean isOurs(Throwable e) {
    return e.getClass().getName().startsWith("dev.quern.");
  }

  private void say(String line) {
    outside.err().println(OneLine.of(line));
  }
}
