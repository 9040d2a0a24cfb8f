package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.CanonicalForm;
import dev.quern.data.Column;
import dev.quern.data.Hash128;
import dev.quern.engine.Accumulator;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.SampleJudge;
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

  /** Returns the hashes of the values that occurred more than once. */
  Fit repeated() {
    return KnownHashes.fit(counts.repeated());
  }

  /** Returns what tells of every sample whose value is among those of {@link #repeated}. */
  static SampleJudge judge(int[] positions, Fit fit, Finding finding) {
    Hashes repeated = new Hashes(positions, KnownHashes.read(fit));
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        if (!repeated.isThere(batch, row)) {
          findings.notApplicable(row);
        } else if (repeated.counts.contains(repeated.hash())) {
          findings.fail(row, finding);
        }
      }
    };
  }

  @Override
  public void add(Batch batch) {
    for (int i = 0; i < batch.count(); i++) {
      if (isThere(batch, batch.row(i))) {
        counts.add(hash());
      }
    }
  }

  /** Puts the values of {@code row} together; returns whether none of them is missing. */
  boolean isThere(Batch batch, int row) {
    form.reset();
    boolean there = true;
    for (int position : positions) {
      Column column = batch.column(position);
      there &= !Scalars.isMissing(column, row);
      form.put(column, row);
    }
    return there;
  }

  /** Returns the hash of what {@link #isThere} put together. */
  Hash128 hash() {
    return hash.hash(form.bytes(), 0, form.length(), 0);
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
