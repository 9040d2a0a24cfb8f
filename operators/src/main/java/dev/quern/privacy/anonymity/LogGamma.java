package dev.quern.privacy.anonymity;

/** ln Γ(x) for x > 0 by Lanczos' approximation (g = 7, 9 terms; relative error about 1e-15). */
final class LogGamma {
  private static final double G = 7;

  private static final double[] TERMS = {
    0.99999999999980993,
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private LogGamma() {}

  static double of(double x) {
    double at = x - 1;
    double sum = TERMS[0];
    for (int i = 1; i < TERMS.length; i++) {
      sum += TERMS[i] / (at + i);
    }
    double base = at + G + 0.5;
    return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(base) - base + Math.log(sum);
  }
}
