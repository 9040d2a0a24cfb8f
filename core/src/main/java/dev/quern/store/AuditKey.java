package dev.quern.store;

import dev.quern.data.Digest;
import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Ed25519 key that signs heads of the audit and tombstones. The secret half lies in {@code
 * keys}, for the owner alone; the public half beside the heads, for whoever verifies them.
 *
 * @param id the beginning of the SHA-256 of the public half, 16 hexadecimal digits
 */
record AuditKey(String id, PrivateKey secret) {
  private static final String ALGORITHM = "Ed25519";
  private static final String SIGNATURE = "signature";

  /** Where the secret half lies, relative to the workspace. */
  static final String SECRET = "keys/audit.ed25519";

  /** Where the public half lies, relative to the workspace. */
  static final String PUBLIC = "audit/key.pub";

  /**
   * Reads the key of the workspace {@code root}, or makes it; the caller holds the audit's lock.
   */
  static AuditKey of(Path root) throws IOException {
    Path secret = root.resolve(SECRET);
    Path open = root.resolve(PUBLIC);
    try {
      if (!Files.exists(secret)) {
        if (Files.exists(open)) {
          throw new DataException(
              "audit_key_missing",
              SECRET + ": key that signs the audit must be there; found: none; restore it");
        }
        KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
        // Both halves in one file, so that a crash cannot part them.
        Folders.replace(
            secret,
            encoded(pair.getPrivate().getEncoded()) + encoded(pair.getPublic().getEncoded()));
      }
      List<String> halves = Files.readAllLines(secret, StandardCharsets.US_ASCII);
      if (halves.size() != 2) {
        throw new IllegalArgumentException("key must have two halves; found: " + halves.size());
      }
      if (!Files.exists(open)) {
        Folders.replace(open, halves.get(1) + "\n");
      }
      KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
      byte[] half = Base64.getDecoder().decode(halves.get(0));
      PrivateKey key = keys.generatePrivate(new PKCS8EncodedKeySpec(half));
      return new AuditKey(id(opened(open)), key);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new DataException(
          "audit_key_damaged", SECRET + " must hold an Ed25519 key; found: another content", e);
    }
  }

  /** Reads a public half from {@code file}. */
  static PublicKey opened(Path file) throws IOException {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(decoded(file)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new DataException(
          "audit_key_damaged",
          file.getFileName() + " must hold the public half of an Ed25519 key; found: another",
          e);
    }
  }

  /** Returns the signature, hexadecimal, of the canonical JSON of {@code plain} without its own. */
  String sign(Map<String, @Nullable Object> plain) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(signed(plain));
      return HexFormat.of().formatHex(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform must sign with Ed25519", e);
    }
  }

  /** Returns whether the secret half of {@code key} has signed {@code plain}. */
  static boolean hasSigned(PublicKey key, Map<String, @Nullable Object> plain) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(signed(plain));
      return signature.verify(HexFormat.of().parseHex(String.valueOf(plain.get(SIGNATURE))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false; // What is no signature at all was not signed by the key.
    }
  }

  private static byte[] signed(Map<String, @Nullable Object> plain) {
    Map<String, @Nullable Object> others = new LinkedHashMap<>(plain);
    others.remove(SIGNATURE);
    return Json.canonical(others).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the id of a public half. */
  static String id(PublicKey key) {
    return HexFormat.of().formatHex(Digest.sha256().digest(key.getEncoded())).substring(0, 16);
  }

  private static String encoded(byte[] key) {
    return Base64.getEncoder().encodeToString(key) + "\n";
  }

  private static byte[] decoded(Path file) throws IOException {
    return Base64.getDecoder().decode(Files.readString(file, StandardCharsets.US_ASCII).strip());
  }
}
