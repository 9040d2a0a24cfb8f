package dev.quern.drift;

/**
 * When a difference is an alarm: it is both unlikely by chance and large enough to matter.
 *
 * @param alpha the level of false alarms, in (0, 1): the share of comparisons of equal sources in
 *     which anything is alarmed (Benjamini and Hochberg's rate under no change)
 * @param rows smallest change of the number of samples, relative to the reference
 * @param missing smallest change of the fraction of missing values
 * @param psi smallest population stability index
 * @param shift smallest Wasserstein-1 distance in interquartile ranges of the reference
 * @param association smallest Cramér's V (bias corrected), in [0, 1]
 * @param auc smallest area under the curve of the domain classifier, in [0.5, 1]
 */
public record DriftRules(
    double alpha,
    double rows,
    double missing,
    double psi,
    double shift,
    double association,
    double auc) {
  /**
   * The defaults: 1 % false alarms; half as many or more samples; two in a hundred values; shifts
   * of about 0.07 standard deviations of a normal field; five in a hundred values in other
   * categories.
   */
  public static final DriftRules DEFAULT = new DriftRules(0.01, 0.5, 0.02, 0.02, 0.05, 0.05, 0.55);

  /** Makes rules; throws IllegalArgumentException unless alpha lies in (0, 1). */
  public DriftRules {
    if (!(alpha > 0 && alpha < 1)) {
      throw new IllegalArgumentException("alpha must be in (0, 1) (fraction); found: " + alpha);
    }
  }

  /** Returns these rules at another level of false alarms. */
  public DriftRules at(double newAlpha) {
    return new DriftRules(newAlpha, rows, missing, psi, shift, association, auc);
  }
}
