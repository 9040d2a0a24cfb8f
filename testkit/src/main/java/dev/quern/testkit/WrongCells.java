package dev.quern.testkit;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A table with errors put in, by a seed: for measuring what finds them.
 *
 * <p>Each error takes a kind and a cell at random, and another cell where the kind cannot strike
 * that one. Cells that are missing to begin with (null or one of the tokens) are left alone. Both
 * cells of a swap count.
 */
public final class WrongCells {
  private static final List<String> TOKENS =
      List.of("N/A", "?", "-", "999", "none", "null", "NaN", "unknown");

  private static final Set<String> MISSING = Set.of("N/A", "NA", "?", "null", "NaN");
  private static final List<String> UNITS = List.of(" kg", " cm", "lb", " USD", "%", " oz");
  private static final List<String> FACTORS = List.of("1000", "2.54", "0.45");

  private final List<@Nullable String[]> clean;
  private final List<@Nullable String[]> rows = new ArrayList<>();
  private final Map<Cell, Kind> wrong = new LinkedHashMap<>();
  private final SplittableRandom random;
  private final int fields;
  private final List<Spread> spreads = new ArrayList<>();

  /** What is done to a cell. */
  public enum Kind {
    /** A character replaced, put in, left out or swapped; in numbers a letter put in. */
    TYPO,
    /** The cells of two fields of a row change places. */
    SWAPPED,
    /** A number times 1000, 2.54 or 0.45, or with a unit behind it. */
    UNIT,
    /** A text that stands for a missing value. */
    MISSING,
    /** A value that another field determines becomes another value of its field. */
    DEPENDENCY,
    /** A number 6 to 20 standard deviations off the mean. */
    OUTLIER
  }

  /** A cell of the table. */
  public record Cell(int row, int field) {}

  private record Spread(double mean, double deviation, int decimals) {}

  private WrongCells(List<@Nullable String[]> clean, long seed) {
    this.clean = clean;
    this.random = new SplittableRandom(seed);
    this.fields = clean.get(0).length;
    for (@Nullable String[] row : clean) {
      rows.add(row.clone());
    }
    for (int field = 0; field < fields; field++) {
      spreads.add(spread(field));
    }
  }

  /** Returns {@code clean} with errors of all kinds in the share {@code rate} of its cells. */
  public static WrongCells in(List<@Nullable String[]> clean, long seed, double rate) {
    WrongCells made = new WrongCells(clean, seed);
    List<Integer> determined = made.determined();
    List<Kind> kinds = new ArrayList<>(List.of(Kind.values()));
    if (determined.isEmpty()) {
      kinds.remove(Kind.DEPENDENCY);
    }
    long wanted = Math.round(rate * clean.size() * made.fields);
    for (long tries = 0; made.wrong.size() < wanted && tries < 50 * wanted; tries++) {
      Kind kind = kinds.get(made.random.nextInt(kinds.size()));
      int row = made.random.nextInt(clean.size());
      int field =
          kind == Kind.DEPENDENCY
              ? determined.get(made.random.nextInt(determined.size()))
              : made.random.nextInt(made.fields);
      made.strike(kind, new Cell(row, field));
    }
    return made;
  }

  /** Returns the rows with the errors. */
  public List<@Nullable String[]> rows() {
    return rows;
  }

  /** Returns the cells that were made wrong, in the order they were. */
  public Map<Cell, Kind> wrong() {
    return wrong;
  }

  /** Returns how many cells of each kind there are. */
  public Map<Kind, Integer> counts() {
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    wrong.values().forEach(kind -> counts.merge(kind, 1, Integer::sum));
    return counts;
  }

  /** Returns whether {@code cell} holds no value to begin with. */
  public static boolean isMissing(@Nullable String cell) {
    return cell == null || MISSING.contains(cell);
  }

  private void strike(Kind kind, Cell cell) {
    @Nullable String[] row = rows.get(cell.row());
    String value = row[cell.field()];
    if (value == null || isMissing(value) || wrong.containsKey(cell)) {
      return;
    }
    if (kind == Kind.SWAPPED) {
      swap(row, cell);
      return;
    }
    Spread spread = spreads.get(cell.field());
    String struck =
        switch (kind) {
          case TYPO -> typo(value);
          case UNIT -> spread.deviation() > 0 && isNumber(value) ? unit(value) : value;
          case MISSING -> TOKENS.get(random.nextInt(TOKENS.size()));
          case DEPENDENCY -> clean.get(random.nextInt(clean.size()))[cell.field()];
          case OUTLIER -> spread.deviation() > 0 ? outlier(spread) : value;
          case SWAPPED -> value;
        };
    if (struck != null && !struck.equals(value)) {
      row[cell.field()] = struck;
      wrong.put(cell, kind);
    }
  }

