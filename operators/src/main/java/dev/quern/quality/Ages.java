package dev.quern.quality;

/** What follows from the ages of samples as of one moment, with bounds where ages are intervals. */
final class Ages {
  private final double now;
  private final double ttl;
  private final double exponent;
  private final Bounds currency = new Bounds();
  private boolean clamped;

  /** Samples no older than the ttl. */
  final Bounds upToDate = new Bounds();

  /** Samples after the moment. */
  final Bounds ahead = new Bounds();

  /** A sum that lies in [low, high]; {@code middle} is the estimate. */
  static final class Bounds {
    double low;
    double middle;
    double high;

    private void add(double least, double most, double estimate) {
      low += least;
      high += most;
      middle += estimate;
    }
  }

  Ages(long now, long ttl, double exponent) {
    this.now = now;
    this.ttl = ttl;
    this.exponent = exponent;
  }

  /** Adds {@code count} samples that happened in [from, to], in µs. */
  void add(long from, long to, long count) {
    double oldest = now - from;
    double youngest = now - to;
    double inside = to == from ? 0 : 1.0 / ((double) to - from);
    double fresh = oldest <= ttl ? 1 : youngest > ttl ? 0 : (ttl - youngest) * inside;
    upToDate.add(oldest <= ttl ? count : 0, youngest <= ttl ? count : 0, Math.rint(fresh * count));
    double late = youngest >= 0 ? 0 : oldest < 0 ? 1 : -youngest * inside;
    ahead.add(oldest < 0 ? count : 0, youngest < 0 ? count : 0, Math.rint(late * count));
    clamped |= oldest > ttl || youngest < 0;
    double least = current(oldest);
    double most = current(youngest);
    currency.add(least * count, most * count, (least + most) / 2 * count);
  }

  private double current(double age) {
    double left = Math.max(0, Math.min(1, 1 - age / ttl));
    return exponent == 1 ? left : Math.pow(left, exponent);
  }

  /** Returns the sum of currencies: from the sum of times where that tells it, so exactly. */
  Bounds currency(EventTimes times, long n) {
    if (exponent == 1 && !clamped && n > 0) {
      double sum = n * (1 - (now - times.sum() / n) / ttl);
      currency.middle = Math.max(currency.low, Math.min(currency.high, sum));
    }
    return currency;
  }
}
