package dev.quern.quality.date;

import dev.quern.data.Slice;
import dev.quern.quality.cell.Characters;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Reads one written date, with or without a time of day, by hand.
 *
 * <p>Dates: {@code 2024-03-05}, {@code 2024/3/5}, {@code 20240305}, {@code 5.3.2024}, {@code
 * 3/5/24}, {@code 5 March 2024}, {@code Mar 5, 2024}, {@code 2024年3月5日}, {@code 民国113年3月5日}, with a
 * weekday before or behind. Times: {@code 15:04}, {@code 15:04:05.123}, {@code 3:04 PM}, {@code
 * 下午3点4分}, with {@code Z}, {@code UTC}, {@code GMT} or an offset. Not safe for several threads.
 */
public final class DateText {
  private static final String[] MONTHS = {
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
  };
  private static final String[] MONTH_ENDS = {
    "uary", "ruary", "ch", "il", "", "e", "y", "ust", "tember", "ober", "ember", "ember"
  };
  private static final String[] DAYS = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  private static final String[] DAY_ENDS = {
    "day", "sday", "nesday", "rsday", "day", "urday", "day"
  };

  private final DateRules rules;
  private final Characters text = new Characters();
  private final TimeText time = new TimeText(text);
  private final int[] numbers = new int[3];
  private final int[] lengths = new int[3];
  private int at;
  private int year;
  private int month;
  private int day;
  private int orders;
  private boolean instant;
  private long micros;

  /** Makes a reader of dates by {@code rules}. */
  public DateText(DateRules rules) {
    this.rules = rules;
  }

  /**
   * Reads {@code slice}.
   *
   * @param order the order of day and month, where the text does not tell it; null: unknown
   * @return null, or the rule the text breaks: {@code not_a_date}, {@code out_of_range}, {@code
   *     ambiguous_order}
   */
  public @Nullable String read(Slice slice, @Nullable DateOrder order) {
    String rule = scan(slice);
    if (rule != null || orders == 0) {
      return rule;
    }
    int set = order != null && (orders & order.bit()) != 0 ? order.bit() : orders;
    if (Integer.bitCount(set) != 1) {
      return "ambiguous_order";
    }
    arrange(DateOrder.values()[Integer.numberOfTrailingZeros(set)]);
    return null;
  }

  /**
   * Returns the set of orders by which {@code slice} can be a date, 0 where the text tells its
   * order itself or is no date.
   */
  public int orders(Slice slice) {
    return scan(slice) == null ? orders : 0;
  }

  private @Nullable String scan(Slice slice) {
    text.of(slice);
    at = 0;
    orders = 0;
    instant = false;
    time.clear();
    if (text.size() == 0) {
      return "not_a_date";
    }
    if (rules.epoch() && epoch()) {
      return null;
    }
    weekday();
    String rule = date();
    if (rule != null) {
      return rule;
    }
    skip(" ,");
    weekday();
    if (at < text.size()) {
      if (text.has(at, "T") && Characters.isDigit(text.at(at + 1))) {
        at++;
      }
      at = time.read(at);
    }
    skip(" ");
    weekday();
    return at == text.size() ? time.rule() : "not_a_date";
  }

  private boolean epoch() {
    int size = text.size();
    if (size != 10 && size != 13 && size != 16) {
      return false;
    }
    long value = 0;
    for (int i = 0; i < size; i++) {
      if (!Characters.isDigit(text.at(i))) {
        return false;
      }
      value = 10 * value + text.at(i) - '0';
    }
    micros = value * (size == 10 ? 1_000_000 : size == 13 ? 1000 : 1);
    instant = true;
    return true;
  }

  private @Nullable String date() {
    boolean counted = false;
    for (String era : new String[] {"民国", "民國"}) {
      if (text.has(at, era)) {
        at += 2;
        counted = true;
        skip(" ");
      }
    }
    if (Characters.isLatin(text.at(at))) {
      return monthFirst();
    }
    if (!number(0)) {
      return "not_a_date";
    }
    if (text.at(at) == '年') {
      return chinese(counted);
    }
    if (counted) {
      return "not_a_date";
    }
    if (lengths[0] == 8 || lengths[0] == 14) {
      return compact();
    }
    if (lengths[0] <= 2 && hasMonthName()) {
      return dayFirst();
    }
    return numeric();
  }

