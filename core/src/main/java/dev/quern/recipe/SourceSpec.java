package dev.quern.recipe;

import dev.quern.data.Role;
import dev.quern.data.Split;
import dev.quern.store.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A source of a recipe.
 *
 * @param origin a reader or a dataset
 * @param name given as {@code name:}
 * @param split the split all its samples belong to, NONE unless declared
 * @param key the fields whose values make the sample id, empty for the position
 * @param roles what its fields mean, by name of field, in written order
 * @param written the source as written, for places: {@code written().place("roles", "income")}
 */
public record SourceSpec(
    Origin origin,
    Optional<String> name,
    Split split,
    List<String> key,
    Map<String, Set<Role>> roles,
    Located.Mapping written) {

  /** Where samples come from. */
  public sealed interface Origin {
    /** Files or elsewhere, by a reader. */
    record Read(OperatorUse reader) implements Origin {}

    /** A version of a dataset of the workspace. */
    record Dataset(Reference dataset) implements Origin {}
  }

  /** Returns where the source stands. */
  public Position place() {
    return written.place();
  }
}
