package dev.quern.privacy.anonymity;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * Estimates which fraction of a population is unique by its quasi-identifiers, from a sample of it.
 *
 * <p>NaN where an estimator has no solution for these class sizes.
 */
public final class PopulationUniqueness {
  private static final int ROUNDS = 300;
  private static final double SMALL = 1e-10;

  private final TreeMap<Long, Long> classesBySize = new TreeMap<>();
  private final double fraction;
  private final double samples;
  private final double classes;
  private final double unique;

  /**
   * Makes the estimators.
   *
   * @param sizes samples of each class
   * @param fraction of the population that is in the sample, in (0, 1]
   */
  public PopulationUniqueness(long[] sizes, double fraction) {
    if (!(fraction > 0 && fraction <= 1)) {
      throw new IllegalArgumentException(
          "fraction must be in (0, 1] (sampled part of the population); found: " + fraction);
    }
    this.fraction = fraction;
    for (long size : sizes) {
      classesBySize.merge(size, 1L, Long::sum);
    }
    samples = Arrays.stream(sizes).sum();
    classes = sizes.length;
    unique = classesBySize.getOrDefault(1L, 0L);
  }

  /** Returns the number of people in the population. */
  private double population() {
    return samples / fraction;
  }

  /**
   * The rule of Dankar, El Emam, Neisa and Roffey (2012): up to a sampled fraction of 0.1 Pitman's
   * model, above the smaller of Zayatz and SNB; Zayatz where the model has no solution. The whole
   * population is its own answer.
   */
  public double dankar() {
    if (samples == 0 || unique == 0) {
      return 0;
    }
    if (fraction == 1) {
      return unique / samples;
    }
    double zayatz = zayatz();
    double other = fraction <= 0.1 ? pitman() : snb();
    if (Double.isNaN(other)) {
      return zayatz;
    }
    return fraction <= 0.1 ? other : Math.min(zayatz, other);
  }

  /**
   * Zayatz (1991): P(unique in the population | unique in the sample), the sizes of the
   * population's classes being spread as those of the sample, times the sample's uniqueness.
   */
  public double zayatz() {
    if (samples == 0 || unique == 0) {
      return 0;
    }
    double all = Math.round(population());
    double sum = 0;
    double alone = 0;
    for (var entry : classesBySize.entrySet()) {
      double share = entry.getValue() / classes * drawnOnce(entry.getKey(), all);
      sum += share;
      alone = entry.getKey() == 1 ? share : alone;
    }
    return alone / sum * unique / samples;
  }

  /** P(exactly one of {@code size} members is among the samples): hypergeometric. */
  private double drawnOnce(double size, double all) {
    if (all - size < samples - 1) {
      return 0;
    }
    return Math.exp(Math.log(size) + logChoose(all - size, samples - 1) - logChoose(all, samples));
  }

  private static double logChoose(double n, double k) {
    return LogGamma.of(n + 1) - LogGamma.of(k + 1) - LogGamma.of(n - k + 1);
  }

  /**
   * Pitman's sampling formula, fitted by maximum likelihood (Hoshino 2001): the number of unique
   * people is Γ(θ+1)/Γ(θ+α) · N^α.
   */
  public double pitman() {
    double pairs = classesBySize.getOrDefault(2L, 0L);
    if (unique == 0 || pairs == 0) {
      return Double.NaN;
    }
    double c = unique * (unique - 1) / pairs;
    double theta =
        (samples * classes * c - unique * (samples - 1) * (2 * classes + c))
            / (2 * unique * classes + unique * c - samples * c);
    double alpha = (theta * (unique - samples) + (samples - 1) * unique) / (samples * classes);
    for (int round = 0; round < ROUNDS; round++) {
      double[] d = derivatives(theta, alpha);
      double determinant = d[2] * d[4] - d[3] * d[3];
      double stepTheta = (d[0] * d[4] - d[1] * d[3]) / determinant;
      double stepAlpha = (d[1] * d[2] - d[0] * d[3]) / determinant;
      theta -= stepTheta;
      alpha -= stepAlpha;
      if (!(alpha < 1) || !(theta > -alpha) || alpha <= 0) {
        return Double.NaN;
      }
      if (Math.abs(stepTheta) <= SMALL * Math.abs(theta) && Math.abs(stepAlpha) <= SMALL) {
        double all = population();
        return Math.exp(LogGamma.of(theta + 1) - LogGamma.of(theta + alpha) + alpha * Math.log(all))
            / all;
      }
    }
    return Double.NaN;
  }

