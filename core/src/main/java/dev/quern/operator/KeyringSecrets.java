package dev.quern.operator;

import dev.quern.key.Keyring;
import dev.quern.key.Keyset;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets of the environment and of files, and the keysets of a workspace's keyring. */
public final class KeyringSecrets implements Secrets {
  private final Secrets outside;
  private final Keyring keyring;

  /** By reference; a key management service is asked once. */
  private final Map<String, byte[]> unlocked = new ConcurrentHashMap<>();

  private KeyringSecrets(Path folder, Secrets outside) {
    this.outside = outside;
    this.keyring = Keyring.in(folder, outside::secret);
  }

  /** Returns what {@code outside} knows and the keysets of the keyring in {@code folder}. */
  public static Secrets of(Path folder, Secrets outside) {
    return outside instanceof KeyringSecrets ? outside : new KeyringSecrets(folder, outside);
  }

  @Override
  public byte[] secret(String reference) {
    return reference.startsWith(KEY)
        ? unlocked.computeIfAbsent(reference, this::unlock).clone()
        : outside.secret(reference);
  }

  private byte[] unlock(String reference) {
    String[] parts = reference.substring(KEY.length()).split("@", 2);
    Keyset keyset = keyring.keyset(parts[0]);
    return (parts.length == 1 ? keyset : keyset.withPrimary(parts[1])).serialized();
  }

  /** Says nothing of what it knows. */
  @Override
  public String toString() {
    return "secrets with a keyring";
  }
}
