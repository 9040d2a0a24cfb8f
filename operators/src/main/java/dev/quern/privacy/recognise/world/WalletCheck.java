package dev.quern.privacy.recognise.world;

import dev.quern.privacy.recognise.Check;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/** Checksums of wallets. */
final class WalletCheck {
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };
  private static final int BECH32M = 0x2bc830a3;

  private WalletCheck() {}

  static Check check(String wallet) {
    if (wallet.startsWith("0x")) {
      return Check.POSSIBLE;
    }
    return Check.valid(isBech32(wallet) || isBase58(wallet));
  }

  /** 25 bytes whose last four begin the double SHA-256 of the others. */
  private static boolean isBase58(String wallet) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < wallet.length(); i++) {
      int digit = BASE58.indexOf(wallet.charAt(i));
      if (digit < 0) {
        return false;
      }
      value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
    }
    byte[] raw = value.toByteArray();
    if (raw.length > 26) {
      return false;
    }
    byte[] bytes = new byte[25];
    int most = Math.min(25, raw.length);
    System.arraycopy(raw, raw.length - most, bytes, 25 - most, most);
    byte[] hash = sha256(sha256(Arrays.copyOf(bytes, 21)));
    return Arrays.equals(hash, 0, 4, bytes, 21, 25);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean isBech32(String wallet) {
    String small = wallet.toLowerCase(Locale.ROOT);
    boolean oneCase = wallet.equals(small) || wallet.equals(wallet.toUpperCase(Locale.ROOT));
    if (!small.startsWith("bc1") || !oneCase) {
      return false;
    }
    int sum = 1;
    for (int value : new int[] {'b' >> 5, 'c' >> 5, 0, 'b' & 31, 'c' & 31}) {
      sum = step(sum, value);
    }
    for (int i = 3; i < small.length(); i++) {
      int value = BECH32.indexOf(small.charAt(i));
      if (value < 0) {
        return false;
      }
      sum = step(sum, value);
    }
    return sum == 1 || sum == BECH32M;
  }

  private static int step(int sum, int value) {
    int top = sum >>> 25;
    int next = (sum & 0x1ffffff) << 5 ^ value;
    for (int i = 0; i < GENERATOR.length; i++) {
      next ^= (top >> i & 1) == 1 ? GENERATOR[i] : 0;
    }
    return next;
  }
}
