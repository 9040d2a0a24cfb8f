package dev.quern.quality.date;

import dev.quern.quality.cell.Characters;
import org.jspecify.annotations.Nullable;

/** The time of day behind a date, of the same text. */
final class TimeText {
  private final Characters text;
  private int at;
  private int hour;
  private int minute;
  private int second;
  private int fraction;
  private int offset;
  private boolean given;
  private boolean offsetGiven;

  TimeText(Characters text) {
    this.text = text;
  }

  void clear() {
    set(0, 0, 0);
    given = false;
    offsetGiven = false;
    fraction = 0;
    offset = 0;
  }

  void set(int newHour, int newMinute, int newSecond) {
    hour = newHour;
    minute = newMinute;
    second = newSecond;
    given = true;
  }

  /** Reads from {@code from} on and returns where it stopped. */
  int read(int from) {
    at = from;
    int half = chineseHalf();
    skipSpaces();
    int hours = number(2);
    if (hours < 0) {
      return from;
    }
    set(hours, 0, 0);
    if (text.at(at) == ':') {
      clock();
    } else if (text.at(at) == '点'
        || text.at(at) == '點'
        || text.at(at) == '时'
        || text.at(at) == '時') {
      at++;
      chinese();
    } else if (half < 0 && !hasMeridiem()) {
      given = false;
      return from;
    }
    meridiem(half);
    zone();
    return at;
  }

  private void clock() {
    at++;
    minute = number(2);
    if (text.at(at) == ':') {
      at++;
      second = number(2);
      if ((text.at(at) == '.' || text.at(at) == ',') && Characters.isDigit(text.at(at + 1))) {
        at++;
        fraction();
      }
    }
  }

  private void fraction() {
    int digits = 0;
    while (Characters.isDigit(text.at(at))) {
      if (digits < 6) {
        fraction = 10 * fraction + text.at(at) - '0';
        digits++;
      }
      at++;
    }
    for (; digits < 6; digits++) {
      fraction *= 10;
    }
  }

  private void chinese() {
    if (text.at(at) == '半') {
      minute = 30;
      at++;
      return;
    }
    if (text.at(at) == '整') {
      at++;
      return;
    }
    int minutes = number(2);
    if (minutes >= 0) {
      minute = minutes;
      at += text.at(at) == '分' ? 1 : 0;
      int seconds = number(2);
      if (seconds >= 0) {
        second = seconds;
        at += text.at(at) == '秒' ? 1 : 0;
      }
    }
  }

  /** Returns 0 for words of the morning, 12 of the afternoon and evening, -1 for none. */
  private int chineseHalf() {
    String[] words = {"上午", "早上", "凌晨", "清晨", "中午", "下午", "傍晚", "晚上"};
    for (int i = 0; i < words.length; i++) {
      if (text.has(at, words[i])) {
        at += 2;
        return i < 4 ? 0 : 12;
      }
    }
    return -1;
  }

  private boolean hasMeridiem() {
    int next = text.at(at) == ' ' ? at + 1 : at;
    return (text.has(next, "a") || text.has(next, "p"))
        && (text.has(next + 1, "m") || text.has(next + 1, ".m"));
  }

  private void meridiem(int chineseHalf) {
    int half = chineseHalf;
    if (hasMeridiem()) {
      at += text.at(at) == ' ' ? 1 : 0;
      half = text.has(at, "a") ? 0 : 12;
      at += text.at(at + 1) == '.' ? 3 : 2;
      at += text.at(at) == '.' ? 1 : 0;
      hour = hour > 12 || hour == 0 ? -1 : hour;
    }
    if (half == 12 && hour >= 1 && hour < 12) {
      // 中午11点 is before noon.
      hour += chineseHalf == 12 && hour == 11 && isNoon() ? 0 : 12;
    } else if (half == 0 && hour == 12) {
      hour = 0;
    }
  }

  private boolean isNoon() {
    for (int i = 0; i < text.size(); i++) {
      if (text.has(i, "中午")) {
        return true;
      }
    }
    return false;
  }

  private void zone() {
    int next = text.at(at) == ' ' ? at + 1 : at;
    if (text.has(next, "Z")) {
      at = next + 1;
      offsetGiven = true;
    } else if (text.has(next, "UTC") || text.has(next, "GMT")) {
      at = next + 3;
      offsetGiven = true;
      signed();
    } else {
      int before = at;
      at = next;
      if (!signed()) {
        at = before;
      }
    }
  }

  private boolean signed() {
    int sign = text.at(at) == '+' ? 1 : text.at(at) == '-' ? -1 : 0;
    if (sign == 0) {
      return false;
    }
    at++;
    int hours = number(2);
    at += text.at(at) == ':' ? 1 : 0;
    int minutes = Characters.isDigit(text.at(at)) ? number(2) : 0;
    offset =
        hours < 0 || hours > 18 || minutes > 59 ? Integer.MAX_VALUE : hours * 3600 + minutes * 60;
    offset = offset == Integer.MAX_VALUE ? offset : sign * offset;
    offsetGiven = true;
    return true;
  }

  private void skipSpaces() {
    while (text.at(at) == ' ') {
      at++;
    }
  }

  /** Returns the number of at most {@code most} digits here, or -1. */
  private int number(int most) {
    int value = 0;
    int start = at;
    while (at - start < most && Characters.isDigit(text.at(at))) {
      value = 10 * value + text.at(at) - '0';
      at++;
    }
    return at > start ? value : -1;
  }

  boolean isGiven() {
    return given;
  }

  boolean hasOffset() {
    return offsetGiven;
  }

  int offsetSeconds() {
    return offset;
  }

  /** Returns the rule that the time breaks, or null; 24:00:00 is the end of the day. */
  @Nullable String rule() {
    boolean valid =
        hour >= 0
            && minute >= 0
            && second >= 0
            && minute < 60
            && second < 61
            && (hour < 24 || hour == 24 && minute == 0 && second == 0)
            && offset != Integer.MAX_VALUE;
    return valid ? null : "out_of_range";
  }

  long micros() {
    return ((hour * 60L + minute) * 60 + Math.min(second, 59)) * 1_000_000L + fraction;
  }
}
