package dev.quern.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a metric lies from its values in earlier versions.
 *
 * @param kind how the distance is measured
 * @param period versions in a season, for HOLT_WINTERS; 1 for all others
 */
public record Anomaly(Kind kind, int period) {
  private static final double SECONDS_PER_DAY = 86_400;

  /** Deviations beyond which ONLINE_NORMAL learns nothing from a value. */
  private static final double LEARNT_WITHIN = 3;

  /** 1 / Φ⁻¹(3/4): makes the median absolute deviation one standard deviation of a normal. */
  private static final double PER_MAD = 1.4826;

  /** Makes the mean absolute deviation one standard deviation of a normal: √(π/2). */
  private static final double PER_MEAN_DEVIATION = Math.sqrt(Math.PI / 2);

  /** How a distance is measured; v is the value, p that of the version before. */
  public enum Kind {
    /** v itself. */
    THRESHOLD(0, "value"),
    /** v − p. */
    ABSOLUTE_CHANGE(1, "change of the value"),
    /** (v − p) / |p|. */
    RELATIVE_CHANGE(1, "change, fraction of the value before"),
    /** (v − p) / days between the versions. */
    RATE_OF_CHANGE(1, "change per day"),
    /**
     * (v − μ) / σ, where mean and deviation are updated version by version (Welford 1962) and
     * values beyond 3 σ of what was learnt before them are left out.
     */
    ONLINE_NORMAL(3, "standard deviations"),
    /** (v − μ) / σ over all earlier values, σ with n − 1. */
    BATCH_NORMAL(2, "standard deviations"),
    /**
     * (v − median) / (1.4826 · median absolute deviation): the modified z-score of Iglewicz and
     * Hoaglin 1993; where more than half of the values are equal, by the mean absolute deviation.
     */
    ROBUST(5, "robust standard deviations"),
    /** (v − forecast) / deviation of the forecasts before, see {@link HoltWinters}. */
    HOLT_WINTERS(0, "standard deviations of the forecast");

    private final int needs;
    private final String unit;

    Kind(int needs, String unit) {
      this.needs = needs;
      this.unit = unit;
    }

    /** Returns how it stands in recipes. */
    public String written() {
      return name().toLowerCase(Locale.ROOT);
    }

    static List<String> names() {
      return Arrays.stream(values()).map(Kind::written).toList();
    }

    static Optional<Kind> find(String written) {
      return Arrays.stream(values()).filter(kind -> kind.written().equals(written)).findFirst();
    }
  }

  /** Returns how many earlier versions are needed. */
  public int needs() {
    return kind == Kind.HOLT_WINTERS ? 2 * period : kind.needs;
  }

  /** Returns the unit of the distance. */
  public String unit() {
    return kind.unit;
  }

  /** Returns how it stands in names of checks and in messages. */
  public String written() {
    return kind == Kind.HOLT_WINTERS ? kind.written() + " of " + period : kind.written();
  }

  /**
   * Returns how far {@code value} of {@code moment} lies from {@code history}: 0 where it is as
   * ever, infinite where it differs from what never varied; empty where there are too few versions.
   */
  public Optional<Double> distance(double value, Instant moment, History history) {
    double[] past = history.numbers();
    if (past.length < needs()) {
      return Optional.empty();
    }
    double before = past.length == 0 ? Double.NaN : past[past.length - 1];
    return Optional.of(
        switch (kind) {
          case THRESHOLD -> value;
          case ABSOLUTE_CHANGE -> value - before;
          case RELATIVE_CHANGE -> over(value - before, Math.abs(before));
          case RATE_OF_CHANGE -> over(value - before, days(history, moment));
          case ONLINE_NORMAL -> online(value, past);
          case BATCH_NORMAL -> batch(value, past);
          case ROBUST -> robust(value, past);
          case HOLT_WINTERS -> HoltWinters.fitted(past, period).deviations(value);
        });
  }

  private static double days(History history, Instant moment) {
    Instant last = history.values().get(history.values().size() - 1).moment();
    return Duration.between(last, moment).toMillis() / 1000.0 / SECONDS_PER_DAY;
  }

  /** Returns the quotient, 0 for no difference from what has no spread. */
  static double over(double difference, double scale) {
    return difference == 0 ? 0 : difference / Math.abs(scale);
  }

  private static double online(double value, double[] past) {
    double mean = 0;
    double squares = 0;
    int n = 0;
    for (double seen : past) {
      double deviation = n < 2 ? 0 : Math.sqrt(squares / (n - 1));
      if (n >= Kind.ONLINE_NORMAL.needs && Math.abs(seen - mean) > LEARNT_WITHIN * deviation) {
        continue;
      }
      n++;
      double from = n == 1 ? seen : difference(seen, mean);
      mean += from / n;
      squares += n == 1 ? 0 : from * difference(seen, mean);
    }
    return over(difference(value, mean), Math.sqrt(squares / Math.max(1, n - 1)));
  }

  private static double batch(double value, double[] past) {
    double mean = Arrays.stream(past).average().orElse(Double.NaN);
    double squares = Arrays.stream(past).map(p -> difference(p, mean) * difference(p, mean)).sum();
    return over(difference(value, mean), Math.sqrt(squares / (past.length - 1)));
  }

  /** Returns the difference, 0 within the rounding of a mean. */
  private static double difference(double value, double mean) {
    return Math.abs(value - mean) <= 4 * Math.ulp(mean) ? 0 : value - mean;
  }

  private static double robust(double value, double[] past) {
    double median = median(past);
    double[] distances = Arrays.stream(past).map(p -> Math.abs(p - median)).toArray();
    double spread = PER_MAD * median(distances);
    if (spread == 0) {
      spread = PER_MEAN_DEVIATION * Arrays.stream(distances).average().orElse(0);
    }
    return over(value - median, spread);
  }

  /** Returns the median of {@code numbers}, at least one. */
  public static double median(double[] numbers) {
    double[] sorted = numbers.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
