package dev.quern.operator;

import dev.quern.data.Schema;

/**
 * A training on some of the samples of another: a fold, those whose score is good enough. Fields,
 * target, seed and threads are those of the whole.
 */
public abstract class PartOfTraining implements Training {
  /** The training of which this is a part. */
  protected final Training whole;

  /** Makes a part of {@code whole}. */
  protected PartOfTraining(Training whole) {
    this.whole = whole;
  }

  @Override
  public final Schema schema() {
    return whole.schema();
  }

  @Override
  public final String target() {
    return whole.target();
  }

  @Override
  public final long seed() {
    return whole.seed();
  }

  @Override
  public final int threads() {
    return whole.threads();
  }

  @Override
  public void progress(long done, long total, String metric) {
    whole.progress(done, total, metric);
  }
}