  private void swap(@Nullable String[] row, Cell cell) {
    Cell other = new Cell(cell.row(), random.nextInt(fields));
    String value = row[cell.field()];
    String second = row[other.field()];
    if (!isMissing(second) && !Objects.equals(value, second) && !wrong.containsKey(other)) {
      row[cell.field()] = second;
      row[other.field()] = value;
      wrong.put(cell, Kind.SWAPPED);
      wrong.put(other, Kind.SWAPPED);
    }
  }

  private String typo(String value) {
    boolean number = isNumber(value);
    if (value.length() < (number ? 2 : 3)) {
      return value;
    }
    int at = random.nextInt(value.length());
    char letter = (char) ('a' + random.nextInt(26));
    return switch (random.nextInt(number ? 2 : 4)) {
      case 0 -> value.substring(0, at) + letter + value.substring(at + 1);
      case 1 -> value.substring(0, at) + letter + value.substring(at);
      case 2 -> value.substring(0, at) + value.substring(at + 1);
      default -> {
        int from = Math.min(at, value.length() - 2);
        yield value.substring(0, from)
            + value.charAt(from + 1)
            + value.charAt(from)
            + value.substring(from + 2);
      }
    };
  }

  private String unit(String value) {
    if (random.nextBoolean()) {
      return value + UNITS.get(random.nextInt(UNITS.size()));
    }
    BigDecimal factor = new BigDecimal(FACTORS.get(random.nextInt(FACTORS.size())));
    BigDecimal number = new BigDecimal(value);
    return number.signum() == 0
        ? value
        : number.multiply(factor).stripTrailingZeros().toPlainString();
  }

  private String outlier(Spread spread) {
    double far = (6 + 14 * random.nextDouble()) * spread.deviation();
    double number = spread.mean() + (random.nextBoolean() ? far : -far);
    return String.format(Locale.ROOT, "%." + spread.decimals() + "f", number);
  }

  private static boolean isNumber(String value) {
    return value.matches("[+-]?[0-9]*\\.?[0-9]+|[+-]?[0-9]+\\.");
  }

  /** Mean and deviation of a field of numbers; deviation 0 where it holds texts. */
  private Spread spread(int field) {
    double sum = 0;
    double squares = 0;
    int numbers = 0;
    int present = 0;
    int decimals = 0;
    for (@Nullable String[] row : clean) {
      String value = row[field];
      if (value != null && !isMissing(value)) {
        present++;
        if (isNumber(value)) {
          double number = Double.parseDouble(value);
          sum += number;
          squares += number * number;
          numbers++;
          int point = value.indexOf('.');
          decimals = Math.max(decimals, point < 0 ? 0 : Math.min(6, value.length() - point - 1));
        }
      }
    }
    if (numbers == 0 || numbers < 0.95 * present) {
      return new Spread(0, 0, 0);
    }
    double mean = sum / numbers;
    double variance = Math.max(0, squares / numbers - mean * mean);
    return new Spread(mean, Math.sqrt(variance), decimals);
  }

  /** Fields that another determines in 99 % of the rows that share their value with two others. */
  private List<Integer> determined() {
    List<Integer> found = new ArrayList<>();
    for (int right = 0; right < fields; right++) {
      boolean any = false;
      for (int left = 0; left < fields && !any; left++) {
        any = left != right && determines(left, right);
      }
      if (any) {
        found.add(right);
      }
    }
    return found;
  }

  private boolean determines(int left, int right) {
    Map<String, Map<String, Integer>> groups = new HashMap<>();
    Map<String, Integer> all = new HashMap<>();
    for (@Nullable String[] row : clean) {
      String key = row[left];
      String value = row[right];
      if (key != null && value != null) {
        groups.computeIfAbsent(key, k -> new HashMap<>()).merge(value, 1, Integer::sum);
        all.merge(value, 1, Integer::sum);
      }
    }
    int kept = 0;
    int broken = 0;
    for (Map<String, Integer> group : groups.values()) {
      int size = 0;
      int most = 0;
      for (int count : group.values()) {
        size += count;
        most = Math.max(most, count);
      }
      if (size >= 3) {
        kept += size;
        broken += size - most;
      }
    }
    int top = all.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return all.size() > 1
        && kept >= clean.size() / 2
        && broken <= 0.01 * kept
        && top < 0.8 * clean.size();
  }
}
