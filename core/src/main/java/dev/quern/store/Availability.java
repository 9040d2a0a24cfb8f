package dev.quern.store;

import dev.quern.format.json.SealedJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often sources and files of versions were there when they were asked for: counts by hour, one
 * line for each time something was tried. Lines are only ever added and each carries its seal, so
 * that a crash costs at most the line it fell upon; counts of the same hour add up. Safe for
 * several threads and processes.
 */
public final class Availability {
  private static final Logger LOG = LoggerFactory.getLogger(Availability.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path file;

  Availability(Path folder) {
    this.file = folder.resolve("attempts.jsonl");
  }

  /**
   * What was tried of one thing within one hour.
   *
   * @param subject what was asked for: {@code source NAME} or {@code version NAME@VERSION}
   * @param hour in UTC, {@code 2026-05-01T13}
   * @param successes files, or calls, that were there and whole
   * @param failures those that were not
   * @param bytes size of what was there
   */
  public record Attempts(String subject, String hour, long successes, long failures, long bytes) {
    /** Makes counts of a time, ISO 8601 in UTC, of which the hour is kept. */
    public static Attempts at(
        String subject, String time, long successes, long failures, long bytes) {
      return new Attempts(subject, time.substring(0, 13), successes, failures, bytes);
    }

    /** Returns the sum of both, of one subject and hour. */
    Attempts plus(Attempts other) {
      return new Attempts(
          subject,
          hour,
          successes + other.successes,
          failures + other.failures,
          bytes + other.bytes);
    }

    /** Returns how often something was tried. */
    public long all() {
      return successes + failures;
    }
  }

  /** Adds what was tried. */
  public void add(List<Attempts> attempts) throws IOException {
    if (attempts.isEmpty()) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    attempts.forEach(one -> lines.append(SealedJson.write(plain(one))));
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalStateException("availability must lie in a folder");
    }
    try (WriteLock lock = WriteLock.take(folder, "availability", PATIENCE);
        FileChannel channel =
            FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      long end = channel.size();
      // A line that a crash cut off must not swallow the next one.
      boolean cut = end > 0 && lastByte(channel, end) != '\n';
      ByteBuffer bytes =
          ByteBuffer.wrap(((cut ? "\n" : "") + lines).getBytes(StandardCharsets.UTF_8));
      channel.position(end);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static int lastByte(FileChannel channel, long end) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    channel.read(one, end - 1);
    return one.get(0);
  }

  /** Returns the counts of {@code subject} by hour, the oldest first. */
  public List<Attempts> of(String subject) throws IOException {
    return read(subject::equals);
  }

  /** Returns all counts by subject and hour, sorted. */
  public List<Attempts> all() throws IOException {
    return read(subject -> true);
  }

  private List<Attempts> read(Predicate<String> wanted) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    Map<String, Attempts> sums = new TreeMap<>();
    long damaged = 0;
    // Any bytes are a text so; a damaged line has another seal.
    for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
      try {
        if (!line.isEmpty()) {
          Attempts one = attempts(SealedJson.parse(line));
          if (wanted.test(one.subject())) {
            sums.merge(one.subject() + "\n" + one.hour(), one, Attempts::plus);
          }
        }
      } catch (IllegalArgumentException e) {
        damaged++;
      }
    }
    if (damaged > 0) {
      LOG.warn("availability/{}: {} damaged lines are left out", file.getFileName(), damaged);
    }
    return new ArrayList<>(sums.values());
  }

  /** Returns the sum of {@code counts}: attempts that succeeded, and all. */
  public static long[] sum(List<Attempts> counts) {
    long[] sum = new long[2];
    for (Attempts one : counts) {
      sum[0] += one.successes();
      sum[1] += one.all();
    }
    return sum;
  }

  private static Map<String, @Nullable Object> plain(Attempts one) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("subject", one.subject());
    plain.put("hour", one.hour());
    plain.put("successes", one.successes());
    plain.put("failures", one.failures());
    plain.put("bytes", one.bytes());
    return plain;
  }

  private static Attempts attempts(Map<String, @Nullable Object> plain) {
    return new Attempts(
        ManifestJson.text(plain, "subject"),
        ManifestJson.text(plain, "hour"),
        ManifestJson.number(plain, "successes"),
        ManifestJson.number(plain, "failures"),
        ManifestJson.number(plain, "bytes"));
  }
}
