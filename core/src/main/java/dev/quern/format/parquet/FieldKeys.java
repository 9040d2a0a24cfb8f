package dev.quern.format.parquet;

import dev.quern.key.KeyRefusal;
import dev.quern.key.Keyset;

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
}
