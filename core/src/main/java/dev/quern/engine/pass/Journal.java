package dev.quern.engine.pass;

import dev.quern.engine.ClearFiles;
import dev.quern.engine.DataException;
import dev.quern.engine.Progress;
import dev.quern.format.json.Json;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The memory of a pass: an append-only file of lines, each a checksum and JSON, forced to the disk
 * one by one. The first line names the pass; what follows the first damaged line is forgotten, so a
 * torn end costs one task. A line that is damaged and no torn end is told. Safe for several
 * threads.
 */
final class Journal implements Closeable {
  static final String NAME = "journal";

  private static final String PASS = "pass";
  private static final String STAGE = "stage";

  private final FileChannel channel;
  private final Path file;
  private final SealedText text;
  private final Map<TaskLine.Key, TaskLine> lines = new TreeMap<>();
  private final Set<Integer> finished = new TreeSet<>();

  /** Whether it was that of another pass. */
  private boolean another;

  private Journal(FileChannel channel, Path file, SealedText text) {
    this.channel = channel;
    this.file = file;
    this.text = text;
  }

  /**
   * Opens the journal in {@code folder}; one of another pass than {@code identity} starts anew.
   *
   * @param progress told of a journal that is not as it was written
   */
  static Journal open(PassFolder folder, String identity, Progress progress) throws IOException {
    Path file = folder.file(NAME);
    byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    FileChannel channel;
    if (content.length == 0) {
      channel = ClearFiles.channel(file);
    } else {
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
    }
    Journal journal = new Journal(channel, file, new SealedText(folder.files()));
    int good = journal.load(content, identity);
    if (!journal.another && isDamaged(content, good)) {
      progress.damaged(file);
    }
    channel.truncate(good);
    channel.position(good);
    if (good == 0) {
      journal.append(Map.of(PASS, identity), Set.of());
    }
    return journal;
  }

  /** Takes the lines up to the first damaged one and returns how many bytes they are. */
  private int load(byte[] content, String identity) throws IOException {
    return read(content, (map, at) -> take(text.read(map, place(at)), at, identity));
  }

  /** What is encrypted is bound to where its line begins: none is left out before it or moved. */
  private Path place(long at) {
    return file.resolve(String.valueOf(at));
  }

  /** A kill may leave a line without its end, nothing else. */
  private static boolean isDamaged(byte[] content, int good) {
    for (int at = good; at < content.length; at++) {
      if (content[at] == '\n') {
        return true;
      }
    }
    return false;
  }

  /** Returns the names of the files that a journal of this content and its tasks are. */
  static Set<String> files(byte[] content) throws IOException {
    Set<String> names = new TreeSet<>(Set.of(NAME));
    read(
        content,
        (map, at) -> {
          Optional<Set<String>> sealed = SealedText.names(map);
          sealed.ifPresent(names::addAll);
          if (sealed.isEmpty() && at > 0 && !map.containsKey(STAGE)) {
            TaskLine.of(map).files(names);
          }
          return true;
        });
    return names;
  }

  /** Takes a line that is whole; false ends the reading before it. */
  private interface Taker {
    boolean take(Map<String, @Nullable Object> map, int at) throws IOException;
  }

  private static int read(byte[] content, Taker taker) throws IOException {
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

  private static boolean taken(Taker taker, String json, int at) throws IOException {
    try {
      return taker.take(Json.parseObject(json), at);
    } catch (IllegalArgumentException e) {
      return false; // Whole, but not a line of ours: as damaged.
    } catch (DataException e) {
      if (e.code().equals(DataException.NOT_AUTHENTIC)) {
        return false;
      }
      throw e;
    }
  }

  private boolean take(Map<String, @Nullable Object> map, int at, String identity) {
    if (at == 0) {
      another = !Map.of(PASS, identity).equals(map);
      return !another;
    }
    if (map.containsKey(STAGE)) {
      finished.add((int) TaskLine.number(map.get(STAGE)));
    } else {
      TaskLine line = TaskLine.of(map);
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
    append(line.plain(), line.names());
    lines.put(line.key(), line);
  }

  synchronized void finish(int stage) throws IOException {
    append(Map.of(STAGE, (long) stage), Set.of());
    finished.add(stage);
  }

  private void append(Map<String, @Nullable Object> map, Set<String> names) throws IOException {
    String json = Json.write(text.written(map, names, place(channel.position())));
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
