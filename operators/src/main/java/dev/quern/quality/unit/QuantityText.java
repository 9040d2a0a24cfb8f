package dev.quern.quality.unit;

import dev.quern.data.Slice;
import dev.quern.quality.cell.Characters;
import dev.quern.quality.number.DecimalSign;
import dev.quern.quality.number.NumberText;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads one quantity: numbers with units behind them, several where they add up (5 ft 3 in, 3斤2两).
 * Not safe for several threads.
 */
public final class QuantityText {
  private static final int MOST_PARTS = 4;
  private static final String DIGITS = "零〇一二两兩三四五六七八九十百千万萬亿億壹贰叁肆伍陆柒捌玖拾佰仟点點负負";

  private final NumberText number = new NumberText();
  private final Characters text = number.text();
  private final BigDecimal[] values = new BigDecimal[MOST_PARTS];
  private final int[] units = new int[MOST_PARTS];
  private int parts;

  /** Makes a reader. */
  public QuantityText() {
    Arrays.fill(values, BigDecimal.ZERO);
  }

  /**
   * Reads {@code slice}.
   *
   * @return null, or the rule the text breaks: {@code not_a_quantity}, {@code unknown_unit}, {@code
   *     other_kind_of_unit}
   */
  public @Nullable String read(Slice slice) {
    text.of(slice);
    parts = 0;
    int at = 0;
    while (at < text.size()) {
      if (parts == MOST_PARTS) {
        return "not_a_quantity";
      }
      int numberEnd = numberEnd(at);
      int end = unitEnd(numberEnd);
      if (numberEnd == at || number.readPart(at, numberEnd, DecimalSign.POINT) != null) {
        return "not_a_quantity";
      }
      values[parts] = number.value();
      String name = name(numberEnd, end);
      if (parts > 0 && (name.isEmpty() || units[0] < 0)) {
        return "not_a_quantity";
      }
      int unit = name.isEmpty() ? -1 : KnownUnits.find(name).orElse(-1);
      if (unit < 0 && !name.isEmpty()) {
        return "unknown_unit";
      }
      if (parts > 0 && !KnownUnits.areCompatible(units[0], unit)) {
        return "other_kind_of_unit";
      }
      units[parts++] = unit;
      at = end;
    }
    return parts == 0 ? "not_a_quantity" : null;
  }

  private int numberEnd(int from) {
    int at = from;
    while (at < text.size()) {
      int point = text.at(at);
      boolean sign = at == from && (point == '-' || point == '+');
      // 两 is two before a unit and a unit behind a number.
      boolean chinese = DIGITS.indexOf(point) >= 0 && (at == from || point != '两' && point != '兩');
      boolean separator =
          ".,' ".indexOf(point) >= 0
              && Characters.isDigit(text.at(at + 1))
              // 5'3 is feet and inches, 5'300 thousands.
              && (point != '\''
                  || Characters.isDigit(text.at(at + 2)) && Characters.isDigit(text.at(at + 3)));
      if (!sign && !chinese && !Characters.isDigit(point) && !(separator && at > from)) {
        break;
      }
      at++;
    }
    return at;
  }

  private int unitEnd(int from) {
    int at = from;
    while (at < text.size()) {
      int point = text.at(at);
      boolean number =
          Characters.isDigit(point)
              || DIGITS.indexOf(point) >= 0 && at > from && !isUnitName(from, at);
      // m2 and cm3 end in a digit.
      boolean power = (point == '2' || point == '3') && at > from && text.at(at - 1) == 'm';
      boolean foot = (point == '2') && at > from && text.at(at - 1) == 't';
      if (number && !(power || foot) || point == '-') {
        break;
      }
      at++;
    }
    return at;
  }

  /** Whether the unit goes on over {@code at}: 市两, 平方千米. */
  private boolean isUnitName(int from, int at) {
    return text.at(at - 1) == '市' || text.at(at - 1) == '方' && at - from >= 2;
  }

  private String name(int from, int end) {
    int start = from;
    while (start < end && (text.at(start) == ' ' || text.at(start) == '-')) {
      start++;
    }
    int last = end;
    while (last > start && (text.at(last - 1) == ' ' || text.at(last - 1) == ',')) {
      last--;
    }
    String name = text.text(start, last);
    boolean dotted = name.endsWith(".") && KnownUnits.find(name).isEmpty();
    return dotted ? name.substring(0, name.length() - 1) : name;
  }

  /** Returns the first unit of the quantity read last, or -1 where it names none. */
  public int unit() {
    return units[0];
  }

  /** Returns the number of parts of the quantity read last. */
  public int parts() {
    return parts;
  }

  /** Returns the number of part {@code part}. */
  public BigDecimal value(int part) {
    return values[part];
  }

  /** Returns the unit of part {@code part}, or -1. */
  public int unit(int part) {
    return units[part];
  }
}
