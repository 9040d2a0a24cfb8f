package dev.quern.engine.pass;

import dev.quern.engine.ClearFiles;
import dev.quern.format.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a pass: an append-only file of lines, each a checksum and JSON, forced to the disk
 * one by one. The first line names the pass; what follows the first damaged line is forgotten, so a
 * torn end costs one task. Safe for several threads.
 */
final class Journal implements Closeable {
  static final String NAME = "journal";

  /** How lines of finished stages begin. */
  private static final String STAGE = "{\"stage\"";

  private final FileChannel channel;
  private final Map<TaskLine.Key, TaskLine> lines = new TreeMap<>();
  private final Set<Integer> finished = new TreeSet<>();

  private Journal(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens the journal in {@code folder}; one of another pass than {@code identity} starts anew. */
  static Journal open(PassFolder folder, String identity) throws IOException {
    Path file = folder.file(NAME);
    byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    FileChannel channel;
    if (content.length == 0) {
      channel = ClearFiles.channel(file);
    } else {
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
    }
    Journal journal = new Journal(channel);
    int good = journal.load(content, identity);
    channel.truncate(good);
    channel.position(good);
    if (good == 0) {
      journal.append(Json.write(Map.of("pass", identity)));
    }
    return journal;
  }

  /** Takes the lines up to the first damaged one and returns how many bytes they are. */
  private int load(byte[] content, String identity) {
    return read(content, (json, at) -> take(json, at, identity));
  }

  /** Returns the names of the files that a journal of this content and its tasks are. */
  static Set<String> files(byte[] content) {
    Set<String> names = new TreeSet<>(Set.of(NAME));
    read(
        content,
        (json, at) -> {
          if (at > 0 && !json.startsWith(STAGE)) {
            TaskLine.parse(json).files(names);
          }
          return true;
        });
    return names;
  }

  /** Takes a line that is whole; false ends the reading before it. */
  private interface Taker {
    boolean take(String json, int at);
  }

  private static int read(byte[] content, Taker taker) {
    int at = 0;
    while (true) {
      int end = at;
      while (end < content.length && content[end] != '\n') {
        end++;
      }
      if (end >= content.length || end - at < 9) {
        return at;
      }
      String json = new String(content, at + 9, end - at - 9, StandardCharsets.UTF_8);
      String sum = new String(content, at, 8, StandardCharsets.US_ASCII);
      if (!sum.equals(PassFolder.checksum(json.getBytes(StandardCharsets.UTF_8)))
          || !taken(taker, json, at)) {
        return at;
      }
      at = end + 1;
    }
  }

  private static boolean taken(Taker taker, String json, int at) {
    try {
      return taker.take(json, at);
    } catch (IllegalArgumentException e) {
      return false; // Whole, but not a line of ours: as damaged.
    }
  }

  private boolean take(String json, int at, String identity) {
    if (at == 0) {
      return Map.of("pass", identity).equals(Json.parseObject(json));
    }
    Map<String, @Nullable Object> map =
        json.startsWith(STAGE) ? Json.parseObject(json) : new HashMap<>();
    if (map.containsKey("stage")) {
      finished.add((int) TaskLine.number(map.get("stage")));
    } else {
      TaskLine line = TaskLine.parse(json);
      lines.put(line.key(), line);
    }
    return true;
  }

  /** Returns what the finished task {@code key} left, or null. */
  synchronized @Nullable TaskLine line(TaskLine.Key key) {
    return lines.get(key);
  }

  /** Returns all finished tasks in order. */
  synchronized Map<TaskLine.Key, TaskLine> lines() {
    return new TreeMap<>(lines);
  }

  /** Returns the names of the files the journal knows, its own among them. */
  synchronized Set<String> files() {
    Set<String> names = new TreeSet<>(Set.of(NAME));
    lines.values().forEach(line -> line.files(names));
    return names;
  }

  /** Forgets a task whose file is gone: it will be done again. */
  synchronized void forget(TaskLine.Key key) {
    lines.remove(key);
    finished.remove(key.stage());
  }

  /** Forgets everything: the pass begins anew. */
  synchronized void forgetAll() throws IOException {
    lines.clear();
    finished.clear();
    channel.truncate(0);
    channel.force(true);
  }

  /** Returns whether all tasks of {@code stage} are finished. */
  synchronized boolean isFinished(int stage) {
    return finished.contains(stage);
  }

  synchronized void add(TaskLine line) throws IOException {
    append(line.json());
    lines.put(line.key(), line);
  }

  synchronized void finish(int stage) throws IOException {
    append(Json.write(Map.of("stage", stage)));
    finished.add(stage);
  }

  private void append(String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    byte[] line = (PassFolder.checksum(bytes) + " " + json + "\n").getBytes(StandardCharsets.UTF_8);
    PassFolder.writeFully(channel, line, 0, line.length);
    channel.force(false);
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
