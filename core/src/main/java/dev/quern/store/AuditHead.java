package dev.quern.store;

import dev.quern.format.json.Json;
import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the audit had come, signed with Ed25519: whoever keeps a head elsewhere can tell that
 * lines up to it have been changed or cut off.
 *
 * @param seq number of the last line
 * @param hash its hash
 * @param time when it was signed
 * @param key id of the key
 * @param signature over canonical JSON of the other members, hexadecimal
 */
public record AuditHead(long seq, String hash, String time, String key, String signature) {

  static AuditHead sign(AuditEntry last, AuditKey key) {
    AuditHead bare = new AuditHead(last.seq(), last.hash(), last.text("time"), key.id(), "");
    return new AuditHead(bare.seq, bare.hash, bare.time, bare.key, key.sign(bare.plain()));
  }

  /** Returns whether {@code publicKey} has signed this. */
  boolean isSignedBy(PublicKey publicKey) {
    return AuditKey.hasSigned(publicKey, plain());
  }

  /** Returns this as plain values. */
  public Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("seq", seq);
    plain.put("hash", hash);
    plain.put("time", time);
    plain.put("key", key);
    plain.put("signature", signature);
    return plain;
  }

  /**
   * Reads what {@link #plain} gives as JSON.
   *
   * @throws IllegalArgumentException if {@code line} is no head
   */
  public static AuditHead parse(String line) {
    Map<String, @Nullable Object> plain = Json.parseObject(line);
    return new AuditHead(
        ManifestJson.number(plain, "seq"),
        ManifestJson.text(plain, "hash"),
        ManifestJson.text(plain, "time"),
        ManifestJson.text(plain, "key"),
        ManifestJson.text(plain, "signature"));
  }
}
