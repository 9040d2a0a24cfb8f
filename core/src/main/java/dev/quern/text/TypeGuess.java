package dev.quern.text;

import dev.quern.data.Type;

/**
 * The narrowest type that holds every value seen: long, double, bool, date, timestamp, else text.
 *
 * <p>Numbers whose written form carries meaning stay text: leading zeros (007), whole numbers of
 * more than 18 digits and long ones with a plus sign (identifiers, telephone numbers). In a column
 * with fractions long whole numbers are doubles. Not safe for several threads.
 */
public final class TypeGuess {
  private static final int LONG = 1;
  private static final int DOUBLE = 2;
  private static final int BOOL = 4;
  private static final int DATE = 8;
  private static final int TIMESTAMP = 16;
  private static final int ALL = 31;
  private static final int LONGEST = 18;

  /** More digits behind a plus sign are a telephone number rather than a difference. */
  private static final int LONGEST_WITH_PLUS = 6;

  private final Decimal decimal = new Decimal();
  private int possible = ALL;
  private boolean fractions;
  private boolean longWhole;
  private long values;

  /** Adds the value in {@code bytes[start, end)}; blank values are ignored. */
  public void add(byte[] bytes, int start, int end) {
    int from = start;
    int to = end;
    while (from < to && ValueParser.isSpace(bytes[from])) {
      from++;
    }
    while (to > from && ValueParser.isSpace(bytes[to - 1])) {
      to--;
    }
    if (from == to) {
      return;
    }
    values++;
    if (possible != 0) {
      possible &= fits(bytes, from, to);
    }
  }

  /** Adds what {@code other} has seen. */
  public void merge(TypeGuess other) {
    possible &= other.possible;
    fractions |= other.fractions;
    longWhole |= other.longWhole;
    values += other.values;
  }

  /** Returns the number of values that were not blank. */
  public long values() {
    return values;
  }

  /** Returns the narrowest type; text if no value was seen. */
  public Type type() {
    if (values == 0 || possible == 0) {
      return Type.TEXT;
    }
    if ((possible & LONG) != 0) {
      return Type.LONG;
    }
    if ((possible & DOUBLE) != 0) {
      return longWhole && !fractions ? Type.TEXT : Type.DOUBLE;
    }
    if ((possible & BOOL) != 0) {
      return Type.BOOL;
    }
    return (possible & DATE) != 0 ? Type.DATE : Type.TIMESTAMP;
  }

  private int fits(byte[] bytes, int start, int end) {
    byte first = bytes[start];
    if (decimal.scan(bytes, start, end)) {
      return number();
    }
    if (!ValueParser.isDigit(first)) {
      return (possible & BOOL) != 0 && ValueParser.bool(bytes, start, end) >= 0 ? BOOL : 0;
    }
    if ((possible & DATE) != 0 && TimeParser.date(bytes, start, end) != TimeParser.NONE) {
      return DATE | TIMESTAMP;
    }
    boolean time = TimeParser.timestamp(bytes, start, end) != TimeParser.NONE;
    return time ? TIMESTAMP : 0;
  }

  private int number() {
    if (decimal.leadingZero) {
      return 0;
    }
    if (decimal.hasPoint || decimal.hasExponent) {
      fractions = true;
      return Double.isInfinite(decimal.toDouble()) ? 0 : DOUBLE;
    }
    if (decimal.plus && decimal.significant > LONGEST_WITH_PLUS) {
      return 0;
    }
    if (decimal.significant > LONGEST) {
      longWhole = true;
      return DOUBLE;
    }
    return LONG | DOUBLE;
  }
}
