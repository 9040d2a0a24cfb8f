package dev.quern.quality.cell;

import dev.quern.data.ColumnBuilder;
import dev.quern.data.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Reads one text after the other; a pure function of the text. One instance serves one worker
 * thread, so scratch buffers live in it.
 */
public interface CellReading {

  /**
   * Reads {@code text} and appends one value to each of {@code parts}: the new value of the field,
   * then those of the fields made beside it.
   *
   * @return null, or the rule the text breaks; nothing is appended then
   */
  @Nullable String read(Slice text, ColumnBuilder[] parts);

  /**
   * Returns the rule by which the text read last was changed, or null where it already stood in its
   * canonical form.
   */
  @Nullable String change();

  /** Returns how certain the change of the text read last is, in (0, 1]. */
  default double confidence() {
    return 1;
  }
}
