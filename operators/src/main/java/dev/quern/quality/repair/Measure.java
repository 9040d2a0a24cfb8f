package dev.quern.quality.repair;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * A text that begins with a number: the number and what follows it ({@code 12.0 oz}).
 *
 * @param digits the number as it is written
 * @param value the number
 * @param suffix what follows, with the space before it; empty for a bare number
 */
record Measure(String digits, double value, String suffix) {
  /** More significant digits than these are noise of binary arithmetic. */
  private static final MathContext CLEAN = new MathContext(12);

  private static final int NOISY_DIGITS = 15;

  /** Returns the parts of {@code text}, null where it does not begin with a number. */
  static @Nullable Measure of(String text) {
    int at = 0;
    int length = text.length();
    if (at < length && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    int whole = digits(text, at);
    int end = at + whole;
    int fraction = 0;
    if (end < length && text.charAt(end) == '.') {
      fraction = digits(text, end + 1);
      end += whole + fraction > 0 && (fraction > 0 || end + 1 == length) ? 1 + fraction : 0;
    }
    if (whole + fraction == 0 || whole + fraction > 60) {
      return null;
    }
    end = exponent(text, end);
    String digits = text.substring(0, end);
    double value = Double.parseDouble(digits);
    return Double.isInfinite(value) ? null : new Measure(digits, value, text.substring(end));
  }

  /** Returns whether {@code text} is a number and nothing else. */
  static boolean isNumber(String text) {
    Measure measure = of(text);
    return measure != null && measure.suffix.isEmpty();
  }

  private static int exponent(String text, int end) {
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int from = end + 1;
      if (from < text.length() && (text.charAt(from) == '-' || text.charAt(from) == '+')) {
        from++;
      }
      int digits = digits(text, from);
      if (digits > 0 && digits <= 3 && from + digits == text.length()) {
        return from + digits;
      }
    }
    return end;
  }

  private static int digits(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end - from;
  }

  /** Returns the number of digits after the point as written. */
  int decimals() {
    return Math.max(0, new BigDecimal(digits.endsWith(".") ? digits + "0" : digits).scale());
  }

  /** Returns whether the number has more digits than anybody writes. */
  boolean isNoisy() {
    return new BigDecimal(digits.endsWith(".") ? digits + "0" : digits)
            .stripTrailingZeros()
            .precision()
        >= NOISY_DIGITS;
  }

  /** Returns the number in its shortest decimal form, without noise of binary arithmetic. */
  String plain() {
    return plain(new BigDecimal(digits.endsWith(".") ? digits + "0" : digits));
  }

  /** Returns {@code number} in its shortest decimal form, of at most 12 significant digits. */
  static String plain(BigDecimal number) {
    BigDecimal clean = number.precision() >= NOISY_DIGITS ? number.round(CLEAN) : number;
    return clean.signum() == 0 ? "0" : clean.stripTrailingZeros().toPlainString();
  }
}
