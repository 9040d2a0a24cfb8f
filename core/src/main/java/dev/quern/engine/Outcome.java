package dev.quern.engine;

import dev.quern.data.Batch;
import org.jspecify.annotations.Nullable;

/**
 * Where a step's samples go. Conservation: read + created = kept + dropped + merged + quarantined.
 */
public interface Outcome {
  /**
   * The reason of samples whose subject is forgotten: they are counted, but no trace tells which
   * they were.
   */
  String FORGOTTEN = "forgotten";

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
   * Tells that the step has changed a cell of a sample it keeps. Receivers that only gather samples
   * need not heed it.
   *
   * @param before the batch as the step got it
   * @param row physical row of the sample in {@code before}
   * @param field a field of {@code before}
   * @param rule snake_case name of what was mended
   * @param confidence how sure the step is, 0 to 1; 1 where there is no doubt
   * @param after the new value as {@code Column.valueAt} gives it, null where it is missing now;
   *     kept with the changed cells only where the recipe says so
   */
  default void change(
      Batch before,
      int row,
      String field,
      String rule,
      double confidence,
      @Nullable Object after) {}

  /**
   * Counts {@code cells} of {@code field} changed by {@code rule}, where the recipe alone decides
   * what a cell becomes, so that no line for each is needed to understand it.
   */
  default void changed(String field, String rule, long cells) {}

  /**
   * Counts what the step has found in the values of {@code field}: never a value.
   *
   * @param type what was found, capitals and digits, for example {@code EMAIL}
   */
  default void found(String field, String type, FoundCounts counts) {}

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
