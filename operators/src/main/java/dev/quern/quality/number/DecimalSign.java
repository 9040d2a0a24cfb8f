package dev.quern.quality.number;

/** What stands before the fraction of a number; the other of the two may part thousands. */
public enum DecimalSign {
  POINT('.'),
  COMMA(',');

  private final int sign;

  DecimalSign(int sign) {
    this.sign = sign;
  }

  int sign() {
    return sign;
  }

  /** Returns the bit of this sign in a set of signs. */
  public int bit() {
    return 1 << ordinal();
  }
}
