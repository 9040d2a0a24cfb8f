package dev.quern.spark;

import dev.quern.engine.DataException;
import dev.quern.engine.pass.PassFolder;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.spark.SparkException;

/** Failures on their way from workers to who asked for the work. */
final class Failures {
  private Failures() {}

  /** Returns {@code failure} in a form that can be sent: itself where its causes can be, too. */
  static RuntimeException sendable(RuntimeException failure) {
    try (ObjectOutputStream out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      out.writeObject(failure);
      return failure;
    } catch (IOException e) {
      RuntimeException told =
          failure instanceof DataException data
              ? new DataException(data.code(), String.valueOf(data.getMessage()))
              : new IllegalStateException(
                  "worker must not throw "
                      + failure.getClass().getName()
                      + ": "
                      + failure.getMessage());
      told.setStackTrace(failure.getStackTrace());
      return told;
    }
  }

  /** Returns what to throw where Spark has given up. */
  static IOException of(Throwable failure) throws IOException {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof DataException data) {
        throw data;
      }
      if (cause instanceof UncheckedIOException io && io.getCause() != null) {
        throw io.getCause();
      }
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof Error error) {
        throw error;
      }
    }
    throw new DataException(
        "engine_failed",
        "Spark must finish the work; found: "
            + (failure instanceof SparkException ? first(failure) : failure.toString())
            + "; look into its logs, then run again: finished work is kept",
        failure);
  }

  /** Returns what to throw where Spark has gone away. */
  static DataException stopped(Throwable failure) {
    return new DataException(
        "engine_failed",
        "Spark must stay until the work is done; found: it has stopped; look into its logs, then"
            + " run again: finished work is kept",
        failure);
  }

  /** Returns the first line: frames of workers follow. */
  private static String first(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** Deletes the folder of a task. */
  static void clear(PassFolder folder) {
    try (Stream<Path> tree = Files.walk(folder.path())) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      return; // Spark has cleared its folders already.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
