package dev.quern.key;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.daead.AesSivKey;
import com.google.crypto.tink.daead.PredefinedDeterministicAeadParameters;
import com.google.crypto.tink.prf.HmacPrfKey;
import com.google.crypto.tink.prf.PredefinedPrfParameters;
import com.google.crypto.tink.subtle.Hkdf;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** Keys that a secret stands for: HKDF-SHA-256 (RFC 5869) with the purpose as its info. */
final class DerivedKeys {
  private static final int MIN_BYTES = 16;

  private DerivedKeys() {}

  static KeysetHandle handle(String reference, Purpose purpose, byte[] secret) {
    if (secret.length < MIN_BYTES) {
      throw KeyRefusal.of(
          "too_short",
          "secret "
              + reference
              + " must have at least "
              + MIN_BYTES
              + " (bytes); found: "
              + secret.length
              + "; fix: head -c 32 /dev/urandom | base64");
    }
    try {
      int id = ByteBuffer.wrap(bytes(secret, purpose, "id", 4)).getInt() & Integer.MAX_VALUE;
      return KeysetHandle.newBuilder()
          .addEntry(KeysetHandle.importKey(key(secret, purpose, id)).withFixedId(id).makePrimary())
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA-256 must work with " + reference, e);
    }
  }

  private static Key key(byte[] secret, Purpose purpose, int id) throws GeneralSecurityException {
    return switch (purpose) {
      case PRF, FF1 ->
          HmacPrfKey.builder()
              .setParameters(PredefinedPrfParameters.HMAC_SHA256_PRF)
              .setKeyBytes(material(secret, purpose, 32))
              .build();
      case AEAD ->
          AesGcmKey.builder()
              .setParameters(PredefinedAeadParameters.AES256_GCM)
              .setKeyBytes(material(secret, purpose, 32))
              .setIdRequirement(id)
              .build();
      case DETERMINISTIC_AEAD ->
          AesSivKey.builder()
              .setParameters(PredefinedDeterministicAeadParameters.AES256_SIV)
              .setKeyBytes(material(secret, purpose, 64))
              .setIdRequirement(id)
              .build();
    };
  }

  private static SecretBytes material(byte[] secret, Purpose purpose, int size)
      throws GeneralSecurityException {
    return SecretBytes.copyFrom(bytes(secret, purpose, "key", size), InsecureSecretKeyAccess.get());
  }

  private static byte[] bytes(byte[] secret, Purpose purpose, String what, int size)
      throws GeneralSecurityException {
    byte[] info =
        ("quern derived 1 " + purpose.written() + " " + what).getBytes(StandardCharsets.UTF_8);
    return Hkdf.computeHkdf("HMACSHA256", secret, new byte[0], info, size);
  }
}
