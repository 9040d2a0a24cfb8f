package dev.quern.recipe;

import dev.quern.data.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A check of a recipe as written: a text such as {@code completeness(city) >= 0.95}, a map, or a
 * map with {@code contract}, the file of a data contract.
 *
 * @param written the check with its places
 * @param reference trusted samples that those of the version are compared with
 * @param by the fields that tell which sample of the reference belongs to one of the version; none
 *     without a reference
 */
public record CheckSpec(Located written, Optional<SourceSpec> reference, List<String> by) {
  /** The key of a contract's file. */
  public static final String CONTRACT = "contract";

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

  /** Returns the file of the contract as written, if this names one. */
  public Optional<String> contract() {
    return written instanceof Located.Mapping mapping
        ? mapping.find(CONTRACT).map(file -> String.valueOf(file.plain()))
        : Optional.empty();
  }

  /** Returns what the check is as plain values: of a contract the content counts, not its place. */
  @Nullable Object canonical(Path folder) {
    if (contract().isEmpty()) {
      return written.plain();
    }
    Map<String, @Nullable Object> plain =
        new LinkedHashMap<>(((Located.Mapping) written).plainMap());
    try {
      byte[] content = Files.readAllBytes(folder.resolve(contract().get()));
      plain.put(CONTRACT, Digest.ofText(new String(content, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      // Told where the contract is read; a recipe without it has no digest that matters.
      plain.put(CONTRACT, "unreadable");
    }
    return plain;
  }
}
