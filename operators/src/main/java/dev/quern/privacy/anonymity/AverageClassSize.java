package dev.quern.privacy.anonymity;

/**
 * Average class size: samples / classes, all suppressed samples being one class (LeFevre, DeWitt
 * and Ramakrishnan 2006, without its division by k).
 *
 * @param samples samples of the table
 */
public record AverageClassSize(long samples) implements Measure {
  @Override
  public double loss(Judged judged) {
    int classes = judged.keptClasses() + (judged.suppressed() > 0 ? 1 : 0);
    return classes == 0 ? 0 : (double) samples / classes;
  }

  @Override
  public double bound(int[] levels) {
    return 0;
  }

  /** Above, there are at most as many classes, one of them suppressed. */
  @Override
  public double bound(Judged judged) {
    return (double) samples / (judged.classes().size() + 1);
  }
}
