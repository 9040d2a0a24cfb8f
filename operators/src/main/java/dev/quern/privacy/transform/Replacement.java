package dev.quern.privacy.transform;

import dev.quern.data.Batch;

/**
 * Makes what stands in place of one value. One instance serves one worker thread, so scratch
 * buffers live in it.
 */
@FunctionalInterface
public interface Replacement {
  /** The type of values of fields that the recipe names: nobody has said what they are. */
  String FIELD = "FIELD";

  /**
   * Where a value stands.
   *
   * @param batch the batch as the step got it
   * @param row physical row of the sample in {@code batch}
   * @param field position of the field in {@code batch}
   * @param start first code point of the value in the text of the field; for a text within a list
   *     or struct a number of the value's own
   */
  record Place(Batch batch, int row, int field, long start) {}

  /**
   * Returns what stands in place of {@code value}; may be empty. It must not depend on other
   * samples of the batch, nor on the order of calls.
   *
   * @param type the type of the finding, for example {@code EMAIL}, or {@link #FIELD}
   * @param value the text as it stands in the sample
   */
  String of(String type, String value, Place place);

  /**
   * Returns whether what it makes is needed: joined on, or turned back. A number's field that
   * cannot hold it puts the sample into quarantine then, else the value becomes missing.
   */
  default boolean isNeeded() {
    return false;
  }

  /** Returns {@code replacement}, of which what it makes is needed. */
  static Replacement needed(Replacement replacement) {
    return new Replacement() {
      @Override
      public String of(String type, String value, Place place) {
        return replacement.of(type, value, place);
      }

      @Override
      public boolean isNeeded() {
        return true;
      }
    };
  }
}
