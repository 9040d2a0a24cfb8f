package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.data.Slice;
import dev.quern.expression.BoundExpression;
import java.util.function.BiConsumer;

/** What each kind of consistency counts of a batch. */
final class Countings {
  private Countings() {}

  /** Values of one field, and the values of another that they may refer to. */
  static BiConsumer<Batch, Counted> references(RowHash references, RowHash known) {
    return (batch, state) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (references.compute(batch, row)) {
          state.pairs.add(references.value(), 0, 1);
        }
        if (known.compute(batch, row)) {
          state.sources.add(known.value(), 0, 1);
        }
      }
    };
  }

  static BiConsumer<Batch, Counted> pairs(RowHash x, RowHash y) {
    return (batch, state) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (x.compute(batch, row) && y.compute(batch, row)) {
          state.pairs.add(x.value(), y.value(), 1);
        }
      }
    };
  }

  static BiConsumer<Batch, Counted> sources(RowHash x, RowHash y, RowHash from) {
    return (batch, state) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (x.compute(batch, row) && y.compute(batch, row) && from.compute(batch, row)) {
          state.pairs.add(x.value(), y.value(), 1);
          state.sources.add(x.value(), from.value(), 1);
          long both = Hash128.mix(x.value() + Hash128.mix(y.value()));
          state.sourcedPairs.add(both, from.value(), 1);
        }
      }
    };
  }

  static BiConsumer<Batch, Counted> masks(int position) {
    Slice slice = new Slice();
    return (batch, state) -> {
      Column column = batch.column(position);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (!column.isNull(row)) {
          column.sliceAt(row, slice);
          state.masks.add(Mask.of(slice));
        }
      }
    };
  }

  static BiConsumer<Batch, Counted> satisfaction(BoundExpression condition) {
    return (batch, state) -> {
      Column answers = condition.evaluate(batch);
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (!answers.isNull(row)) {
          state.applicable++;
          state.satisfied += answers.boolAt(row) ? 1 : 0;
        }
      }
    };
  }
}
