package dev.quern.key;

import java.util.List;
import java.util.Optional;

/**
 * What may be known of a keyset without its key-encryption key.
 *
 * @param name its name in the keyring
 * @param purpose what its keys are for
 * @param keys oldest first
 */
public record KeysetInfo(String name, Purpose purpose, List<Key> keys) {

  /** What a key may do. */
  public enum Status {
    /** Encrypts new data. */
    PRIMARY,
    /** Decrypts older data. */
    ENABLED,
    /** Does nothing until it is enabled again. */
    DISABLED,
    /** Its material is gone, and with it what it has encrypted. */
    DESTROYED
  }

  /**
   * A key.
   *
   * @param id eight hexadecimal digits, random, recorded with the data it encrypts
   * @param status what it may do
   * @param created when, ISO 8601
   */
  public record Key(String id, Status status, String created) {
    Key with(Status changed) {
      return new Key(id, changed, created);
    }
  }

  /** Makes a copy. */
  public KeysetInfo {
    keys = List.copyOf(keys);
  }

  /** Returns the id of the key that encrypts new data. */
  public String primary() {
    return keys.stream()
        .filter(key -> key.status() == Status.PRIMARY)
        .map(Key::id)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("keyset must have a primary key"));
  }

  /** Returns the key called {@code id}. */
  public Optional<Key> key(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
