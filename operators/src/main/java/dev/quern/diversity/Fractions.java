package dev.quern.diversity;

import dev.quern.data.Split;

/**
 * The wanted sizes of the splits; they sum to 1.
 *
 * @param train fraction of train, in [0, 1]
 * @param validation fraction of validation, in [0, 1]
 * @param test fraction of test, in [0, 1]
 */
record Fractions(double train, double validation, double test) {
  Fractions {
    if (Math.abs(train + validation + test - 1) > 1e-9) {
      throw new IllegalArgumentException(
          "diversity.split: train, validation and test must sum to 1 (fraction); found: "
              + (train + validation + test));
    }
  }

  /** Returns the split of a draw in [0, 1). */
  byte of(double draw) {
    if (draw < train) {
      return Split.TRAIN.code();
    }
    return draw < train + validation || test == 0 && validation > 0
        ? Split.VALIDATION.code()
        : test == 0 ? Split.TRAIN.code() : Split.TEST.code();
  }

  /**
   * Returns how many of {@code samples} go to train and to validation: the fractions rounded down,
   * what is left one each by largest remainder (Hamilton), ties in the order train, validation,
   * test.
   */
  long[] counts(long samples) {
    double[] exact = {train * samples, validation * samples, test * samples};
    long[] counts = new long[3];
    long left = samples;
    for (int i = 0; i < 3; i++) {
      // 0.7 · 10 is a hair below 7: whole numbers within rounding are meant as such.
      counts[i] = (long) Math.floor(exact[i] + 1e-9 * Math.max(1, samples));
      left -= counts[i];
    }
    boolean[] given = new boolean[3];
    for (; left > 0; left--) {
      int most = -1;
      for (int i = 0; i < 3; i++) {
        if (!given[i]
            && exact[i] > 0
            && (most < 0 || exact[i] - counts[i] > exact[most] - counts[most] + 1e-9)) {
          most = i;
        }
      }
      counts[most]++;
      given[most] = true;
    }
    return new long[] {counts[0], counts[1]};
  }
}
