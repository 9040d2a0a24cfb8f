package dev.quern.key;

import dev.quern.engine.DataException;

/** Makes the refusals of keys: they name keyset, key id and fix, never material or values. */
public final class KeyRefusal {
  private static final String CODES = "key_";

  private KeyRefusal() {}

  /** Returns a refusal with the code {@code key_} and {@code what}. */
  public static DataException of(String what, String message) {
    return new DataException(CODES + what, message);
  }

  /** Returns whether {@code e} refuses for want of a key. */
  public static boolean is(DataException e) {
    return e.code().startsWith(CODES);
  }
}
