package dev.quern.store;

import java.security.PublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is left in a version of samples that were forgotten: how many, when and why, and the keyed
 * hash of whose they were. No value, and no digest of what was there: from the digests before and
 * after, the hash of a single sample could be computed and guessed at.
 *
 * @param erasure id of the erasure
 * @param subject keyed hash, hexadecimal
 * @param key id of the key of the hash
 * @param samples how many are gone
 * @param reason as given, one word
 * @param time when, ISO 8601 in UTC
 * @param signature Ed25519 over the canonical JSON of the other members, hexadecimal
 */
public record Tombstone(
    String erasure,
    String subject,
    String key,
    long samples,
    String reason,
    String time,
    String signature) {

  Tombstone signed(AuditKey by) {
    return new Tombstone(erasure, subject, key, samples, reason, time, by.sign(plain()));
  }

  /** Returns whether {@code publicKey} has signed this. */
  boolean isSignedBy(PublicKey publicKey) {
    return AuditKey.hasSigned(publicKey, plain());
  }

  /** Returns this as plain values. */
  public Map<String, @Nullable Object> plain() {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    plain.put("erasure", erasure);
    plain.put("subject", subject);
    plain.put("key", key);
    plain.put("samples", samples);
    plain.put("reason", reason);
    plain.put("time", time);
    plain.put("signature", signature);
    return plain;
  }

  static Tombstone of(Map<String, @Nullable Object> plain) {
    return new Tombstone(
        ManifestJson.text(plain, "erasure"),
        ManifestJson.text(plain, "subject"),
        ManifestJson.text(plain, "key"),
        ManifestJson.number(plain, "samples"),
        ManifestJson.text(plain, "reason"),
        ManifestJson.text(plain, "time"),
        ManifestJson.text(plain, "signature"));
  }
}
