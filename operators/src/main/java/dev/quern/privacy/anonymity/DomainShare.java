package dev.quern.privacy.anonymity;

/**
 * Generalised values by the share of the field's values that they stand for (Iyengar 2002, loss
 * metric): per field the mean over samples, 1 for suppressed ones where suppression counts fully,
 * scaled so that the raw table has 0 and a table of {@code *} has 1; fields are put together by the
 * geometric mean of 1 + x, less 1.
 */
public final class DomainShare implements Measure {
  private final double samples;
  private final double[][] byLevel;
  private final double[] least;
  private final double weight;

  /**
   * Makes the measure for a table.
   *
   * @param weight what suppression counts, 0 nothing, 1 fully
   */
  public DomainShare(CombinationTable table, Levels[] hierarchies, double weight) {
    this.weight = weight;
    samples = table.samples();
    byLevel = new double[hierarchies.length][];
    least = new double[hierarchies.length];
    for (int field = 0; field < hierarchies.length; field++) {
      Levels levels = hierarchies[field];
      byLevel[field] = new double[levels.count()];
      for (int level = 0; level < levels.count(); level++) {
        double sum = 0;
        for (int row = 0; row < table.size(); row++) {
          int code = levels.codes(level)[table.codes()[field][row]];
          sum += code < 0 ? 0 : levels.shares(level)[code] * table.counts()[row];
        }
        byLevel[field][level] = sum;
      }
      double smallest = 1;
      for (double share : levels.shares(0)) {
        smallest = Math.min(smallest, share);
      }
      least[field] = smallest * samples;
    }
  }

  @Override
  public double loss(Judged judged) {
    Classes classes = judged.classes();
    double[] sums = new double[byLevel.length];
    for (int field = 0; field < sums.length; field++) {
      int level = classes.levels()[field];
      double[] shares = classes.hierarchy(field).shares(level);
      sums[field] = byLevel[field][level];
      for (int row = 0; judged.suppressed() > 0 && weight > 0 && row < classes.rows(); row++) {
        if (!judged.kept()[classes.of(row)]) {
          sums[field] += weight * classes.count(row) * (1 - shares[classes.code(field, row)]);
        }
      }
    }
    return together(sums);
  }

  private double together(double[] sums) {
    double product = 1;
    for (int field = 0; field < sums.length; field++) {
      double range = samples - least[field];
      product *= 1 + (range <= 0 ? 0 : Math.max(0, (sums[field] - least[field]) / range));
    }
    return sums.length == 0 ? 0 : Math.pow(product, 1.0 / sums.length) - 1;
  }

  @Override
  public double bound(int[] levels) {
    double[] sums = new double[levels.length];
    for (int field = 0; field < levels.length; field++) {
      sums[field] = byLevel[field][levels[field]];
    }
    return together(sums);
  }

  @Override
  public double bound(Judged judged) {
    return bound(judged.classes().levels());
  }
}
