package dev.quern.statistics;

import java.util.List;

/** Families of continuous distributions of one number. */
public enum Distribution {
  /** Mean and standard deviation. */
  NORMAL("mean, deviation > 0", 2) {
    @Override
    public double below(List<Double> p, double x) {
      double z = (x - p.get(0)) / p.get(1);
      double tail = Incomplete.gammaAbove(0.5, z * z / 2) / 2;
      return z < 0 ? tail : 1 - tail;
    }
  },
  /** Least and greatest value. */
  UNIFORM("least, greatest > least", 2) {
    @Override
    boolean accepts(List<Double> p) {
      return p.get(1) > p.get(0);
    }

    @Override
    public double below(List<Double> p, double x) {
      return Math.min(1, Math.max(0, (x - p.get(0)) / (p.get(1) - p.get(0))));
    }
  },
  /** Least value and scale, the mean distance from it. */
  EXPONENTIAL("least, scale > 0", 2) {
    @Override
    public double below(List<Double> p, double x) {
      return -Math.expm1(-Math.max(0, (x - p.get(0)) / p.get(1)));
    }
  },
  /** Shape, least value and scale. */
  GAMMA("shape > 0, least, scale > 0", 3) {
    @Override
    public double below(List<Double> p, double x) {
      return Incomplete.gammaBelow(p.get(0), (x - p.get(1)) / p.get(2));
    }
  },
  /** Degrees of freedom, least value and scale. */
  CHI_SQUARE("degrees of freedom > 0, least, scale > 0", 3) {
    @Override
    public double below(List<Double> p, double x) {
      return Incomplete.gammaBelow(p.get(0) / 2, (x - p.get(1)) / p.get(2) / 2);
    }
  },
  /** Both shapes, least value and width. */
  BETA("alpha > 0, beta > 0, least, width > 0", 4) {
    @Override
    boolean accepts(List<Double> p) {
      return p.get(0) > 0 && p.get(1) > 0 && p.get(3) > 0;
    }

    @Override
    public double below(List<Double> p, double x) {
      return Incomplete.beta(p.get(0), p.get(1), (x - p.get(2)) / p.get(3));
    }
  };

  private final String rule;
  private final int size;

  Distribution(String rule, int size) {
    this.rule = rule;
    this.size = size;
  }

  /** Returns what parameters there are, in their order, and their rules. */
  public String rule() {
    return rule;
  }

  /** Returns whether {@code parameters} are as many and as large as they must be. */
  public boolean fits(List<Double> parameters) {
    return parameters.size() == size && accepts(parameters);
  }

  /** Scales come last and shapes first; both are positive. */
  boolean accepts(List<Double> p) {
    return p.get(size - 1) > 0 && (size < 3 || p.get(0) > 0);
  }

  /** Returns the fraction of values that are at most {@code x}, given parameters {@code p}. */
  public abstract double below(List<Double> p, double x);

  /**
   * Returns the chance that a statistic of {@code freedom} degrees of freedom that is distributed
   * as χ² is at least {@code statistic}.
   */
  public static double chiSquareAbove(double statistic, int freedom) {
    return Incomplete.gammaAbove(freedom / 2.0, statistic / 2);
  }

  /**
   * Returns the chance that the greatest distance between the distribution of {@code n} values and
   * the one they are drawn from is at least {@code distance}: Kolmogorov's limit with the
   * correction of Stephens 1970, within 0.01 from n = 4 on.
   */
  public static double kolmogorovAbove(double distance, double n) {
    double root = Math.sqrt(n);
    double lambda = (root + 0.12 + 0.11 / root) * distance;
    if (lambda < 0.2) {
      return 1;
    }
    double sum = 0;
    for (int k = 1; k <= 100; k++) {
      double term = 2 * Math.exp(-2.0 * k * k * lambda * lambda);
      sum += k % 2 == 1 ? term : -term;
      if (term < 1e-16) {
        break;
      }
    }
    return Math.min(1, Math.max(0, sum));
  }
}
