package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.engine.Accumulator;
import dev.quern.statistics.HashCounts;
import dev.quern.statistics.Scalars;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Counts the values of some fields taken together; samples that miss one of them are left out. */
public final class Hashes implements Accumulator<Hashes> {
  private final int[] positions;
  private final HashCounts counts;
  private final CanonicalForm form = new CanonicalForm();
  private final Hash128 hash = new Hash128();

  Hashes(int[] positions) {
    this(positions, new HashCounts());
  }

  private Hashes(int[] positions, HashCounts counts) {
    this.positions = positions;
    this.counts = counts;
  }

  static Hashes read(DataInput in, int[] positions) throws IOException {
    return new Hashes(positions, HashCounts.read(in));
  }

  HashCounts counts() {
    return counts;
  }

  @Override
  public void add(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      form.reset();
      boolean there = true;
      for (int position : positions) {
        Column column = batch.column(position);
        there &= !Scalars.isMissing(column, row);
        form.put(column, row);
      }
      if (there) {
        counts.add(hash.hash(form.bytes(), 0, form.length(), 0));
      }
    }
  }

  @Override
  public void merge(Hashes other) {
    counts.merge(other.counts);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    counts.write(out);
  }
}
