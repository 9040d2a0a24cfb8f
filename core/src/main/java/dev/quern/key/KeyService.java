package dev.quern.key;

/**
 * A key management service, found by {@link java.util.ServiceLoader}: how keyrings are wrapped by a
 * key that never leaves the service. A keyring that names {@code kms:SCHEME:REST} asks the service
 * of that scheme.
 */
public interface KeyService {

  /** Returns the scheme of the references it answers, for example {@code aws}. */
  String scheme();

  /**
   * Returns the key behind {@code reference}, the whole {@code kms:SCHEME:REST}.
   *
   * @throws dev.quern.engine.DataException if there is no such key, or it may not be used
   */
  KeyEncryption open(String reference);
}
