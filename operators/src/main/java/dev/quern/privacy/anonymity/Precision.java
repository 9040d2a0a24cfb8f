package dev.quern.privacy.anonymity;

/**
 * Loss of precision: the mean over all cells of level / highest level, 1 for a suppressed cell
 * where suppression counts fully (Sweeney 2002; 0 is the raw table).
 *
 * @param samples samples of the table
 * @param highest the highest level of each field
 * @param weight what suppression counts, 0 nothing, 1 fully
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Precision(long samples, int[] highest, double weight) implements Measure {
  @Override
  public double loss(Judged judged) {
    double generalised = bound(judged.classes().levels());
    double suppressed = samples == 0 ? 0 : (double) judged.suppressed() / samples;
    return generalised + weight * suppressed * (1 - generalised);
  }

  @Override
  public double bound(int[] levels) {
    double sum = 0;
    for (int field = 0; field < levels.length; field++) {
      sum += highest[field] == 0 ? 0 : (double) levels[field] / highest[field];
    }
    return levels.length == 0 ? 0 : sum / levels.length;
  }

  @Override
  public double bound(Judged judged) {
    return bound(judged.classes().levels());
  }
}
