package dev.quern.privacy.anonymity;

/**
 * Non-uniform entropy in bits: Σ over fields and samples of −log₂ (samples with the value / samples
 * with the generalised value) (Gionis and Tassa 2009; Prasser, Bild and Kuhn 2016 for suppressed
 * samples). All samples count at the chosen levels; those that are suppressed add the entropy of
 * their generalised values among themselves, Σ −log₂ (suppressed with the generalised value /
 * suppressed), times a weight.
 */
public final class NonUniformEntropy implements Measure {
  private static final double LN2 = Math.log(2);

  private final double[][] byLevel;
  private final double weight;

  /**
   * Makes the measure for a table.
   *
   * @param weight what suppression counts, 0 nothing, 1 fully
   */
  public NonUniformEntropy(CombinationTable table, Levels[] hierarchies, double weight) {
    this.weight = weight;
    byLevel = new double[hierarchies.length][];
    for (int field = 0; field < hierarchies.length; field++) {
      long[] values = new long[table.domains()[field].length];
      for (int row = 0; row < table.size(); row++) {
        values[table.codes()[field][row]] += table.counts()[row];
      }
      byLevel[field] = new double[hierarchies[field].count()];
      for (int level = 0; level < byLevel[field].length; level++) {
        byLevel[field][level] = entropy(values, hierarchies[field], level);
      }
    }
  }

  private static double entropy(long[] values, Levels hierarchy, int level) {
    int[] codes = hierarchy.codes(level);
    long[] generalised = new long[hierarchy.cardinality(level)];
    for (int value = 0; value < values.length; value++) {
      if (codes[value] >= 0) {
        generalised[codes[value]] += values[value];
      }
    }
    double entropy = 0;
    for (int value = 0; value < values.length; value++) {
      if (values[value] > 0 && codes[value] >= 0) {
        double count = values[value];
        entropy -= count * log2(count / generalised[codes[value]]);
      }
    }
    return entropy == 0 ? 0 : entropy;
  }

  private static double log2(double value) {
    return Math.log(value) / LN2;
  }

  @Override
  public double loss(Judged judged) {
    double loss = 0;
    Classes classes = judged.classes();
    for (int field = 0; field < byLevel.length; field++) {
      loss += byLevel[field][classes.levels()[field]];
      loss += judged.suppressed() == 0 || weight == 0 ? 0 : weight * suppressed(judged, field);
    }
    return loss;
  }

  private static double suppressed(Judged judged, int field) {
    Classes classes = judged.classes();
    long[] counts = new long[classes.hierarchy(field).cardinality(classes.levels()[field])];
    for (int row = 0; row < classes.rows(); row++) {
      if (!judged.kept()[classes.of(row)]) {
        counts[classes.code(field, row)] += classes.count(row);
      }
    }
    double entropy = 0;
    for (long count : counts) {
      if (count > 0) {
        entropy -= count * log2((double) count / judged.suppressed());
      }
    }
    return entropy;
  }

  @Override
  public double bound(int[] levels) {
    double bound = 0;
    for (int field = 0; field < byLevel.length; field++) {
      bound += byLevel[field][levels[field]];
    }
    return bound;
  }

  @Override
  public double bound(Judged judged) {
    return bound(judged.classes().levels());
  }
}
