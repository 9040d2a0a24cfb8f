package dev.quern.operator;

import dev.quern.data.Batch;
import dev.quern.data.Sample;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;

/** A filter as code of a map: keeps by narrowing the selection, tells the reason of every drop. */
public final class FilterMapping implements Mapping {
  private final Judge judge;
  private final Sample sample = new Sample();

  /** Makes the mapping of {@code judge}. */
  public FilterMapping(Judge judge) {
    this.judge = judge;
  }

  @Override
  public void map(Batch batch, Outcome out) {
    judge.begin(batch);
    int[] kept = new int[batch.count()];
    int size = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      Verdict verdict;
      try {
        verdict = judge.judge(sample.at(batch, row));
      } catch (RuntimeException e) {
        // The exception's message may quote the sample; its type does not.
        out.quarantine(batch, row, "", Fault.of("operator_failed", e.getClass().getSimpleName()));
        continue;
      }
      if (verdict instanceof Verdict.Drop drop) {
        out.drop(batch, row, drop.reason(), drop.measured());
      } else {
        kept[size++] = row;
      }
    }
    if (size == batch.count()) {
      out.keep(batch);
    } else if (size > 0) {
      out.keep(batch.select(kept, size));
    }
  }
}
