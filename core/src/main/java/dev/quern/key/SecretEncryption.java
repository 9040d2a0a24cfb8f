package dev.quern.key;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.Hkdf;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * Wraps by a secret of at least 32 bytes: AES-256-GCM under HKDF-SHA-256(secret, salt of the
 * keyring). The secret must be random, for it is not stretched.
 */
final class SecretEncryption implements KeyEncryption {
  static final int BYTES = 32;

  private final Aead aead;

  SecretEncryption(String reference, byte[] secret, byte[] salt) {
    if (secret.length < BYTES) {
      throw KeyRefusal.of(
          "too_short",
          "key-encryption key "
              + reference
              + " must have at least "
              + BYTES
              + " (bytes); found: "
              + secret.length
              + "; fix: head -c 32 /dev/urandom | base64");
    }
    try {
      byte[] info = "quern key-encryption key 1".getBytes(StandardCharsets.UTF_8);
      aead = new AesGcmJce(Hkdf.computeHkdf("HMACSHA256", secret, salt, info, 32));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA-256 and AES-256-GCM must be there", e);
    }
  }

  @Override
  public byte[] wrap(byte[] plain, byte[] context) {
    try {
      return aead.encrypt(plain, context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM must encrypt", e);
    }
  }

  @Override
  public byte[] unwrap(byte[] wrapped, byte[] context) throws GeneralSecurityException {
    return aead.decrypt(wrapped, context);
  }
}
