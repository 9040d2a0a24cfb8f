package dev.quern.data;

import org.jspecify.annotations.Nullable;

/**
 * A cursor on one sample of a batch. It is moved on to the next sample and must not be kept; copy
 * values out where they are needed later. Not safe for several threads.
 */
public final class Sample {
  private @Nullable Batch batch;
  private int row;
  private final Slice slice = new Slice();

  /** Points this cursor at physical row {@code newRow} of {@code newBatch}. */
  public Sample at(Batch newBatch, int newRow) {
    batch = newBatch;
    row = newRow;
    return this;
  }

  /** Returns the batch this cursor points into. */
  public Batch batch() {
    if (batch == null) {
      throw new IllegalStateException("sample must point into a batch; found: none");
    }
    return batch;
  }

  /** Returns the physical row this cursor points at. */
  public int row() {
    return row;
  }

  /** Returns the fields. */
  public Schema schema() {
    return batch().schema();
  }

  /** Returns the stable id. */
  public SampleId id() {
    return batch().keys().id(row);
  }

  /** Returns the split. */
  public Split split() {
    return batch().keys().split(row);
  }

  /** Returns whether the field at {@code position} is missing. */
  public boolean isNull(int position) {
    return batch().column(position).isNull(row);
  }

  /** Returns the long, timestamp (µs) or date (days) of the field at {@code position}. */
  public long longAt(int position) {
    return batch().column(position).longAt(row);
  }

  /** Returns the number of the field at {@code position}. */
  public double doubleAt(int position) {
    return batch().column(position).doubleAt(row);
  }

  /** Returns the bool of the field at {@code position}. */
  public boolean boolAt(int position) {
    return batch().column(position).boolAt(row);
  }

  /** Returns the decoded text of the field at {@code position}. */
  public String textAt(int position) {
    return batch().column(position).textAt(row);
  }

  /** Returns a view on the bytes of the field at {@code position}, valid until the next call. */
  public Slice sliceAt(int position) {
    return batch().column(position).sliceAt(row, slice);
  }

  /**
   * Returns the value of the field at {@code position} as an object, see {@link Column#valueAt}.
   */
  public @Nullable Object valueAt(int position) {
    return batch().column(position).valueAt(row);
  }
}
