package dev.quern.key;

import dev.quern.engine.DataException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.function.Function;

/**
 * Keys of one file or field each, wrapped by a keyset and stored beside what they encrypt, with the
 * name of the wrapping key: {@code key:NAME@ID}.
 */
public final class DataKeys {
  /** Ends the code of bytes that are not as they were encrypted. */
  static final String NOT_AUTHENTIC = "not_authentic";

  /** Bytes of a data key: AES-256. */
  public static final int BYTES = 32;

  private DataKeys() {}

  /** Returns a new data key. */
  public static byte[] random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /** Returns the name of the key of {@code keyset} that wraps. */
  public static String master(Keyset keyset) {
    String reference = keyset.reference();
    // Who asked for one key of a keyset got it as the primary one.
    int at = reference.startsWith("key:") ? reference.indexOf('@') : -1;
    return (at < 0 ? reference : reference.substring(0, at)) + "@" + keyset.primary();
  }

  /**
   * Returns {@code dataKey} wrapped by the primary key of {@code keyset}.
   *
   * @param context what it is bound to
   */
  public static byte[] wrap(Keyset keyset, byte[] dataKey, byte[] context) {
    try {
      return keyset.aead().encrypt(dataKey, context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM must encrypt", e);
    }
  }

  /**
   * Returns the data key in {@code wrapped}.
   *
   * @param file what it encrypts, for messages
   * @param keys finds keysets by their reference
   * @param master the name of the wrapping key, as the file gives it
   * @throws DataException if the key is not there or not enabled, or bytes have changed
   */
  public static byte[] unwrap(
      String file, Function<String, Keyset> keys, String master, byte[] wrapped, byte[] context) {
    int at = master.lastIndexOf('@');
    if (at < 0) {
      throw refused(file, "foreign", "have data keys wrapped by a keyset", "another master key");
    }
    Keyset keyset = keyset(file, keys, master.substring(0, at));
    String id = master.substring(at + 1);
    if (!keyset.knows(id)) {
      throw refused(
          file,
          "unknown",
          "be encrypted by an enabled key of " + keyset.reference(),
          "key "
              + id
              + "; keys: "
              + String.join(", ", keyset.ids())
              + "; fix: name the keyset it was encrypted with, or enable the key (quern keys)");
    }
    try {
      return keyset.aead().decrypt(wrapped, context);
    } catch (GeneralSecurityException e) {
      throw refused(
          file,
          NOT_AUTHENTIC,
          "be as it was encrypted by key " + master,
          "changed bytes, or another key of that name; fix: restore file or keyring");
    }
  }

  private static Keyset keyset(String file, Function<String, Keyset> keys, String reference) {
    try {
      return keys.apply(reference);
    } catch (DataException e) {
      throw new DataException(e.code(), file + ": " + e.getMessage());
    } catch (IllegalArgumentException e) {
      // A secret that is not there; the message names its reference only.
      throw KeyRefusal.of("missing", file + ": " + e.getMessage());
    }
  }

  /** Returns a refusal of {@code file}, which must do as {@code rule} says. */
  public static DataException refused(String file, String what, String rule, String found) {
    return KeyRefusal.of(what, file + ": file must " + rule + "; found: " + found);
  }
}
