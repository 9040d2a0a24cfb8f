package dev.quern.key;

import com.google.crypto.tink.prf.PrfSet;
import java.security.GeneralSecurityException;

/** HMAC-SHA-256 with one key: 32 bytes that nobody can tell from random ones without the key. */
public final class Prf {
  /** Bytes of the output. */
  public static final int BYTES = 32;

  private final String name;
  private final com.google.crypto.tink.prf.Prf prf;

  Prf(String name, PrfSet set, int id) {
    this.name = name;
    try {
      prf =
          java.util.Optional.ofNullable(set.getPrfs().get(id))
              .orElseThrow(() -> new IllegalStateException("primary key must be there: " + name));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("keyset must be usable: " + name, e);
    }
  }

  /** Returns the 32 bytes of {@code input}. */
  public byte[] compute(byte[] input) {
    try {
      return prf.compute(input, BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 must work with the key " + name, e);
    }
  }
}
