package dev.quern.quality.number;

import dev.quern.quality.cell.Characters;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Chinese numerals: 一万二千三百, 壹佰贰拾元, 两千零五, 二〇二四, 三点一四, 3.5万, 1亿2千万. The last digit behind a unit may
 * leave its own unit out: 三万五 is 35000.
 */
final class ChineseNumeral {
  private static final String DIGITS = "零一二三四五六七八九";
  private static final String FORMAL = "零壹贰叁肆伍陆柒捌玖";
  private static final String TRADITIONAL = "〇壹貳參肆伍陸柒捌玖";

  private final Characters text;
  private int at;
  private BigDecimal whole = BigDecimal.ZERO;
  private BigDecimal section = BigDecimal.ZERO;
  private @Nullable BigDecimal open;

  /** Power of ten of the unit read last, for a digit that leaves its own out. */
  private int last;

  private boolean afterZero;

  ChineseNumeral(Characters text) {
    this.text = text;
  }

  /** Returns the digit of {@code point}, or -1. */
  static int digit(int point) {
    if (point == '两' || point == '兩') {
      return 2;
    }
    int found = DIGITS.indexOf(point);
    found = found >= 0 ? found : FORMAL.indexOf(point);
    return found >= 0 ? found : TRADITIONAL.indexOf(point);
  }

  /** Returns the power of ten that {@code point} stands for, or 0. */
  static int power(int point) {
    return switch (point) {
      case '十', '拾' -> 1;
      case '百', '佰' -> 2;
      case '千', '仟' -> 3;
      case '万', '萬' -> 4;
      case '亿', '億' -> 8;
      default -> 0;
    };
  }

  /** Returns whether a numeral of Chinese digits or units stands in {@code [from, to)}. */
  static boolean occurs(Characters text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (digit(text.at(i)) >= 0 || power(text.at(i)) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Reads all of {@code [from, to)}; null if it is no numeral. */
  @Nullable BigDecimal read(int from, int to) {
    at = from;
    whole = BigDecimal.ZERO;
    section = BigDecimal.ZERO;
    open = null;
    last = 0;
    afterZero = false;
    if (!units(to)) {
      return null;
    }
    if (open != null) {
      section = section.add(afterZero || last < 2 ? open : open.scaleByPowerOfTen(last - 1));
    }
    BigDecimal value = whole.add(section);
    if (at < to && (text.at(at) == '点' || text.at(at) == '點')) {
      at++;
      value = fraction(value, to);
    }
    return at == to && at > from ? value : null;
  }

  private boolean units(int to) {
    while (at < to) {
      int point = text.at(at);
      int power = power(point);
      if (power > 0) {
        at++;
        if (!unit(power)) {
          return false;
        }
      } else if (point == '零' || point == '〇') {
        if (open != null || digit(text.at(at + 1)) >= 0 && whole.signum() == 0 && last == 0) {
          return digits(to);
        }
        afterZero = true;
        at++;
        open = last == 0 && at == to ? BigDecimal.ZERO : open;
      } else if (open == null && (digit(point) >= 0 || Characters.isDigit(point))) {
        if (!digits(to)) {
          return false;
        }
      } else {
        return true;
      }
    }
    return true;
  }

  /** One digit, or several one after the other (二〇二四), or digits of ASCII with a point. */
  private boolean digits(int to) {
    BigDecimal value = open == null ? BigDecimal.ZERO : open;
    int count = 0;
    int scale = -1;
    boolean ascii = false;
    while (at < to) {
      int point = text.at(at);
      int digit = digit(point);
      if (digit < 0 && Characters.isDigit(point)) {
        digit = point - '0';
        ascii = true;
      }
      if (digit < 0 && (point != '.' || scale >= 0 || count == 0)) {
        break;
      }
      if (digit < 0) {
        scale = 0;
      } else {
        value = value.multiply(BigDecimal.TEN).add(BigDecimal.valueOf(digit));
        scale = scale >= 0 ? scale + 1 : scale;
        count++;
      }
      at++;
    }
    open = scale > 0 ? value.scaleByPowerOfTen(-scale) : value;
    afterZero |= ascii || count > 1;
    return count > 0 && count < 40;
  }

  private boolean unit(int power) {
    BigDecimal amount = open;
    open = null;
    if (power < 4) {
      if (amount == null) {
        // 十五 is fifteen; 百 and 千 without a digit are no numerals.
        if (power > 1) {
          return false;
        }
        amount = BigDecimal.ONE;
      }
      section = section.add(amount.scaleByPowerOfTen(power));
    } else {
      BigDecimal below = section.add(amount == null ? BigDecimal.ZERO : amount);
      if (below.signum() == 0 && (power == 4 || whole.signum() == 0)) {
        return false;
      }
      if (power == 8) {
        whole = whole.add(below).scaleByPowerOfTen(8);
      } else {
        whole = whole.add(below.scaleByPowerOfTen(4));
      }
      section = BigDecimal.ZERO;
    }
    last = power;
    afterZero = false;
    return true;
  }

  private BigDecimal fraction(BigDecimal value, int to) {
    BigDecimal unit = BigDecimal.ONE;
    BigDecimal sum = value;
    while (at < to && digit(text.at(at)) >= 0) {
      unit = unit.scaleByPowerOfTen(-1);
      sum = sum.add(unit.multiply(BigDecimal.valueOf(digit(text.at(at)))));
      at++;
    }
    return sum;
  }
}
