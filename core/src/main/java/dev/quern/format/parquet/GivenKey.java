package dev.quern.format.parquet;

import dev.quern.key.Keyset;
import java.util.Optional;

/**
 * The one key for files that somebody else may have written: whatever they call the key that wraps
 * their data keys, it is tried.
 *
 * @param keyset wraps data keys
 * @param plain a data key itself, 16, 24 or 32 bytes, for files whose keys are not stored with them
 */
public record GivenKey(Keyset keyset, Optional<byte[]> plain) implements FieldKeys {
  @Override
  public Keyset keyset(String reference) {
    return keyset;
  }

  /** Says nothing of its material. */
  @Override
  public String toString() {
    return "given " + keyset;
  }
}
