package dev.quern.privacy.recognise.checksum;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Dates in texts, found and written again in the same pattern: year, month and day as numbers in
 * any usual order with any separators (2024-05-17, 17.5.2024, 05/17/2024, 2024年5月17日, 20240517,
 * 二〇二四年五月十七日), or with an English month name (17 May 2024, May 17, 2024), or a Chinese month
 * without a day (2024年5月), which counts as its first. Where day and month could be either, the
 * month comes first if slashes part them, else the day. Years of two digits lie in 1930–2029.
 */
public final class DateTexts {
  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private static final int PIVOT = 30;

  /** Kinds of characters. */
  private static final int DIGITS = 0;

  private static final int LETTERS = 1;
  private static final int HAN = 2;
  private static final int OTHERS = 3;

  /** Place of a day that is not written. */
  private static final int NO_DAY = -1;

  private DateTexts() {}

  private enum Role {
    YEAR,
    MONTH,
    DAY,
    NAME,
    NONE
  }

  private record Piece(String text, Role role) {
    Piece as(Role newRole) {
      return new Piece(text, newRole);
    }
  }

  /** A date and the pieces it was written in. */
  public static final class Dated {
    private final List<Piece> pieces;
    private final LocalDate date;

    private Dated(List<Piece> pieces, LocalDate date) {
      this.pieces = pieces;
      this.date = date;
    }

    /** Returns the date. */
    public LocalDate date() {
      return date;
    }

    /** Returns {@code other} in the pattern of this one. */
    public String written(LocalDate other) {
      StringBuilder out = new StringBuilder();
      for (Piece piece : pieces) {
        out.append(
            switch (piece.role()) {
              case YEAR -> year(piece.text(), other.getYear());
              case MONTH -> number(piece.text(), other.getMonthValue());
              case DAY -> number(piece.text(), other.getDayOfMonth());
              case NAME -> name(piece.text(), other.getMonthValue());
              case NONE -> piece.text();
            });
      }
      return out.toString();
    }

    private static String year(String like, int year) {
      int before = Math.max(0, year);
      if (like.charAt(0) > '9') {
        return HanNumbers.year(like, before);
      }
      return like.length() == 2 ? two(before % 100) : two(before / 100) + two(before % 100);
    }

    private static String number(String like, int number) {
      if (like.charAt(0) > '9') {
        return HanNumbers.tens(number);
      }
      return like.length() == 2 ? two(number) : Integer.toString(number);
    }

    private static String name(String like, int month) {
      String full = MONTHS.get(month - 1);
      boolean isShort =
          like.length() <= 4 && !like.equalsIgnoreCase("june") && !like.equalsIgnoreCase("july");
      String name = isShort ? full.substring(0, 3) : full;
      String titled = Character.toUpperCase(name.charAt(0)) + name.substring(1);
      if (like.equals(like.toUpperCase(Locale.ROOT))) {
        return titled.toUpperCase(Locale.ROOT);
      }
      return like.equals(like.toLowerCase(Locale.ROOT)) ? name : titled;
    }

    private static String two(int number) {
      return number < 10 ? "0" + number : Integer.toString(number);
    }
  }

  /** Returns the date that {@code text} writes, if it writes exactly one. */
  public static Optional<Dated> read(String text) {
    List<Piece> pieces = pieces(text);
    List<Integer> numbers = new ArrayList<>();
    int name = -1;
    for (int i = 0; i < pieces.size(); i++) {
      String piece = pieces.get(i).text();
      int kind = kind(piece.charAt(0));
      if (kind == DIGITS || kind == HAN) {
        numbers.add(i);
      } else if (month(piece) > 0) {
        name = i;
      }
    }
    if (numbers.size() == 1 && name < 0 && isCompact(pieces.get(numbers.get(0)).text())) {
      return compact(pieces, numbers.get(0));
    }
    Optional<int[]> places = name >= 0 ? named(pieces, numbers, name) : numeric(pieces, numbers);
    return places.flatMap(found -> dated(pieces, found));
  }

  private static boolean isCompact(String number) {
    return number.length() == 8 && number.charAt(0) <= '9';
  }

