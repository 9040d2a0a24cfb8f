package dev.quern.quality.repair;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the cells of a field are written: numbers, with a unit or without, or texts.
 *
 * @param number whether the field holds numbers
 * @param suffix what follows the number in nearly all cells; empty for bare numbers
 * @param mixed whether cells carry several units or spellings, so that all are stripped
 * @param atoms texts that are values of the field of numbers ({@code none} of an option)
 * @param units suffixes that occur often enough not to be accidents
 * @param frequentTokens whether texts like {@code none} are values here
 */
record Format(
    boolean number,
    String suffix,
    boolean mixed,
    Set<String> atoms,
    Set<String> units,
    boolean frequentTokens) {

  private static final double NUMBERS = 0.8;
  private static final double DOMINANT = 0.9;
  private static final double ATOM = 0.02;
  private static final int MOST_UNITS = 6;
  private static final Set<String> KNOWN_UNITS =
      Set.of(
          "%",
          "kg", "g", "mg", "lb", "lbs", "oz", "cm", "mm", "m", "km", "mi", "in", "ft", "ml", "l",
          "kmh", "mph", "hpa", "pa", "bar", "usd", "eur", "$", "€", "£", "°c", "°f", "yrs", "years",
          "year", "yr", "h", "hrs", "hours", "min", "minutes", "s", "sec", "days", "units", "pcs",
          "ppm", "inch", "inches", "miles", "pounds", "grams", "liters", "litres");

  /** Learns the format of {@code field}. */
  static Format learn(Table table, int field) {
    List<String> values = table.values(field);
    int[] counts = table.counts(field);
    long total = 0;
    long numbers = 0;
    long often = 0;
    long tokens = 0;
    Map<String, Long> suffixes = new HashMap<>();
    Set<String> atoms = new HashSet<>();
    for (int code = 0; code < counts.length; code++) {
      String text = values.get(code);
      if (MissingTokens.always(text)) {
        tokens += counts[code];
        continue;
      }
      if (MissingTokens.often(text)) {
        often += counts[code];
      }
      total += counts[code];
      Measure measure = Measure.of(text);
      if (measure != null && plausible(measure)) {
        numbers += counts[code];
        suffixes.merge(measure.suffix(), (long) counts[code], Long::sum);
      } else if (counts[code] >= 5 && counts[code] >= ATOM * table.rows()) {
        if (!MissingTokens.often(text)) {
          atoms.add(text);
        }
      }
    }
    long inAtoms = 0;
    for (int code = 0; code < counts.length; code++) {
      inAtoms += atoms.contains(values.get(code)) ? counts[code] : 0;
    }
    // Numbers of which many are missing are numbers still.
    long present = total - often;
    boolean number =
        numbers >= 20 && numbers >= NUMBERS * (present - inAtoms) && numbers >= 0.3 * present;
    if (!number || !fewUnits(suffixes, numbers)) {
      return new Format(false, "", false, Set.of(), Set.of(), often >= 5 && often > ATOM * total);
    }
    return number(suffixes, numbers, atoms);
  }

  private static Format number(Map<String, Long> suffixes, long numbers, Set<String> atoms) {
    String dominant = "";
    Set<String> units = new HashSet<>();
    for (Map.Entry<String, Long> entry : suffixes.entrySet()) {
      long best = suffixes.getOrDefault(dominant, 0L);
      long count = entry.getValue();
      if (count > best || count == best && entry.getKey().compareTo(dominant) < 0) {
        dominant = entry.getKey();
      }
      if (count >= 5 && count >= 0.002 * numbers) {
        units.add(entry.getKey());
      }
    }
    boolean one = suffixes.getOrDefault(dominant, 0L) >= DOMINANT * numbers;
    return new Format(true, one ? dominant : "", !one, atoms, units, false);
  }

  /** Numbers that carry ever other words are texts: {@code 101 sivley rd}. */
  private static boolean fewUnits(Map<String, Long> suffixes, long numbers) {
    long most =
        suffixes.values().stream()
            .sorted(java.util.Comparator.reverseOrder())
            .limit(MOST_UNITS)
            .mapToLong(Long::longValue)
            .sum();
    return most >= DOMINANT * numbers;
  }

  /** A suffix that is as long as a sentence makes a text of the number: {@code 1720 blvd …}. */
  private static boolean plausible(Measure measure) {
    String suffix = measure.suffix();
    return suffix.length() <= 16 && suffix.chars().noneMatch(c -> c >= '0' && c <= '9');
  }

  /** Judges one cell of the field at {@code position}; null where it is written as it should. */
  @Nullable Finding judge(int position, String text) {
    if (MissingTokens.always(text)) {
      return Finding.impossible(position, Rule.MISSING_TOKEN, 0.99);
    }
    if (MissingTokens.often(text) && (number || !frequentTokens)) {
      return Finding.impossible(position, Rule.MISSING_TOKEN, number ? 0.99 : 0.9);
    }
    if (!number || atoms.contains(text)) {
      return null;
    }
    Measure measure = Measure.of(text);
    if (measure == null) {
      return Finding.impossible(position, Rule.FORMAT, 0.95);
    }
    if (measure.suffix().equals(suffix)) {
      return suffix.isEmpty() && measure.isNoisy() && mixed
          ? Finding.repaired(position, Rule.FORMAT, 0.9, measure.plain())
          : null;
    }
    return odd(position, measure);
  }

  /** Returns whether {@code text} is a number written as it should, or one of the atoms. */
  boolean fits(String text) {
    if (!number || atoms.contains(text)) {
      return number;
    }
    Measure measure = Measure.of(text);
    return measure != null && measure.suffix().equals(suffix);
  }

  private Finding odd(int position, Measure measure) {
    String found = measure.suffix();
    if (found.isEmpty()) {
      return Finding.repaired(position, Rule.UNIT, 0.9, measure.digits() + suffix);
    }
    if (isUnit(found)) {
      return Finding.repaired(position, Rule.UNIT, 0.95, measure.plain() + suffix);
    }
    if (!suffix.isEmpty()
        && new EditDistance().of(found, suffix, suffix.length() / 3) <= suffix.length() / 3
        && found.length() <= suffix.length()) {
      return Finding.repaired(position, Rule.TYPO, 0.9, measure.digits() + suffix);
    }
    return Finding.impossible(position, Rule.FORMAT, 0.95);
  }

  private boolean isUnit(String found) {
    if (units.contains(found)) {
      return true;
    }
    String unit = found.replaceAll("[\\s.]", "").toLowerCase(java.util.Locale.ROOT);
    boolean spaced = Character.isWhitespace(found.charAt(0));
    boolean known = KNOWN_UNITS.contains(unit);
    return known && (spaced || unit.length() > 1 || !Character.isLetter(unit.charAt(0)));
  }
}
