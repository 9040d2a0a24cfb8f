package dev.quern.store;

import dev.quern.format.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;
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
    try {
      Signature signature = Signature.getInstance(AuditKey.ALGORITHM);
      signature.initSign(key.secret());
      signature.update(bare.signed());
      String signed = HexFormat.of().formatHex(signature.sign());
      return new AuditHead(bare.seq, bare.hash, bare.time, bare.key, signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform must sign with Ed25519", e);
    }
  }

  /** Returns whether {@code key} has signed this. */
  boolean isSignedBy(PublicKey publicKey) {
    try {
      Signature signature = Signature.getInstance(AuditKey.ALGORITHM);
      signature.initVerify(publicKey);
      signature.update(signed());
      return signature.verify(HexFormat.of().parseHex(this.signature));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // What is no signature at all was not signed by the key.
    }
  }

  private byte[] signed() {
    Map<String, @Nullable Object> plain = plain();
    plain.remove("signature");
    return Json.canonical(plain).getBytes(StandardCharsets.UTF_8);
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
