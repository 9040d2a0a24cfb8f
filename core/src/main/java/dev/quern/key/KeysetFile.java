package dev.quern.key;

import dev.quern.format.json.Json;
import dev.quern.format.json.SealedJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A keyset as it lies in a keyring: what may be known of it, and its wrapped keys. What may be
 * known is authenticated with the keys, so that nobody can change it without the key-encryption
 * key.
 *
 * @param info what may be known
 * @param wrapped the keys
 */
record KeysetFile(KeysetInfo info, byte[] wrapped) {
  private static final String MADE_BY = "quern keyset 1 ";

  /** Returns what the keys are authenticated with. */
  static byte[] context(KeysetInfo info) {
    return (MADE_BY + Json.canonical(plain(info))).getBytes(StandardCharsets.UTF_8);
  }

  private static Map<String, Object> plain(KeysetInfo info) {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("keyset", info.name());
    plain.put("purpose", info.purpose().written());
    List<Object> keys = new ArrayList<>();
    for (KeysetInfo.Key key : info.keys()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("id", key.id());
      one.put("status", key.status().name().toLowerCase(Locale.ROOT));
      one.put("created", key.created());
      keys.add(one);
    }
    plain.put("keys", keys);
    return plain;
  }

  String write() {
    Map<String, Object> plain = plain(info);
    plain.put("wrapped", Base64.getEncoder().encodeToString(wrapped));
    return SealedJson.pretty(plain);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  static KeysetFile of(Map<String, @Nullable Object> plain) {
    List<KeysetInfo.Key> keys = new ArrayList<>();
    for (Object one : Json.list(plain.get("keys"))) {
      Map<String, @Nullable Object> key = Json.object(one);
      keys.add(
          new KeysetInfo.Key(
              text(key, "id"),
              KeysetInfo.Status.valueOf(text(key, "status").toUpperCase(Locale.ROOT)),
              text(key, "created")));
    }
    Purpose purpose =
        Purpose.of(text(plain, "purpose"))
            .orElseThrow(() -> new IllegalArgumentException("purpose must be known"));
    return new KeysetFile(
        new KeysetInfo(text(plain, "keyset"), purpose, keys),
        Base64.getDecoder().decode(text(plain, "wrapped")));
  }

  private static String text(Map<String, @Nullable Object> plain, String name) {
    return String.valueOf(Objects.requireNonNullElse(plain.get(name), ""));
  }
}