  private @Nullable String chinese(boolean counted) {
    year =
        counted || rules.minguo() && lengths[0] <= 3
            ? numbers[0] + 1911
            : lengths[0] == 2 ? century(numbers[0]) : numbers[0];
    at++;
    skip(" ");
    if (!number(1) || text.at(at) != '月') {
      return "not_a_date";
    }
    at++;
    skip(" ");
    if (!number(2) || text.at(at) != '日' && text.at(at) != '号' && text.at(at) != '號') {
      return "not_a_date";
    }
    at++;
    month = numbers[1];
    day = numbers[2];
    return checked();
  }

  /** Digits without separators: year, month, day, then hours, minutes, seconds. */
  private @Nullable String compact() {
    int first = at - lengths[0];
    year = digits(first, 4);
    month = digits(first + 4, 2);
    day = digits(first + 6, 2);
    if (lengths[0] == 14) {
      time.set(digits(first + 8, 2), digits(first + 10, 2), digits(first + 12, 2));
    }
    return checked();
  }

  private int digits(int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      value = 10 * value + text.at(i) - '0';
    }
    return value;
  }

  private boolean hasMonthName() {
    int next = at;
    while (text.at(next) == ' ' || text.at(next) == '-' || text.at(next) == '.') {
      next++;
    }
    if (text.has(next, "of ")) {
      next += 3;
    }
    int ordinal = ordinalEnd(next);
    return Characters.isLatin(text.at(next))
        && (ordinal > next || name(next, MONTHS, MONTH_ENDS) >= 0);
  }

  private @Nullable String dayFirst() {
    day = numbers[0];
    at = ordinalEnd(at);
    skip(" -.");
    if (text.has(at, "of ")) {
      at += 3;
    }
    int found = name(at, MONTHS, MONTH_ENDS);
    if (found < 0) {
      return "not_a_date";
    }
    at = nameEnd;
    month = found + 1;
    skip(" -.,/");
    return number(0) ? yearOf(0) : "not_a_date";
  }

  private @Nullable String monthFirst() {
    int found = name(at, MONTHS, MONTH_ENDS);
    if (found < 0) {
      return "not_a_date";
    }
    at = nameEnd;
    month = found + 1;
    skip(" -./");
    if (!number(1) || lengths[1] > 2) {
      return "not_a_date";
    }
    at = ordinalEnd(at);
    day = numbers[1];
    skip(" -.,/");
    return number(0) ? yearOf(0) : "not_a_date";
  }

  private @Nullable String yearOf(int number) {
    if (lengths[number] != 2 && lengths[number] != 4) {
      return "not_a_date";
    }
    year = lengths[number] == 2 ? century(numbers[number]) : numbers[number];
    return checked();
  }

  private @Nullable String numeric() {
    int separator = text.at(at);
    for (int i = 1; i < 3; i++) {
      if (text.at(at) != separator || "-/. ".indexOf(separator) < 0) {
        return "not_a_date";
      }
      at++;
      if (separator == '.') {
        skip(" ");
      }
      if (!number(i)) {
        return "not_a_date";
      }
    }
    if (lengths[0] == 4 || rules.minguo() && lengths[0] == 3) {
      year = lengths[0] == 4 ? numbers[0] : numbers[0] + 1911;
      month = numbers[1];
      day = numbers[2];
      return lengths[1] <= 2 && lengths[2] <= 2 ? checked() : "not_a_date";
    }
    return ordered();
  }

  private @Nullable String ordered() {
    boolean full = lengths[2] == 4;
    if (lengths[0] > 2 || lengths[1] > 2 || !full && lengths[2] != 2) {
      return "not_a_date";
    }
    int set = 0;
    for (DateOrder order : DateOrder.values()) {
      if (order != DateOrder.YMD || !full && lengths[0] == 2) {
        arrange(order);
        set |= checked() == null ? order.bit() : 0;
      }
    }
    if (set == 0) {
      return "out_of_range";
    }
    orders = set;
    return null;
  }

  private void arrange(DateOrder order) {
    int yearAt = order == DateOrder.YMD ? 0 : 2;
    int dayAt = order == DateOrder.DMY ? 0 : order == DateOrder.MDY ? 1 : 2;
    month = numbers[order == DateOrder.MDY ? 0 : 1];
    day = numbers[dayAt];
    year = lengths[yearAt] == 4 ? numbers[yearAt] : century(numbers[yearAt]);
  }

  private int century(int twoDigits) {
    if (rules.minguo()) {
      return twoDigits + 1911;
    }
    int first = rules.pivot() - 99;
    return first + Math.floorMod(twoDigits - first, 100);
  }

  private @Nullable String checked() {
    boolean valid =
        year >= 1
            && year <= 9999
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= java.time.YearMonth.of(year, month).lengthOfMonth();
    return valid ? null : "out_of_range";
  }

  private boolean number(int index) {
    int value = 0;
    int start = at;
    while (Characters.isDigit(text.at(at)) && at - start < 15) {
      value = at - start < 9 ? 10 * value + text.at(at) - '0' : value;
      at++;
    }
    numbers[index] = value;
    lengths[index] = at - start;
    return at > start;
  }

  private void skip(String any) {
    while (at < text.size() && any.indexOf(text.at(at)) >= 0) {
      at++;
    }
  }

  private int ordinalEnd(int from) {
    for (String end : new String[] {"st", "nd", "rd", "th"}) {
      if (text.has(from, end) && !Characters.isLatin(text.at(from + 2))) {
        return from + 2;
      }
    }
    return from;
  }

  private void weekday() {
    boolean open = text.at(at) == '(';
    int from = open ? at + 1 : at;
    int found = name(from, DAYS, DAY_ENDS);
    if (found >= 0) {
      at = nameEnd;
    } else if (text.has(from, "星期") || text.has(from, "礼拜")) {
      at = from + 3;
    } else if (text.at(from) == '周' || text.at(from) == '週') {
      at = from + 2;
    } else {
      return;
    }
    skip(open ? ")., " : "., ");
  }

  private int nameEnd;

  /** Returns the index of the name at {@code from}, short, long or {@code sept}; -1 if none. */
  private int name(int from, String[] names, String[] ends) {
    for (int i = 0; i < names.length; i++) {
      if (text.has(from, names[i])) {
        int next = from + names[i].length();
        if (text.has(next, ends[i])) {
          next += ends[i].length();
        } else if (i == 8 && text.at(next) == 't') {
          next++;
        } else if (names.length == 7 && text.has(next, i == 1 ? "s" : i == 3 ? "rs" : " ")) {
          next += i == 1 ? 1 : i == 3 ? 2 : 0;
        }
        if (!Characters.isLatin(text.at(next))) {
          nameEnd = next;
          return i;
        }
      }
    }
    return -1;
  }

  /** Returns whether the text read last holds a time of day. */
  public boolean hasTime() {
    return instant || time.isGiven();
  }

  /** Returns the day read last, as written, in days since 1970-01-01. */
  public long epochDay() {
    return instant
        ? Math.floorDiv(micros, 86_400_000_000L)
        : LocalDate.of(year, month, day).toEpochDay();
  }

  /** Returns the instant read last in microseconds since 1970; midnight where no time is given. */
  public long epochMicros() {
    if (instant) {
      return micros;
    }
    long local = epochDay() * 86_400_000_000L + time.micros();
    if (time.hasOffset()) {
      return local - time.offsetSeconds() * 1_000_000L;
    }
    return local - offset(local) * 1_000_000L;
  }

  private long offset(long local) {
    ZoneId zone = rules.zone();
    LocalDateTime wall =
        LocalDateTime.ofEpochSecond(Math.floorDiv(local, 1_000_000L), 0, java.time.ZoneOffset.UTC);
    return wall.atZone(zone).getOffset().getTotalSeconds();
  }
}
