package dev.quern.privacy.anonymity;

import java.util.List;

/**
 * Which classes may be published.
 *
 * @param classes the classes
 * @param kept which of them fulfil all models
 * @param suppressed samples of the others
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Judged(Classes classes, boolean[] kept, long suppressed) {

  static Judged of(Classes classes, List<PrivacyModel> models) {
    boolean[] kept = new boolean[classes.size()];
    java.util.Arrays.fill(kept, true);
    models.forEach(model -> model.judge(classes, kept));
    long suppressed = 0;
    for (int i = 0; i < kept.length; i++) {
      suppressed += kept[i] ? 0 : classes.size(i);
    }
    return new Judged(classes, kept, suppressed);
  }

  /** Returns the number of classes that are kept. */
  public int keptClasses() {
    int count = 0;
    for (boolean one : kept) {
      count += one ? 1 : 0;
    }
    return count;
  }

  /** Returns the samples of each class that is kept. */
  public long[] keptSizes() {
    long[] sizes = new long[keptClasses()];
    int next = 0;
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        sizes[next++] = classes.size(i);
      }
    }
    return sizes;
  }
}
