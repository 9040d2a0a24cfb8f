package dev.quern.engine.pass;

import dev.quern.engine.FoundCounts;
import dev.quern.engine.Morsel;
import dev.quern.engine.StepCounts;
import dev.quern.format.json.Json;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a finished task leaves: one line of the journal.
 *
 * @param key which task it was
 * @param morsel what it read, null where a part of a shuffle was read
 * @param file the file it made, if any
 * @param counts by step label
 * @param states of the folds of its stage, in the stage's order
 * @param digest the four words of the digest's sum and the number of samples
 * @param splits samples by split
 * @param read what it read and wrote
 * @param dropped the file with its dropped samples, if any
 * @param changed the file with its changed cells, if any
 * @param quarantined the file with its quarantined samples, if any
 */
public record TaskLine(
    Key key,
    @Nullable Morsel morsel,
    @Nullable Made file,
    Map<String, StepCounts> counts,
    List<State> states,
    long[] digest,
    long[] splits,
    Volume read,
    @Nullable Beside dropped,
    @Nullable Beside changed,
    @Nullable Beside quarantined)
    implements Serializable {

  /**
   * Names a task within its pass.
   *
   * @param stage number of the stage
   * @param feed number of the feed within the stage
   * @param ordinal number of the task within the feed
   */
  public record Key(int stage, int feed, int ordinal) implements Comparable<Key>, Serializable {
    @Override
    public int compareTo(Key other) {
      int order = Integer.compare(stage, other.stage);
      order = order != 0 ? order : Integer.compare(feed, other.feed);
      return order != 0 ? order : Integer.compare(ordinal, other.ordinal);
    }

    /** Returns the start of the names of this task's files. */
    public String fileName() {
      return "s" + stage + "-f" + feed + "-" + ordinal;
    }
  }

  /**
   * A finished file.
   *
   * @param name its name in the pass's folder, or in the folder of shards
   * @param sha256 of the content where the name is not its own proof, else empty
   * @param weight size of the samples as a function of their values alone
   */
  public record Made(String name, long bytes, String sha256, long samples, long weight)
      implements Serializable {}

  /**
   * A file in the pass's folder that is read as a whole.
   *
   * @param checksum of its content, see {@link PassFolder#checksum}
   */
  public record Beside(String name, String checksum) implements Serializable {
    private List<Object> plain() {
      return List.of(name, checksum);
    }

    private static @Nullable Beside of(@Nullable Object json) {
      if (json == null) {
        return null;
      }
      List<@Nullable Object> plain = list(json, 2);
      return new Beside(text(plain.get(0)), text(plain.get(1)));
    }
  }

  /**
   * A fold's state: the bytes, or the file that holds them when they are many.
   *
   * @param bytes null if they are in the file
   */
  public record State(byte @Nullable [] bytes, @Nullable Beside file) implements Serializable {}

  /**
   * Bytes moved.
   *
   * @param bytes read, as stored
   * @param source of these, from source files
   * @param written to files
   * @param spilled of these, to shuffle files
   * @param lines line ends passed in the last file
   * @param nanos time for which a source was read, without what its samples met then
   */
  public record Volume(long bytes, long source, long written, long spilled, long lines, long nanos)
      implements Serializable {}

  /** Returns the files that {@code lines} made, in order. */
  public static List<Made> files(List<TaskLine> lines) {
    List<Made> files = new ArrayList<>();
    for (TaskLine line : lines) {
      if (line.file() != null) {
        files.add(line.file());
      }
    }
    return files;
  }

  /** Returns how many samples left the task. */
  long samples() {
    return file == null ? digest[4] : file.samples();
  }

  /** Returns the names of the task's files. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    files(names);
    return names;
  }

  /** Adds the names of the task's files to {@code names}. */
  void files(Set<String> names) {
    if (file != null) {
      names.add(file.name);
    }
    beside().forEach(one -> names.add(one.name));
  }

  /** Returns the task's files that are read as a whole. */
  List<Beside> beside() {
    List<Beside> all = new ArrayList<>();
    for (State state : states) {
      if (state.file != null) {
        all.add(state.file);
      }
    }
    if (dropped != null) {
      all.add(dropped);
    }
    if (changed != null) {
      all.add(changed);
    }
    if (quarantined != null) {
      all.add(quarantined);
    }
    return all;
  }

  /** Returns the line's JSON. */
  String json() {
    return Json.write(plain());
  }

  /** Returns the line as plain values. */
  Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("task", List.of(key.stage, key.feed, key.ordinal));
    if (morsel != null) {
      map.put(
          "morsel",
          List.of(
              morsel.ordinal(),
              morsel.source(),
              morsel.firstFile(),
              morsel.lastFile(),
              morsel.from(),
              morsel.to()));
    }
    if (file != null) {
      map.put("file", List.of(file.name, file.bytes, file.sha256, file.samples, file.weight));
    }
    Map<String, @Nullable Object> steps = new LinkedHashMap<>();
    counts.forEach((label, count) -> steps.put(label, counts(count)));
    map.put("steps", steps);
    List<@Nullable Object> folds = new ArrayList<>();
    for (State state : states) {
      folds.add(
          state.bytes != null
              ? Map.of("base64", Base64.getEncoder().encodeToString(state.bytes))
              : Map.of("file", state.file == null ? List.of() : state.file.plain()));
    }
    map.put("states", folds);
    map.put("digest", longs(digest));
    map.put("splits", longs(splits));
    map.put(
        "read",
        List.of(read.bytes, read.source, read.written, read.spilled, read.lines, read.nanos));
    map.put("dropped", dropped == null ? null : dropped.plain());
    map.put("changed", changed == null ? null : changed.plain());
    map.put("quarantined", quarantined == null ? null : quarantined.plain());
    return map;
  }

  /**
   * Returns the line whose JSON is {@code json}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static TaskLine parse(String json) {
    return of(Json.parseObject(json));
  }

  /**
   * Returns the line whose plain values are {@code map}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static TaskLine of(Map<String, @Nullable Object> map) {
    long[] task = array(map.get("task"), 3);
    Morsel morsel = null;
    if (map.get("morsel") != null) {
      long[] m = array(map.get("morsel"), 6);
      morsel = new Morsel((int) m[0], (int) m[1], (int) m[2], (int) m[3], m[4], m[5], null);
    }
    Made file = null;
    if (map.get("file") != null) {
      List<@Nullable Object> f = list(map.get("file"), 5);
      file =
          new Made(
              text(f.get(0)), number(f.get(1)), text(f.get(2)), number(f.get(3)), number(f.get(4)));
    }
    Map<String, StepCounts> steps = new LinkedHashMap<>();
    Json.object(map.get("steps")).forEach((label, count) -> steps.put(label, counts(count)));
    List<State> states = new ArrayList<>();
    for (Object state : Json.list(map.get("states"))) {
      Map<String, @Nullable Object> held = Json.object(state);
      states.add(
          held.containsKey("base64")
              ? new State(Base64.getDecoder().decode(text(held.get("base64"))), null)
              : new State(null, Beside.of(held.get("file"))));
    }
    long[] read = array(map.get("read"), 6);
    return new TaskLine(
        new Key((int) task[0], (int) task[1], (int) task[2]),
        morsel,
        file,
        steps,
        states,
        array(map.get("digest"), 5),
        array(map.get("splits"), 4),
        new Volume(read[0], read[1], read[2], read[3], read[4], read[5]),
        Beside.of(map.get("dropped")),
        Beside.of(map.get("changed")),
        Beside.of(map.get("quarantined")));
  }

  static Map<String, @Nullable Object> counts(StepCounts counts) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put(
        "n",
        List.of(
            counts.read(),
            counts.created(),
            counts.kept(),
            counts.merged(),
            counts.quarantined(),
            counts.nanos()));
    map.put("dropped", counts.dropped());
    map.put("rules", counts.quarantineRules());
    map.put("changed", counts.changed());
    Map<String, @Nullable Object> found = new LinkedHashMap<>();
    counts
        .found()
        .forEach(
            (place, one) ->
                found.put(place, List.of(one.findings(), one.samples(), one.millionths())));
    map.put("found", found);
    return map;
  }

  static StepCounts counts(@Nullable Object json) {
    Map<String, @Nullable Object> map = Json.object(json);
    long[] n = array(map.get("n"), 6);
    return new StepCounts(
        n[0],
        n[1],
        n[2],
        n[3],
        n[4],
        numbers(map.get("dropped")),
        numbers(map.get("rules")),
        map.get("changed") == null ? new TreeMap<>() : numbers(map.get("changed")),
        found(map.get("found")),
        n[5]);
  }

  private static Map<String, FoundCounts> found(@Nullable Object json) {
    Map<String, FoundCounts> found = new TreeMap<>();
    if (json != null) {
      Json.object(json)
          .forEach(
              (place, value) -> {
                long[] three = array(value, 3);
                found.put(place, new FoundCounts(three[0], three[1], three[2]));
              });
    }
    return found;
  }

  private static Map<String, Long> numbers(@Nullable Object json) {
    Map<String, Long> numbers = new TreeMap<>();
    Json.object(json).forEach((name, value) -> numbers.put(name, number(value)));
    return numbers;
  }

  static List<Long> longs(long[] values) {
    List<Long> list = new ArrayList<>();
    for (long value : values) {
      list.add(value);
    }
    return list;
  }

  static long[] array(@Nullable Object json, int length) {
    return list(json, length).stream().mapToLong(TaskLine::number).toArray();
  }

  static List<@Nullable Object> list(@Nullable Object json, int length) {
    List<@Nullable Object> list = Json.list(json);
    if (list.size() != length) {
      throw new IllegalArgumentException("journal must hold " + length + " values here");
    }
    return list;
  }

  static long number(@Nullable Object json) {
    if (json instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException("journal must hold a whole number here");
  }

  static String text(@Nullable Object json) {
    if (json instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("journal must hold a text here");
  }
}
