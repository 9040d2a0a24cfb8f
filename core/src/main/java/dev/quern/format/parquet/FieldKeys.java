package dev.quern.format.parquet;

import dev.quern.key.KeyRefusal;
import dev.quern.key.Keyset;
import java.util.Optional;

/** Finds the keysets that encrypted files name. */
@FunctionalInterface
public interface FieldKeys {
  /** Knows no keyset: fields that are not encrypted can be read. */
  FieldKeys NONE =
      reference -> {
        throw KeyRefusal.of(
            "missing", "keyset " + reference + " must be there; found: no keyring was given");
      };

  /**
   * Returns the keyset behind {@code reference}, as the file names it.
   *
   * @throws dev.quern.engine.DataException if there is none
   */
  Keyset keyset(String reference);

  /**
   * Returns a data key itself, for files whose keys are not stored with them; mostly there is none.
   */
  default Optional<byte[]> plain() {
    return Optional.empty();
  }
}
