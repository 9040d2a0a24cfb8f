package dev.quern.key;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the keys of a keyset may be used for; a keyset has one purpose for ever. */
public enum Purpose {
  /** HMAC-SHA-256 as a pseudo-random function: pseudonyms, hashes of subjects. */
  PRF,
  /** AES-256-GCM with fresh nonces: files, data keys, fields of Parquet. */
  AEAD,
  /** AES-256-SIV (RFC 5297): values, equal for equal input. */
  DETERMINISTIC_AEAD,
  /** FF1 (NIST SP 800-38G) with AES-256: values that keep their format. */
  FF1;

  /** Returns the name in recipes and on the command line. */
  public String written() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the purpose written so. */
  public static Optional<Purpose> of(String written) {
    return Arrays.stream(values()).filter(p -> p.written().equals(written)).findFirst();
  }

  /** Returns all names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(Purpose::written).toList();
  }
}
