package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.statistics.Scalars;

/** The 64-bit hash of the values of some fields of a sample. Not safe for several threads. */
final class RowHash {
  private final int[] positions;
  private final CanonicalForm form = new CanonicalForm();
  private final Hash128 hash = new Hash128();
  private long last;

  RowHash(int... positions) {
    this.positions = positions.clone();
  }

  /** Computes the hash of {@code row}; false if one of its values is missing. */
  boolean compute(Batch batch, int row) {
    form.reset();
    for (int position : positions) {
      Column column = batch.column(position);
      if (Scalars.isMissing(column, row)) {
        return false;
      }
      form.put(column, row);
    }
    last = hash.hash(form.bytes(), 0, form.length(), 0).high();
    return true;
  }

  /** Returns the hash that was computed last. */
  long value() {
    return last;
  }
}
