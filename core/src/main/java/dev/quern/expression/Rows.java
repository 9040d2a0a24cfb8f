package dev.quern.expression;

import dev.quern.data.Batch;
import org.jspecify.annotations.Nullable;

/** The rows to compute: the selected ones of a batch, or all of a dictionary. */
final class Rows {
  private final @Nullable Batch batch;
  private final int count;

  private Rows(@Nullable Batch batch, int count) {
    this.batch = batch;
    this.count = count;
  }

  static Rows of(Batch batch) {
    return new Rows(batch, batch.count());
  }

  static Rows all(int size) {
    return new Rows(null, size);
  }

  int count() {
    return count;
  }

  int row(int i) {
    return batch == null ? i : batch.row(i);
  }
}
