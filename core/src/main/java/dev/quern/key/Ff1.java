package dev.quern.key;

import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * FF1 of NIST SP 800-38G with AES: texts over an alphabet become others of the same length over the
 * same alphabet. Equal texts become equal ones under one tweak. Not for several threads.
 */
public final class Ff1 {
  private final byte[] key;
  private final Alphabet alphabet;

  /**
   * Makes FF1.
   *
   * @param key 16, 24 or 32 bytes
   * @param alphabet the digits
   */
  Ff1(byte[] key, Alphabet alphabet) {
    this.key = key.clone();
    this.alphabet = alphabet;
  }

  /** Why a text cannot be encrypted. */
  public enum Refused {
    /** A code point is none of the alphabet. */
    OUTSIDE_ALPHABET,
    /** There are fewer than 10^6 texts of that length, so that trying all is easy. */
    DOMAIN_TOO_SMALL
  }

  /** A text that cannot be encrypted; says nothing of it. */
  public static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Refused why;

    RefusedException(Refused why) {
      super(why.name());
      this.why = why;
    }

    /** Returns the rule. */
    public Refused why() {
      return why;
    }
  }

  /** Returns {@code text} encrypted under {@code tweak}, which need not be secret. */
  public String encrypt(String text, byte[] tweak) throws RefusedException {
    return process(true, text, tweak);
  }

  /** Undoes {@link #encrypt}; a wrong key or tweak gives another text, and nobody can tell. */
  public String decrypt(String text, byte[] tweak) throws RefusedException {
    return process(false, text, tweak);
  }

  private String process(boolean forward, String text, byte[] tweak) throws RefusedException {
    int[] numbers = alphabet.numbers(text);
    if (numbers == null) {
      throw new RefusedException(Refused.OUTSIDE_ALPHABET);
    }
    if (numbers.length < alphabet.minLength()) {
      throw new RefusedException(Refused.DOMAIN_TOO_SMALL);
    }
    FPEFF1Engine engine = new FPEFF1Engine();
    engine.init(forward, new FPEParameters(new KeyParameter(key), alphabet.radix(), tweak));
    // Digits are bytes up to radix 256, pairs of bytes above it.
    int width = alphabet.radix() > 256 ? 2 : 1;
    byte[] in = new byte[width * numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      in[width * i] = (byte) (width == 2 ? numbers[i] >> 8 : numbers[i]);
      if (width == 2) {
        in[2 * i + 1] = (byte) numbers[i];
      }
    }
    byte[] out = new byte[in.length];
    engine.processBlock(in, 0, in.length, out, 0);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = width == 2 ? (out[2 * i] & 0xff) << 8 | out[2 * i + 1] & 0xff : out[i] & 0xff;
    }
    return alphabet.text(numbers);
  }
}
