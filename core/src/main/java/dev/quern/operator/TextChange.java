package dev.quern.operator;

import dev.quern.data.Slice;

/**
 * A pure function of one text. One instance serves one worker thread, so scratch buffers live in
 * it.
 */
@FunctionalInterface
public interface TextChange {

  /**
   * Changes the text that {@code text} points at: leaves it, narrows it, or points it at bytes of
   * its own (valid UTF-8, read before the next call). Never writes into the bytes it was given.
   *
   * @return whether there is a text; false makes it missing
   */
  boolean apply(Slice text);
}
