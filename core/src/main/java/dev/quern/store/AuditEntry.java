package dev.quern.store;

import dev.quern.data.Digest;
import dev.quern.format.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit: an event with its number, its time and the hash of the line before.
 *
 * <p>hash = SHA-256(canonical JSON of all members but {@code hash}); the first line follows {@link
 * #START}.
 *
 * @param seq number of the line, from 1 without gaps
 * @param previous hash of the line before
 * @param hash of this line
 * @param plain all members as plain values
 */
public record AuditEntry(
    long seq, String previous, String hash, Map<String, @Nullable Object> plain) {
  /** What the first line follows. */
  public static final String START = "0".repeat(64);

  private static final String HASH = "hash";

  static AuditEntry of(long seq, String previous, String time, String actor, AuditEvent event) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("seq", seq);
    plain.put("time", time);
    plain.put("actor", actor);
    plain.put("action", event.action().name().toLowerCase(Locale.ROOT));
    plain.put("resource", event.resource());
    plain.put("purpose", event.purpose());
    plain.put("decision", event.decision().name().toLowerCase(Locale.ROOT));
    plain.put("run", event.run());
    plain.put("counts", new LinkedHashMap<>(event.counts()));
    plain.put("keys", new ArrayList<>(event.keys()));
    plain.put("prev_hash", previous);
    String hash = hash(plain);
    plain.put(HASH, hash);
    return new AuditEntry(seq, previous, hash, plain);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none, or its hash is not that of its content
   */
  static AuditEntry parse(String line) {
    Map<String, @Nullable Object> plain = Json.parseObject(line);
    Object hash = plain.get(HASH);
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(plain);
    rest.remove(HASH);
    if (!hash(rest).equals(hash)) {
      throw new IllegalArgumentException("content must have its hash; found: another content");
    }
    if (!Json.canonical(plain).equals(line)) {
      throw new IllegalArgumentException("line must be canonical; found: another form");
    }
    return new AuditEntry(
        ManifestJson.number(plain, "seq"),
        ManifestJson.text(plain, "prev_hash"),
        String.valueOf(hash),
        plain);
  }

  private static String hash(Map<String, @Nullable Object> plain) {
    return Digest.ofText(Json.canonical(plain));
  }

  /** Returns the line, without its end. */
  String line() {
    return Json.canonical(plain);
  }

  /** Returns the text called {@code name}, empty if there is none. */
  public String text(String name) {
    return plain.get(name) instanceof String text ? text : "";
  }

  /** Returns the ids of the keys used. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    Json.list(plain.get("keys")).forEach(key -> keys.add(String.valueOf(key)));
    return keys;
  }
}
