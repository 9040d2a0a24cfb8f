package dev.quern.operator;

import dev.quern.format.parquet.FieldKeys;
import dev.quern.key.Keyset;
import dev.quern.key.Purpose;
import java.security.GeneralSecurityException;

/** Resolves references to secrets; the environment is read by the program's entry alone. */
public interface Secrets {
  /** How references to keysets of the keyring begin. */
  String KEY = "key:";

  /** Knows no secret. */
  Secrets NONE =
      reference -> {
        throw new IllegalArgumentException(
            "secret must be available; found: none for "
                + reference
                + "; run through the command line");
      };

  /**
   * Returns the bytes behind {@code reference}: {@code env:NAME} or {@code file:PATH}, or the keys
   * of a keyset, {@code key:NAME}, in clear.
   *
   * @throws IllegalArgumentException if there is no such secret; the message names the reference
   *     only
   */
  byte[] secret(String reference);

  /** Returns what finds the keys of encrypted fields. */
  default FieldKeys fieldKeys() {
    return reference -> keyset(reference, Purpose.AEAD);
  }

  /**
   * Returns the keys behind {@code reference}: a keyset of the keyring, {@code key:NAME} or {@code
   * key:NAME@ID} with that key as the one that encrypts, or the one key that a secret stands for.
   *
   * @throws dev.quern.engine.DataException if there are none, or they are for another purpose
   */
  default Keyset keyset(String reference, Purpose purpose) {
    byte[] bytes = secret(reference);
    if (!reference.startsWith(KEY)) {
      return Keyset.derived(reference, purpose, bytes);
    }
    try {
      return Keyset.parse(reference.substring(KEY.length()), bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keyset must be as it was sent: " + reference, e);
    }
  }
}
