package dev.quern.quality.number;

import dev.quern.data.Slice;
import dev.quern.quality.cell.Characters;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads one written number by hand: signs, parentheses for negative ones, thousands parted by
 * comma, point, space, apostrophe or underscore, decimal point or comma, exponents, percent and per
 * mille, currencies, {@code k M B T}, 万 and 亿, Chinese numerals, digits of every script. Not safe
 * for several threads.
 */
public final class NumberText {
  /** More digits than any type holds; keeps hostile texts cheap. */
  private static final int MOST_DIGITS = 400;

  private final Characters text = new Characters();
  private final ChineseNumeral chinese = new ChineseNumeral(text);
  private final Digits digits = new Digits(text);
  private BigDecimal value = BigDecimal.ZERO;
  private @Nullable String currency;
  private boolean plain;
  private int start;
  private int end;
  private int shift;
  private boolean negative;

  /**
   * Reads all of {@code slice}.
   *
   * @param sign decimal sign where the text does not tell it; null: unknown
   * @return null, or the rule the text breaks: {@code not_a_number}, {@code ambiguous_separator}
   */
  public @Nullable String read(Slice slice, @Nullable DecimalSign sign) {
    text.of(slice);
    return readPart(0, text.size(), sign);
  }

  /**
   * Reads the code points {@code [from, to)} of {@code characters}, which this reader then holds.
   */
  public @Nullable String readPart(int from, int to, @Nullable DecimalSign sign) {
    String rule = frame(from, to);
    if (rule != null) {
      return rule;
    }
    if (ChineseNumeral.occurs(text, start, end)) {
      BigDecimal numeral = chineseNumber(sign);
      if (numeral == null) {
        return "not_a_number";
      }
      finish(numeral);
      return null;
    }
    rule = digits.read(start, end, sign);
    if (rule == null) {
      finish(digits.value());
    }
    return rule;
  }

  /**
   * Returns the set of decimal signs by which {@code slice} can be a number, 0 where it tells the
   * sign by having none or is no number.
   */
  public int signs(Slice slice) {
    text.of(slice);
    if (frame(0, text.size()) != null || ChineseNumeral.occurs(text, start, end)) {
      return 0;
    }
    return digits.signs(start, end);
  }

  /** Takes sign, currency, percent and multiplier off both ends. */
  private @Nullable String frame(int from, int to) {
    start = from;
    end = to;
    shift = 0;
    negative = false;
    currency = null;
    plain = !text.isFolded();
    if (end - start > MOST_DIGITS) {
      return "not_a_number";
    }
    if (text.at(start) == '(' && text.at(end - 1) == ')') {
      start++;
      end--;
      negative = true;
      plain = false;
    }
    front();
    back();
    if (text.has(start, "百分之") && shift == 0) {
      start += 3;
      shift = -2;
    }
    return start < end ? null : "not_a_number";
  }

  private void front() {
    boolean signed = negative;
    while (start < end) {
      int point = text.at(start);
      int found;
      if (!signed && (point == '-' || point == '+' || point == '负' || point == '負')) {
        negative = point != '+';
        signed = true;
        start++;
        plain &= point == '-';
      } else if (point == ' ') {
        start++;
      } else if (isNew(found = Currency.startingAt(text, start))) {
        currency = Currency.code(found);
        start += Currency.length(found);
      } else {
        return;
      }
    }
  }

  private void back() {
    boolean multiplied = false;
    while (end > start) {
      int point = text.at(end - 1);
      int found;
      if (point == ' ') {
        end--;
      } else if (shift == 0 && !multiplied && (point == '%' || point == '‰')) {
        shift = point == '%' ? -2 : -3;
        end--;
      } else if (isNew(found = Currency.endingAt(text, start, end))) {
        currency = Currency.code(found);
        end -= Currency.length(found);
      } else if (!multiplied && shift == 0 && multiplier()) {
        multiplied = true;
      } else if (!negative && point == '-' && end - 1 > start) {
        negative = true;
        plain = false;
        end--;
      } else {
        return;
      }
    }
  }

  /** Whether a currency was found that does not contradict one found before: 人民币 12 元. */
  private boolean isNew(int found) {
    return found >= 0 && (currency == null || currency.equals(Currency.code(found)));
  }

  private static final String[] MULTIPLIERS = {
    "thousand", "million", "billion", "trillion", "mn", "mm", "bn", "k", "m", "b", "t"
  };
  private static final int[] POWERS = {3, 6, 9, 12, 6, 6, 9, 3, 6, 9, 12};

  private boolean multiplier() {
    for (int i = 0; i < MULTIPLIERS.length; i++) {
      int from = end - MULTIPLIERS[i].length();
      boolean behindNumber =
          from > start && (Characters.isDigit(text.at(from - 1)) || text.at(from - 1) == ' ');
      if (behindNumber && text.has(from, MULTIPLIERS[i])) {
        shift = POWERS[i];
        end = from;
        return true;
      }
    }
    return false;
  }

  /** A numeral of Chinese characters, or a number of digits before 万 or 亿: 1,234.5万. */
  private @Nullable BigDecimal chineseNumber(@Nullable DecimalSign sign) {
    BigDecimal numeral = chinese.read(start, end);
    if (numeral != null) {
      return numeral;
    }
    int power = 0;
    int last = end;
    while (last > start && ChineseNumeral.power(text.at(last - 1)) > 0) {
      power += ChineseNumeral.power(text.at(--last));
    }
    while (last > start && text.at(last - 1) == ' ') {
      last--;
    }
    return power > 0 && digits.read(start, last, sign) == null
        ? digits.value().scaleByPowerOfTen(power)
        : null;
  }

  private void finish(BigDecimal read) {
    BigDecimal scaled = shift == 0 ? read : read.scaleByPowerOfTen(shift);
    value = negative ? scaled.negate() : scaled;
    plain &= shift == 0 && currency == null && digits.isPlain();
  }

  /** Returns the number read last; percent and per mille as fractions. */
  public BigDecimal value() {
    return value;
  }

  /** Returns the code (ISO 4217) of the currency of the number read last, or null. */
  public @Nullable String currency() {
    return currency;
  }

  /** Returns whether the number read last was written with ASCII digits, sign and point alone. */
  public boolean isPlain() {
    return plain && !ChineseNumeral.occurs(text, start, end);
  }

  /** Returns the code points of the text read last. */
  public Characters text() {
    return text;
  }
}
