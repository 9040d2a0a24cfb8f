package dev.quern.spark;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals what workers are sent (AES-GCM, a key for one parcel): Spark keeps it in files on the way,
 * and it holds what was learnt from data and the keys of operators.
 */
final class Parcel {
  private static final int SEAL = 32;
  private static final int TAG_BITS = 128;

  /** A key seals one parcel alone, so the nonce may be the same. */
  private static final byte[] NONCE = new byte[12];

  private Parcel() {}

  /** Returns a new key. */
  static byte[] seal() {
    byte[] seal = new byte[SEAL];
    new SecureRandom().nextBytes(seal);
    return seal;
  }

  static byte[] close(byte[] content, byte[] seal) {
    return apply(Cipher.ENCRYPT_MODE, content, seal);
  }

  static byte[] open(byte[] closed, byte[] seal) {
    return apply(Cipher.DECRYPT_MODE, closed, seal);
  }

  private static byte[] apply(int mode, byte[] bytes, byte[] seal) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(seal, "AES"), new GCMParameterSpec(TAG_BITS, NONCE));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("parcel must be as it was sent", e);
    }
  }
}
