package dev.quern.store;

import dev.quern.data.SampleId;
import dev.quern.format.json.Json;
import dev.quern.format.json.SealedJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a subject is forgotten, as it lies in {@code erasure/ID.json}: written before each step,
 * so that one that is killed goes on. It holds no value; ids of samples only until it is closed.
 */
public final class Erasure {
  /** How far it is. */
  public enum State {
    /** Asked for; from here on no run brings the subject back. */
    RECEIVED,
    /** Versions, models, runs and caches are being rewritten. */
    RUNNING,
    /** Nothing of the subject is found any more. */
    VERIFIED,
    /** The certificate is written. */
    CLOSED
  }

  private final String id;
  private final String subject;
  private final String key;
  private final String reason;
  private final Set<String> fields;
  private State state = State.RECEIVED;
  private final Map<String, String> times = new LinkedHashMap<>();
  private final Set<SampleId> ids = new TreeSet<>();
  private final Set<String> versions = new TreeSet<>();
  private final Set<String> related = new TreeSet<>();
  private final Set<String> models = new TreeSet<>();
  private final Set<String> hashes = new TreeSet<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private List<Map<String, @Nullable Object>> exports = new ArrayList<>();
  private final Set<String> mentioned = new TreeSet<>();

  Erasure(String id, String subject, String key, String reason, Set<String> fields) {
    this.id = id;
    this.subject = subject;
    this.key = key;
    this.reason = reason;
    this.fields = new TreeSet<>(fields);
  }

  /** Returns its id. */
  public String id() {
    return id;
  }

  /** Returns the keyed hash of the subject, hexadecimal. */
  public String subject() {
    return subject;
  }

  /** Returns the id of the key of the hash. */
  public String key() {
    return key;
  }

  /** Returns why, as given. */
  public String reason() {
    return reason;
  }

  /** Returns how far it is. */
  public State state() {
    return state;
  }

  /** Returns the versions that held the subject, {@code name@version}. */
  public Set<String> versions() {
    return versions;
  }

  /** Returns the models that were trained on the subject, {@code name@version}. */
  public Set<String> models() {
    return models;
  }

  /** Returns how much was found and done, by name. */
  public Map<String, Long> counts() {
    return counts;
  }

  /** Returns what left the workspace before, as the audit tells it. */
  public List<Map<String, @Nullable Object>> exports() {
    return exports;
  }

  /**
   * Returns files, relative to the workspace, in which the characters of the subject's id still
   * stand: in a name that somebody chose, or by chance.
   */
  public Set<String> mentioned() {
    return mentioned;
  }

  void mentioned(List<String> files) {
    mentioned.clear();
    mentioned.addAll(files);
  }

  Set<String> fields() {
    return fields;
  }

  Set<SampleId> ids() {
    return ids;
  }

  Set<String> related() {
    return related;
  }

  /** Returns digests of content that is gone: they must not stay where they were told. */
  Set<String> hashes() {
    return hashes;
  }

  void exports(List<Map<String, @Nullable Object>> told) {
    exports = new ArrayList<>(told);
  }

  void count(String name, long more) {
    counts.merge(name, more, Long::sum);
  }

  /** Notes that it has come to {@code next}; ids and digests fall away when it is closed. */
  void reach(State next, String time) {
    state = next;
    times.putIfAbsent(next.name().toLowerCase(Locale.ROOT), time);
    if (next == State.CLOSED) {
      ids.clear();
      hashes.clear();
    }
  }

  /** Returns this as plain values. */
  public Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("id", id);
    plain.put("subject", subject);
    plain.put("key", key);
    plain.put("reason", reason);
    plain.put("fields", new ArrayList<>(fields));
    plain.put("state", state.name().toLowerCase(Locale.ROOT));
    plain.put("times", new LinkedHashMap<>(times));
    plain.put("versions", new ArrayList<>(versions));
    plain.put("related", new ArrayList<>(related));
    plain.put("models", new ArrayList<>(models));
    plain.put("exports", new ArrayList<>(exports));
    plain.put("mentioned", new ArrayList<>(mentioned));
    plain.put("counts", new LinkedHashMap<>(counts));
    return plain;
  }

  void save(Path folder) throws IOException {
    Map<String, @Nullable Object> plain = plain();
    plain.put("ids", ids.stream().map(SampleId::toString).toList());
    plain.put("hashes", new ArrayList<>(hashes));
    Folders.replace(folder.resolve(id + ".json"), SealedJson.pretty(plain));
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws dev.quern.engine.DataException if it is damaged
   */
  static Erasure read(Path file) throws IOException {
    try {
      return of(SealedJson.read(file));
    } catch (IllegalArgumentException e) {
      throw StoredJson.damaged("erasure/" + file.getFileName(), "the state of an erasure", e);
    }
  }

  private static Erasure of(Map<String, @Nullable Object> plain) {
    Erasure erasure =
        new Erasure(
            ManifestJson.text(plain, "id"),
            ManifestJson.text(plain, "subject"),
            ManifestJson.text(plain, "key"),
            ManifestJson.text(plain, "reason"),
            texts(plain, "fields"));
    erasure.state = State.valueOf(ManifestJson.text(plain, "state").toUpperCase(Locale.ROOT));
    Json.object(plain.get("times"))
        .forEach((name, time) -> erasure.times.put(name, String.valueOf(time)));
    erasure.versions.addAll(texts(plain, "versions"));
    erasure.related.addAll(texts(plain, "related"));
    erasure.models.addAll(texts(plain, "models"));
    erasure.mentioned.addAll(texts(plain, "mentioned"));
    erasure.hashes.addAll(texts(plain, "hashes"));
    texts(plain, "ids").forEach(written -> erasure.ids.add(SampleId.parse(written)));
    Json.list(plain.get("exports")).forEach(one -> erasure.exports.add(Json.object(one)));
    Map<String, @Nullable Object> counted = Json.object(plain.get("counts"));
    counted.keySet().forEach(name -> erasure.counts.put(name, ManifestJson.number(counted, name)));
    return erasure;
  }

  private static Set<String> texts(Map<String, @Nullable Object> plain, String name) {
    Set<String> texts = new TreeSet<>();
    Json.list(plain.get(name)).forEach(text -> texts.add(String.valueOf(text)));
    return texts;
  }
}
