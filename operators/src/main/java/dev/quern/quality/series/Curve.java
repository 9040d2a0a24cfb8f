package dev.quern.quality.series;

import java.util.Arrays;

/**
 * A way between known points (x ascending): the straight line, the monotone cubic of Fritsch and
 * Carlson (1980) with the slopes of Fritsch and Butland (1984), or the natural cubic spline.
 * Nothing is told before the first or behind the last point.
 */
public final class Curve {
  /** How points are joined. */
  public enum Kind {
    LINEAR,
    PCHIP,
    SPLINE
  }

  private final Kind kind;
  private final double[] x;
  private final double[] y;

  /** Slopes at the points for PCHIP, second derivatives for SPLINE. */
  private final double[] bend;

  /** Joins the points; {@code x} is strictly ascending. */
  public Curve(Kind kind, double[] x, double[] y) {
    this.kind = kind;
    this.x = x.clone();
    this.y = y.clone();
    bend =
        switch (kind) {
          case LINEAR -> new double[0];
          case PCHIP -> slopes(x, y);
          case SPLINE -> seconds(x, y);
        };
  }

  private static double[] slopes(double[] x, double[] y) {
    int n = x.length;
    double[] slopes = new double[n];
    if (n < 3) {
      Arrays.fill(slopes, n == 2 ? (y[1] - y[0]) / (x[1] - x[0]) : 0);
      return slopes;
    }
    for (int i = 1; i < n - 1; i++) {
      double h0 = x[i] - x[i - 1];
      double h1 = x[i + 1] - x[i];
      double d0 = (y[i] - y[i - 1]) / h0;
      double d1 = (y[i + 1] - y[i]) / h1;
      if (d0 * d1 > 0) {
        double w0 = 2 * h1 + h0;
        double w1 = h1 + 2 * h0;
        slopes[i] = (w0 + w1) / (w0 / d0 + w1 / d1);
      }
    }
    slopes[0] =
        end(x[1] - x[0], x[2] - x[1], (y[1] - y[0]) / (x[1] - x[0]), (y[2] - y[1]) / (x[2] - x[1]));
    slopes[n - 1] =
        end(
            x[n - 1] - x[n - 2],
            x[n - 2] - x[n - 3],
            (y[n - 1] - y[n - 2]) / (x[n - 1] - x[n - 2]),
            (y[n - 2] - y[n - 3]) / (x[n - 2] - x[n - 3]));
    return slopes;
  }

  /** The slope at an end: of the parabola through three points, kept from overshooting. */
  private static double end(double h0, double h1, double d0, double d1) {
    double slope = ((2 * h0 + h1) * d0 - h0 * d1) / (h0 + h1);
    if (slope * d0 <= 0) {
      return 0;
    }
    return d0 * d1 < 0 && Math.abs(slope) > 3 * Math.abs(d0) ? 3 * d0 : slope;
  }

  /** Second derivatives of the natural spline, by elimination in the tridiagonal system. */
  private static double[] seconds(double[] x, double[] y) {
    int n = x.length;
    double[] seconds = new double[n];
    double[] upper = new double[n];
    double[] right = new double[n];
    for (int i = 1; i < n - 1; i++) {
      double h0 = x[i] - x[i - 1];
      double h1 = x[i + 1] - x[i];
      double pivot = 2 * (h0 + h1) - h0 * upper[i - 1];
      upper[i] = h1 / pivot;
      double rise = (y[i + 1] - y[i]) / h1 - (y[i] - y[i - 1]) / h0;
      right[i] = (6 * rise - h0 * right[i - 1]) / pivot;
    }
    for (int i = n - 2; i > 0; i--) {
      seconds[i] = right[i] - upper[i] * seconds[i + 1];
    }
    return seconds;
  }

  /** Returns the index of the last point at or before {@code at}, -1 if there is none. */
  public int before(double at) {
    int found = Arrays.binarySearch(x, at);
    return found >= 0 ? found : -found - 2;
  }

  /** Returns the number of points. */
  public int size() {
    return x.length;
  }

  /** Returns the place of point {@code i}. */
  public double x(int i) {
    return x[i];
  }

  /** Returns the value of point {@code i}. */
  public double y(int i) {
    return y[i];
  }

  /** Returns the value at {@code at}, which lies between points {@code i} and {@code i + 1}. */
  public double at(double at, int i) {
    double h = x[i + 1] - x[i];
    double t = (at - x[i]) / h;
    return switch (kind) {
      case LINEAR -> y[i] + t * (y[i + 1] - y[i]);
      case PCHIP ->
          (1 + 2 * t) * (1 - t) * (1 - t) * y[i]
              + t * (1 - t) * (1 - t) * h * bend[i]
              + t * t * (3 - 2 * t) * y[i + 1]
              - t * t * (1 - t) * h * bend[i + 1];
      case SPLINE -> {
        double s = 1 - t;
        yield s * y[i]
            + t * y[i + 1]
            + ((s * s * s - s) * bend[i] + (t * t * t - t) * bend[i + 1]) * h * h / 6;
      }
    };
  }
}
