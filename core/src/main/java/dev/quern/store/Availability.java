package dev.quern.store;

import dev.quern.engine.Attempts;
import dev.quern.format.json.Json;
import dev.quern.format.json.SealedJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often sources and files of versions were there when they were asked for: one line for each
 * time something was tried. Lines are only ever added and each carries its seal, so that a crash
 * costs at most the line it fell upon; the lines of two logs, in any order, are the log of both.
 * Safe for several threads and processes.
 */
public final class Availability {
  private static final Logger LOG = LoggerFactory.getLogger(Availability.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path file;

  Availability(Path folder) {
    this.file = folder.resolve("attempts.jsonl");
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

  /** Returns what was tried of {@code subject}, the oldest first. */
  public List<Attempts> of(String subject) throws IOException {
    return read(subject::equals);
  }

  /** Returns what was tried of whatever {@code wanted} names, the oldest first. */
  public List<Attempts> of(Set<String> wanted) throws IOException {
    return read(wanted::contains);
  }

  private List<Attempts> read(Predicate<String> wanted) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Attempts> found = new ArrayList<>();
    long damaged = 0;
    // Any bytes are a text so; a damaged line has another seal.
    for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
      try {
        if (!line.isEmpty()) {
          Attempts one = attempts(SealedJson.parse(line));
          if (wanted.test(one.subject())) {
            found.add(one);
          }
        }
      } catch (IllegalArgumentException e) {
        damaged++;
      }
    }
    if (damaged > 0) {
      LOG.warn("availability/{}: {} damaged lines are left out", file.getFileName(), damaged);
    }
    found.sort(Comparator.comparing(Attempts::time).thenComparing(Attempts::subject));
    return found;
  }

  private static Map<String, @Nullable Object> plain(Attempts one) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("subject", one.subject());
    plain.put("time", one.time());
    plain.put("successes", one.successes());
    plain.put("failures", one.failures());
    plain.put("retried", one.retried());
    plain.put("bytes", one.bytes());
    plain.put("durations", one.durations());
    return plain;
  }

  private static Attempts attempts(Map<String, @Nullable Object> plain) {
    String time = ManifestJson.text(plain, "time");
    try {
      Instant.parse(time);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("time must be of ISO 8601", e);
    }
    Map<String, Long> failures = new TreeMap<>();
    Map<String, @Nullable Object> told = Json.object(plain.get("failures"));
    told.keySet().forEach(code -> failures.put(code, ManifestJson.number(told, code)));
    List<Long> durations = new ArrayList<>();
    for (Object count : Json.list(plain.get("durations"))) {
      if (!(count instanceof Long number)) {
        throw new IllegalArgumentException("durations must be whole numbers");
      }
      durations.add(number);
    }
    return new Attempts(
        ManifestJson.text(plain, "subject"),
        time,
        ManifestJson.number(plain, "successes"),
        failures,
        ManifestJson.number(plain, "retried"),
        ManifestJson.number(plain, "bytes"),
        durations);
  }
}