  private static Optional<Dated> compact(List<Piece> pieces, int at) {
    String digits = pieces.get(at).text();
    List<Piece> split = new ArrayList<>(pieces);
    split.remove(at);
    split.add(at, new Piece(digits.substring(6), Role.DAY));
    split.add(at, new Piece(digits.substring(4, 6), Role.MONTH));
    split.add(at, new Piece(digits.substring(0, 4), Role.YEAR));
    return dated(split, new int[] {at, at + 1, at + 2});
  }

  /** Places of year, month and day. */
  private static Optional<int[]> named(List<Piece> pieces, List<Integer> numbers, int name) {
    if (numbers.size() != 2) {
      return Optional.empty();
    }
    int first = numbers.get(0);
    int second = numbers.get(1);
    boolean isYearFirst = pieces.get(first).text().length() == 4;
    return Optional.of(
        isYearFirst ? new int[] {first, name, second} : new int[] {second, name, first});
  }

  private static Optional<int[]> numeric(List<Piece> pieces, List<Integer> numbers) {
    if (numbers.size() < 2) {
      return Optional.empty();
    }
    int a = numbers.get(0);
    int b = numbers.get(1);
    if (numbers.size() == 2) {
      boolean month = b + 1 < pieces.size() && pieces.get(b + 1).text().startsWith("月");
      return month ? Optional.of(new int[] {a, b, NO_DAY}) : Optional.empty();
    }
    int c = numbers.get(2);
    if (pieces.get(a).text().length() == 4) {
      return Optional.of(new int[] {a, b, c});
    }
    boolean isSlashed = pieces.get(a + 1).text().strip().equals("/");
    boolean isMonthFirst = isSlashed ? value(pieces, a) <= 12 : value(pieces, b) > 12;
    return Optional.of(isMonthFirst ? new int[] {c, a, b} : new int[] {c, b, a});
  }

  private static int value(List<Piece> pieces, int at) {
    String text = pieces.get(at).text();
    return text.length() > 4 ? Integer.MAX_VALUE : parsed(text);
  }

  private static int parsed(String number) {
    return number.charAt(0) <= '9' ? Integer.parseInt(number) : HanNumbers.value(number);
  }

  private static Optional<Dated> dated(List<Piece> pieces, int[] places) {
    String year = pieces.get(places[0]).text();
    String month = pieces.get(places[1]).text();
    int day = places[2] == NO_DAY ? 1 : value(pieces, places[2]);
    if (year.length() != 4 && year.length() != 2 || day > 31) {
      return Optional.empty();
    }
    int written = parsed(year);
    int full = year.length() == 4 ? written : written < PIVOT ? 2000 + written : 1900 + written;
    int named = month(month);
    try {
      int number = named > 0 ? named : value(pieces, places[1]);
      LocalDate date = LocalDate.of(full, number, day);
      List<Piece> roles = new ArrayList<>(pieces);
      roles.set(places[0], roles.get(places[0]).as(Role.YEAR));
      roles.set(places[1], roles.get(places[1]).as(named > 0 ? Role.NAME : Role.MONTH));
      if (places[2] != NO_DAY) {
        roles.set(places[2], roles.get(places[2]).as(Role.DAY));
      }
      return Optional.of(new Dated(roles, date));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int month(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    for (int i = 0; i < MONTHS.size(); i++) {
      boolean isShort =
          lower.length() >= 3 && lower.length() <= 4 && MONTHS.get(i).startsWith(lower);
      if (isShort || lower.equals(MONTHS.get(i)) || lower.equals("sept") && i == 8) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Runs of digits, runs of letters, and what lies between. */
  private static List<Piece> pieces(String text) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int kind = kind(text.charAt(at));
      int end = at;
      while (end < text.length() && kind(text.charAt(end)) == kind) {
        end++;
      }
      pieces.add(new Piece(text.substring(at, end), Role.NONE));
      at = end;
    }
    return pieces;
  }

  private static int kind(char sign) {
    boolean isLatin = sign >= 'a' && sign <= 'z' || sign >= 'A' && sign <= 'Z';
    if (sign >= '0' && sign <= '9') {
      return DIGITS;
    }
    return isLatin ? LETTERS : sign > 0x7f && HanNumbers.isOf(sign) ? HAN : OTHERS;
  }
}
