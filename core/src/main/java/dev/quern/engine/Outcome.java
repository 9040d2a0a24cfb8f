package dev.quern.engine;

import dev.quern.data.Batch;

/**
 * Where a step's samples go. Conservation: read + created = kept + dropped + merged + quarantined.
 */
public interface Outcome {

  /** Hands on the selected samples of {@code batch}; they are counted as kept. */
  void keep(Batch batch);

  /**
   * Counts {@code samples} made by the step (children, synthetic samples); they are kept as well.
   */
  void created(long samples);

  /**
   * Counts {@code samples} that went into others (parents of children, the other side of a join).
   */
  void merged(long samples);

  /**
   * Leaves out the sample in physical row {@code row}.
   *
   * @param reason snake_case name of the rule
   * @param measured the value the rule compared, NaN where there is none
   */
  void drop(Batch batch, int row, String reason, double measured);

  /**
   * Sets aside the sample in physical row {@code row}, which could not be processed.
   *
   * @param field the field at fault, empty if none
   * @param fault the rule and what was found: never a value
   */
  void quarantine(Batch batch, int row, String field, Fault fault);

  /**
   * Sets aside input that did not become a sample.
   *
   * @param place where it stands
   * @param raw the bytes as read, kept with the quarantined samples only
   */
  void quarantine(Place place, String field, Fault fault, byte[] raw);
}
