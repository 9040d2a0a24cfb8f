package dev.quern.recipe;

import java.util.List;
import java.util.Optional;

/**
 * A check of a recipe as written: a text such as {@code completeness(city) >= 0.95} or a map.
 *
 * @param written the check with its places
 * @param reference trusted samples that those of the version are compared with
 * @param by the fields that tell which sample of the reference belongs to one of the version; none
 *     without a reference
 */
public record CheckSpec(Located written, Optional<SourceSpec> reference, List<String> by) {
  public CheckSpec {
    by = List.copyOf(by);
  }

  /** Makes a check that is measured of the version alone. */
  public CheckSpec(Located written) {
    this(written, Optional.empty(), List.of());
  }

  /** Returns where the check stands. */
  public Position place() {
    return written.place();
  }
}
