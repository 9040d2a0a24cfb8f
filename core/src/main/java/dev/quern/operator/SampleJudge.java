package dev.quern.operator;

import dev.quern.data.Batch;

/**
 * Says of single samples what a metric says of all: which of them it counts as failing. One
 * instance serves one thread.
 *
 * <p>The number of failures told of equals denominator − numerator of the analyzer's first metric
 * over the same samples: where the metric counts cells, one for each cell.
 */
public interface SampleJudge {

  /** Judges the selected samples of {@code batch}; those nothing is told of pass. */
  void judge(Batch batch, Findings findings);

  /** Receives what is found, rows ascending. */
  interface Findings {
    /** The sample in physical row {@code row} fails. */
    void fail(int row, Finding finding);

    /** The metric leaves the sample in physical row {@code row} out: neither pass nor failure. */
    void notApplicable(int row);
  }
}