  /** Derivatives of the log likelihood: θ, α, θθ, θα, αα. */
  private double[] derivatives(double theta, double alpha) {
    double[] d = new double[5];
    for (int i = 1; i < classes; i++) {
      double inverse = 1 / (theta + i * alpha);
      d[0] += inverse;
      d[1] += i * inverse;
      d[2] -= inverse * inverse;
      d[3] -= i * inverse * inverse;
      d[4] -= i * inverse * i * inverse;
    }
    for (int i = 1; i < samples; i++) {
      double inverse = 1 / (theta + i);
      d[0] -= inverse;
      d[2] += inverse * inverse;
    }
    double sum = 0;
    double squares = 0;
    long from = 1;
    for (var entry : classesBySize.entrySet()) {
      for (; from < entry.getKey(); from++) {
        sum += 1 / (from - alpha);
        squares += 1 / ((from - alpha) * (from - alpha));
      }
      d[1] -= entry.getValue() * sum;
      d[4] -= entry.getValue() * squares;
    }
    return d;
  }

  /**
   * Slide negative binomial (Chen and McNulty 1998): people of a class are 1 + NB(α, β), a sampled
   * one each with the fraction's chance. K, α and β are those at which population, classes and
   * unique samples are as expected; K·β^α people are unique.
   */
  public double snb() {
    double best = Double.NaN;
    double nearest = Double.POSITIVE_INFINITY;
    for (double beta = 0.01; beta < 1; beta += 0.01) {
      double[] at = solve(beta);
      if (at.length > 0 && at[2] < nearest) {
        nearest = at[2];
        best = at[3];
      }
    }
    return best;
  }

  /** Newton's method from β; returns α, β, the error left and the estimate, nothing if it fails. */
  private double[] solve(double start) {
    double beta = start;
    double alpha = 0.5;
    for (int round = 0; round < 100; round++) {
      double[] at = miss(alpha, beta);
      double h = 1e-7;
      double[] byAlpha = miss(alpha * (1 + h), beta);
      double[] byBeta = miss(alpha, beta * (1 - h));
      double a = (byAlpha[0] - at[0]) / (alpha * h);
      double b = (byBeta[0] - at[0]) / (-beta * h);
      double c = (byAlpha[1] - at[1]) / (alpha * h);
      double d = (byBeta[1] - at[1]) / (-beta * h);
      double determinant = a * d - b * c;
      double stepAlpha = (at[0] * d - at[1] * b) / determinant;
      double stepBeta = (at[1] * a - at[0] * c) / determinant;
      alpha -= stepAlpha;
      beta -= stepBeta;
      if (!(alpha > 0) || !(beta > 0) || !(beta < 1)) {
        return new double[0];
      }
      if (Math.abs(stepAlpha) < 1e-9 * alpha && Math.abs(stepBeta) < 1e-9 * beta) {
        double[] left = miss(alpha, beta);
        double error = Math.hypot(left[0], left[1]);
        double all = population();
        double estimate = all / (1 + alpha * (1 - beta) / beta) * Math.pow(beta, alpha) / all;
        return error < 1e-6 ? new double[] {alpha, beta, error, estimate} : new double[0];
      }
    }
    return new double[0];
  }

  /** Relative misses of classes and unique samples at α and β. */
  private double[] miss(double alpha, double beta) {
    double all = population();
    double number = all / (1 + alpha * (1 - beta) / beta);
    double rest = 1 - (1 - beta) * (1 - fraction);
    double generated = Math.pow(beta / rest, alpha);
    double none = (1 - fraction) * generated;
    double once =
        fraction * generated + (1 - fraction) * fraction * alpha * (1 - beta) / rest * generated;
    return new double[] {number * (1 - none) / classes - 1, number * once / unique - 1};
  }
}
