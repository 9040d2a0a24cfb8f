package dev.quern.privacy.surrogate;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Numbers that follow from a key and a value: the blocks HMAC-SHA-256(key, kind ‖ 0 ‖ value ‖ 0 ‖
 * attempt ‖ block), read byte by byte. Who does not have the key cannot tell them from random ones,
 * nor check a guess of the value. Not safe for several threads.
 */
final class KeyedDraws {
  private static final String MAC = "HmacSHA256";

  private final Mac mac;
  private byte[] prefix = {};
  private byte[] block = {};
  private int attempt;
  private int blocks;
  private int used;

  /** Makes draws under {@code key}, at least 16 bytes. */
  KeyedDraws(byte[] key) {
    try {
      mac = Mac.getInstance(MAC);
      mac.init(new SecretKeySpec(key, MAC));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  /** Starts the numbers of {@code value} as a {@code kind}; returns this. */
  KeyedDraws of(String kind, String value) {
    return of(kind, value, 0);
  }

  /** Starts other numbers of the same value, for when the first ones do not do. */
  KeyedDraws of(String kind, String value, int newAttempt) {
    // A kind holds no NUL, so that no two pairs are the same bytes.
    prefix = (kind + '\0' + value + '\0').getBytes(StandardCharsets.UTF_8);
    attempt = newAttempt;
    blocks = 0;
    used = 0;
    block = new byte[0];
    return this;
  }

  /** Returns a number in [0, n), each as likely as the others; n in [1, 2^24]. */
  int below(int n) {
    int most = (1 << 24) / n * n;
    int drawn = next();
    while (drawn >= most) {
      drawn = next();
    }
    return drawn % n;
  }

  /** Returns one of {@code all}. */
  String one(List<String> all) {
    return all.get(below(all.size()));
  }

  private int next() {
    return nextByte() << 16 | nextByte() << 8 | nextByte();
  }

  private int nextByte() {
    if (used == block.length) {
      mac.update(prefix);
      for (int shift = 24; shift >= 0; shift -= 8) {
        mac.update((byte) (attempt >> shift));
      }
      mac.update((byte) (blocks >> 8));
      block = mac.doFinal(new byte[] {(byte) blocks});
      blocks++;
      used = 0;
    }
    return block[used++] & 0xff;
  }
}
