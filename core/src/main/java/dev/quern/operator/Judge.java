package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.Sample;

/** The code of a filter. One instance serves one worker thread. */
public interface Judge {

  /** Judges one sample. */
  Verdict judge(Sample sample);

  /** Called before the samples of {@code batch} are judged, for work done once per batch. */
  default void begin(Batch batch) {}
}
