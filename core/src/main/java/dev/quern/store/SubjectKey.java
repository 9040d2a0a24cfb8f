package dev.quern.store;

import dev.quern.data.Digest;
import dev.quern.engine.DataException;
import dev.quern.operator.SubjectHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.KeyGenerator;

/**
 * The key under which the subjects of a workspace are known, see {@link SubjectHash}; made when it
 * is first needed. It lies apart from what is hashed with it, for the owner alone.
 */
public final class SubjectKey {
  /** Where it lies, relative to the workspace. */
  static final String FILE = "keys/subject.key";

  private final String id;
  private final byte[] key;

  private SubjectKey(byte[] key) {
    this.key = key;
    this.id =
        HexFormat.of()
            .formatHex(
                Digest.sha256()
                    .digest(
                        ("id\n" + HexFormat.of().formatHex(key))
                            .getBytes(StandardCharsets.US_ASCII)))
            .substring(0, 16);
  }

  /** Returns the key of the workspace {@code root}, if there is one. */
  static Optional<SubjectKey> find(Path root) throws IOException {
    Path file = root.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      String written = Files.readString(file, StandardCharsets.US_ASCII).strip();
      byte[] key = Base64.getDecoder().decode(written);
      if (key.length != SubjectHash.KEY_BYTES) {
        throw new IllegalArgumentException("key must have 32 bytes; found: " + key.length);
      }
      return Optional.of(new SubjectKey(key));
    } catch (IllegalArgumentException e) {
      throw new DataException(
          "key_damaged",
          FILE + " must hold " + SubjectHash.KEY_BYTES + " bytes in base64; found: another content",
          e);
    }
  }

  /** Returns the key of the workspace {@code root}, made if there is none. */
  static SubjectKey of(Path root) throws IOException {
    Optional<SubjectKey> there = find(root);
    if (there.isPresent()) {
      return there.get();
    }
    try (WriteLock lock =
        WriteLock.take(root.resolve("keys"), "keys of the workspace", Duration.ofSeconds(30))) {
      if (!Files.exists(root.resolve(FILE))) {
        byte[] made = KeyGenerator.getInstance("HmacSHA256").generateKey().getEncoded();
        byte[] key = Digest.sha256().digest(made);
        Folders.replace(root.resolve(FILE), Base64.getEncoder().encodeToString(key) + "\n");
      }
      return find(root).orElseThrow();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform must make keys of HMAC-SHA-256", e);
    }
  }

  /** Returns the id of the key, 16 hexadecimal digits that tell nothing of it. */
  public String id() {
    return id;
  }

  /** Returns what hashes under this key; one per thread. */
  public SubjectHash hash() {
    return new SubjectHash(key);
  }

  /** Returns the bytes of the key, for workers that hash elsewhere. */
  public byte[] bytes() {
    return key.clone();
  }

  /** Says nothing of the key. */
  @Override
  public String toString() {
    return "key " + id;
  }
}
