package dev.quern.quality.score;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Hash128;
import dev.quern.statistics.Scalars;
import java.util.HexFormat;

/** Hashes of some fields of a sample taken together. Not safe for several threads. */
final class RowHashes {
  private final int[] positions;
  private final CanonicalForm form = new CanonicalForm();
  private final Hash128 hash = new Hash128();

  RowHashes(int... positions) {
    this.positions = positions.clone();
  }

  /** Hashes a row and returns whether none of its fields is missing. */
  boolean of(Batch batch, int row) {
    form.reset();
    boolean there = true;
    for (int position : positions) {
      there &= !Scalars.isMissing(batch.column(position), row);
      form.put(batch.column(position), row);
    }
    hash.hash(form.bytes(), 0, form.length(), 0);
    return there;
  }

  Hash128 hash() {
    return hash;
  }

  long high() {
    return hash.high();
  }

  static String written(long hash) {
    return HexFormat.of().toHexDigits(hash);
  }
}
