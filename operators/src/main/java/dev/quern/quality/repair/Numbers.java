package dev.quern.quality.repair;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers far outside their field, and numbers in another unit.
 *
 * @param formats how the fields are written
 * @param fields the numbers of each field; absent where it holds texts
 */
record Numbers(List<Format> formats, List<@Nullable Distribution> fields) {
  private static final double EXPECTED = 0.05;
  private static final String[] SCALES = {"1000", "0.001", "100", "0.01"};

  /** Inches, pounds, feet, miles, ounces, gallons, calories and back, as people round them. */
  private static final String[] FACTORS = {
    "2.54", "0.45", "0.454", "0.4536", "0.453592", "0.45359237", "2.2", "2.205", "2.2046",
    "2.20462", "0.3048", "3.28", "3.281", "3.2808", "3.28084", "1.609", "1.6093", "1.60934",
    "1.609344", "0.621", "0.6214", "0.62137", "0.621371", "28.35", "28.3495", "3.785", "3.7854",
    "3.78541", "25.4", "0.0254", "0.3937", "0.393701", "0.9144", "4.184", "1.8"
  };

  static Numbers learn(Table table, List<Format> formats) {
    List<@Nullable Distribution> fields = new ArrayList<>();
    for (int field = 0; field < table.fields(); field++) {
      Distribution numbers =
          formats.get(field).number() ? Distribution.learn(table, field, formats.get(field)) : null;
      fields.add(numbers != null && numbers.isKnown() ? numbers.tested(table, field) : null);
    }
    return new Numbers(formats, fields);
  }

  /** Adds what is wrong in {@code row}. */
  void judge(@Nullable String[] row, List<Finding> findings) {
    for (int field = 0; field < row.length; field++) {
      Distribution numbers = fields.get(field);
      String cell = row[field];
      if (numbers != null
          && cell != null
          && formats.get(field).fits(cell)
          && !formats.get(field).atoms().contains(cell)) {
        Measure measure = Measure.of(cell);
        Finding finding = measure == null ? null : judge(field, numbers, measure);
        if (finding != null) {
          findings.add(finding);
        }
      }
    }
  }

  private @Nullable Finding judge(int field, Distribution numbers, Measure measure) {
    double expected = numbers.expectedBeyond(measure.value());
    boolean far = expected < EXPECTED;
    if (far && MissingTokens.number(measure.digits())) {
      return Finding.impossible(field, Rule.MISSING_TOKEN, 0.95);
    }
    String origin = converted(numbers, measure, far);
    if (origin != null) {
      double sure = numbers.units();
      if (far || sure >= 0.8) {
        return new Finding(
            field,
            Rule.UNIT,
            far ? 0.95 : sure,
            far ? 0.7 : sure,
            origin + measure.suffix(),
            false);
      }
    }
    if (far) {
      return Finding.doubtful(field, Rule.OUTLIER, 1 - expected);
    }
    return null;
  }

  /**
   * Returns the number in the field's unit: divided by a factor that makes a number of too many
   * decimals one of the field's, or one of far outside an ordinary one; null where there is none.
   */
  static @Nullable String converted(Distribution numbers, Measure measure, boolean far) {
    String plain = measure.plain();
    if (Distribution.decimals(plain) > numbers.decimals()) {
      for (String factor : FACTORS) {
        String written = origin(numbers, measure.value(), plain, factor);
        if (written != null) {
          return written;
        }
      }
    }
    if (far) {
      for (String factor : SCALES) {
        String written = origin(numbers, measure.value(), plain, factor);
        if (written != null) {
          return written;
        }
      }
    }
    return null;
  }

  private static @Nullable String origin(
      Distribution numbers, double value, String plain, String factor) {
    double origin = value / Double.parseDouble(factor);
    if (numbers.near(origin) * numbers.count() < 1) {
      return null;
    }
    String written = numbers.written(origin);
    BigDecimal back = new BigDecimal(written).multiply(new BigDecimal(factor));
    return Measure.plain(back).equals(plain) ? written : null;
  }
}
