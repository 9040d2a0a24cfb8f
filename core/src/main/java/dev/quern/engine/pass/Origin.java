package dev.quern.engine.pass;

import dev.quern.data.Schema;
import dev.quern.engine.Samples;
import dev.quern.engine.SortKey;
import dev.quern.engine.Stored;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Where samples enter a stage: a reading, or what earlier stages of the pass left, in parts. */
public sealed interface Origin extends Serializable {

  /** Returns the size of the input in bytes as stored. */
  long bytes();

  /** Returns whether the bytes are those of source files. */
  default boolean isSource() {
    return false;
  }

  /**
   * A reading.
   *
   * @param samples a read or samples that are stored
   * @param label of the reader's counts; empty where samples that were counted before are read back
   */
  record Reads(Samples samples, Optional<String> label, long bytes) implements Origin {
    @Override
    public boolean isSource() {
      return label.isPresent();
    }

    /**
     * Returns what attempts to read them are counted under: the name of the source, or the key of
     * samples of a version; none for what this run has stored itself.
     */
    Optional<String> subject() {
      if (samples instanceof Samples.Read read) {
        return Optional.of(read.source().name());
      }
      return samples instanceof Samples.FromStored from
              && from.stored().format() == Stored.Format.PARQUET
          ? Optional.of(from.stored().key())
          : Optional.empty();
    }
  }

  /** What earlier stages left, in numbered parts. */
  sealed interface Parts extends Origin {
    /** Returns how many there are. */
    int parts();
  }

  /**
   * Block files of an earlier stage.
   *
   * @param files of each part, in order
   */
  record Blocks(Schema schema, List<List<TaskLine.Made>> files, long bytes) implements Parts {
    @Override
    public int parts() {
      return files.size();
    }
  }

  /**
   * Sorted runs to be grouped.
   *
   * @param stages that left them, one for each input
   * @param label of the step's counts
   */
  record Groups(Ending.Grouped grouped, List<Integer> stages, int parts, long bytes, String label)
      implements Parts {}

  /**
   * Sorted runs to be merged in order.
   *
   * @param stage that left them
   * @param borders between the parts
   */
  record Sorted(Schema schema, List<SortKey> keys, int stage, Borders borders, long bytes)
      implements Parts {
    @Override
    public int parts() {
      return borders.count() + 1;
    }
  }

  /**
   * Samples whose links have been joined.
   *
   * @param input fields without the component
   * @param output fields with it
   * @param field position of the component's field in the output
   * @param stage that left them
   * @param label of the step's counts
   */
  record Connected(
      Schema input, Schema output, int field, int stage, int parts, long bytes, String label)
      implements Parts {}
}
