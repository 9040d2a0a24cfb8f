package dev.quern.testkit;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Samples;
import dev.quern.engine.Task;
import java.util.List;

/** The verbs over samples that are given in memory: the plain way, or an engine's. */
public interface Verbs {
  /** The operator of reads of given samples. */
  String READ = "memory.samples";

  /** Returns a description of samples that are given by {@code batches}. */
  Samples given(int number, Schema schema, List<Batch> batches);

  /** Computes {@code samples}; in rank order if they come out of a read or a sort. */
  List<Batch> batches(Samples samples);

  /** Fills the accumulator of {@code task} over {@code samples}. */
  Accumulator<?> fold(Task task, Samples samples);

  /** Returns what became of the samples of {@code step}, which {@link #batches} computed last. */
  StepResult result(String step);
}
