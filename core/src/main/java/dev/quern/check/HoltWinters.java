package dev.quern.check;

/**
 * Additive triple exponential smoothing (Holt 1957, Winters 1960), one step ahead.
 *
 * <p>With level l, trend b, seasonal term s and m versions in a season: forecast = l + b + s(t−m);
 * l' = α (y − s(t−m)) + (1−α)(l + b); b' = β (l' − l) + (1−β) b; s'(t) = γ (y − l − b) + (1−γ)
 * s(t−m). It begins with l = mean of the first season, b = (mean of the second − l) / m, s = first
 * season − l. α, β and γ in [0, 1] minimise the sum of squared one-step errors: the best point of a
 * grid of 0.1, refined by halving steps.
 */
final class HoltWinters {
  private static final int GRID = 10;
  private static final double FINEST = 1e-3;

  private final double forecast;
  private final double deviation;

  private HoltWinters(double forecast, double deviation) {
    this.forecast = forecast;
    this.deviation = deviation;
  }

  /** Returns the model of {@code values}, at least two seasons of {@code period}. */
  static HoltWinters fitted(double[] values, int period) {
    double[] best = grid(values, period);
    double least = smoothed(values, period, best).squares;
    for (double step = 0.5 / GRID; step >= FINEST; step /= 2) {
      for (int i = 0; i < best.length; i++) {
        for (double sign = -1; sign <= 1; sign += 2) {
          double[] tried = best.clone();
          tried[i] = Math.max(0, Math.min(1, tried[i] + sign * step));
          double squares = smoothed(values, period, tried).squares;
          if (squares < least) {
            least = squares;
            best = tried;
          }
        }
      }
    }
    return with(values, period, best[0], best[1], best[2]);
  }

  /** Returns the model with given factors. */
  static HoltWinters with(double[] values, int period, double alpha, double beta, double gamma) {
    Smoothed smoothed = smoothed(values, period, new double[] {alpha, beta, gamma});
    return new HoltWinters(
        smoothed.forecast, Math.sqrt(smoothed.squares / Math.max(1, values.length - 1)));
  }

  private static double[] grid(double[] values, int period) {
    double[] best = {0, 0, 0};
    double least = Double.POSITIVE_INFINITY;
    for (int a = 0; a <= GRID; a++) {
      for (int b = 0; b <= GRID; b++) {
        for (int c = 0; c <= GRID; c++) {
          double[] tried = {(double) a / GRID, (double) b / GRID, (double) c / GRID};
          double squares = smoothed(values, period, tried).squares;
          if (squares < least) {
            least = squares;
            best = tried;
          }
        }
      }
    }
    return best;
  }

  /** The forecast behind the last value, and the squared errors of those before. */
  private record Smoothed(double forecast, double squares) {}

  private static Smoothed smoothed(double[] values, int period, double[] factors) {
    double level = mean(values, 0, period);
    double trend = (mean(values, period, 2 * period) - level) / period;
    double[] season = new double[period];
    for (int i = 0; i < period; i++) {
      season[i] = values[i] - level;
    }
    double squares = 0;
    for (int t = 0; t < values.length; t++) {
      double seasonal = season[t % period];
      double error = values[t] - (level + trend + seasonal);
      squares += error * error;
      double before = level;
      level = factors[0] * (values[t] - seasonal) + (1 - factors[0]) * (before + trend);
      season[t % period] = factors[2] * (values[t] - before - trend) + (1 - factors[2]) * seasonal;
      trend = factors[1] * (level - before) + (1 - factors[1]) * trend;
    }
    return new Smoothed(level + trend + season[values.length % period], squares);
  }

  private static double mean(double[] values, int start, int end) {
    double sum = 0;
    for (int i = start; i < end; i++) {
      sum += values[i];
    }
    return sum / (end - start);
  }

  /** Returns the forecast of the next value. */
  double forecast() {
    return forecast;
  }

  /** Returns how many standard deviations of the forecasts {@code value} lies above the next. */
  double deviations(double value) {
    return Anomaly.over(value - forecast, deviation);
  }
}
