package dev.quern.run;

import dev.quern.format.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The log of a run, {@code log.jsonl}: one JSON object per line with {@code time, level, run,
 * event} and what belongs to the event. Counts, names and durations, never the text of a sample. A
 * line is handed to the system whole before work goes on, so that a killed run's log tells how far
 * it was. Safe for several threads.
 */
final class RunLog implements Closeable {
  static final String NAME = "log.jsonl";

  private final FileChannel file;
  private final String run;
  private final LogLevel least;
  private @Nullable IOException failure;

  private RunLog(FileChannel file, String run, LogLevel least) {
    this.file = file;
    this.run = run;
    this.least = least;
  }

  /** Opens the log in the folder of {@code run}, which tells events from {@code least} on. */
  static RunLog open(Path folder, String run, LogLevel least) throws IOException {
    Set<StandardOpenOption> append =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    FileAttribute<?>[] owner =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return new RunLog(FileChannel.open(folder.resolve(NAME), append, owner), run, least);
  }

  boolean tells(LogLevel level) {
    return level.compareTo(least) >= 0;
  }

  /** Adds an event. What cannot be written is thrown when the log is closed. */
  synchronized void add(LogLevel level, String event, Map<String, ?> values) {
    if (!tells(level) || !file.isOpen()) {
      return;
    }
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    line.put("level", level.name().toLowerCase(Locale.ROOT));
    line.put("run", run);
    line.put("event", event);
    line.putAll(values);
    ByteBuffer bytes = ByteBuffer.wrap((Json.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      write(bytes);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
    }
  }

  /** Writes a whole line or nothing: what a full disk took of it is taken back. */
  private void write(ByteBuffer line) throws IOException {
    long before = file.size();
    try {
      while (line.hasRemaining()) {
        file.write(line);
      }
    } catch (IOException e) {
      file.truncate(before);
      throw e;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
    if (failure != null) {
      throw failure;
    }
  }
}
