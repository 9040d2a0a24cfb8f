package dev.quern.key;

/**
 * Wraps keysets, which lie in files, under a key that lies elsewhere: a secret of the environment
 * or of a file, or a key management service.
 */
public interface KeyEncryption {

  /**
   * Returns {@code plain} encrypted and authenticated together with {@code context}.
   *
   * @throws dev.quern.engine.DataException if the key cannot be used
   */
  byte[] wrap(byte[] plain, byte[] context);

  /**
   * Undoes {@link #wrap}.
   *
   * @throws java.security.GeneralSecurityException if key, bytes or context are not those of then;
   *     nothing is told apart
   */
  byte[] unwrap(byte[] wrapped, byte[] context) throws java.security.GeneralSecurityException;
}
