package dev.quern.privacy.surrogate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Numbers that follow from a key and a value: the blocks HMAC-SHA-256(key, kind ‖ 0 ‖ value ‖ 0 ‖
 * attempt ‖ 0 ‖ block), read byte by byte. Who does not have the key cannot tell them from random
 * ones, nor check a guess of the value. Not safe for several threads.
 */
final class KeyedDraws {
  private static final byte[] NONE = {};

  /** The number of the first attempt. */
  private static final byte[] FIRST = {'0'};

  private final UnaryOperator<byte[]> hash;
  private byte[] prefix = NONE;
  private byte[] block = NONE;
  private int blocks;
  private int used;

  /** Makes draws under {@code hash}, HMAC-SHA-256 with a key. */
  KeyedDraws(UnaryOperator<byte[]> hash) {
    this.hash = hash;
  }

  /** Starts the numbers of {@code value} as a {@code kind}; returns this. */
  KeyedDraws of(String kind, String value) {
    return of(kind, value, 0);
  }

  /** Starts other numbers of the same value, for when the first ones do not do. */
  KeyedDraws of(String kind, String value, int attempt) {
    // A kind holds no NUL, so that no two pairs are the same bytes; the last two bytes count
    // blocks.
    byte[] first = kind.getBytes(StandardCharsets.UTF_8);
    byte[] second = value.getBytes(StandardCharsets.UTF_8);
    byte[] third = attempt == 0 ? FIRST : String.valueOf(attempt).getBytes(StandardCharsets.UTF_8);
    prefix = new byte[first.length + second.length + third.length + 5];
    System.arraycopy(first, 0, prefix, 0, first.length);
    System.arraycopy(second, 0, prefix, first.length + 1, second.length);
    System.arraycopy(third, 0, prefix, first.length + second.length + 2, third.length);
    blocks = 0;
    used = 0;
    block = NONE;
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

  /**
   * Returns a number in [0, n), each as likely as the others, of fewer bytes than {@link #below}
   * takes where n is small; n in [1, 2^24].
   */
  int few(int n) {
    if (n > 128) {
      return below(n);
    }
    int most = 256 / n * n;
    int drawn = nextByte();
    while (drawn >= most) {
      drawn = nextByte();
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
      prefix[prefix.length - 2] = (byte) (blocks >> 8);
      prefix[prefix.length - 1] = (byte) blocks;
      block = hash.apply(prefix);
      blocks++;
      used = 0;
    }
    return block[used++] & 0xff;
  }
}
