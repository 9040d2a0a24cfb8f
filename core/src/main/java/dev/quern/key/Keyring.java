package dev.quern.key;

import com.google.crypto.tink.KeyStatus;
import dev.quern.engine.DataException;
import dev.quern.format.json.SealedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The keysets of a workspace, folder {@code keys}: one file each, wrapped by a key-encryption key
 * that lies elsewhere ({@code env:NAME}, {@code file:PATH}, {@code kms:SCHEME:REST}). What keysets
 * and keys there are can be read without it; every change and every use of a key needs it.
 */
public final class Keyring {
  private static final String ITSELF = "keyring";
  private static final int RANDOM_BYTES = 32;
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_-]{0,63}");

  private final Path folder;
  private final KeyFiles files;
  private final Function<String, byte[]> secrets;

  private Keyring(Path folder, Function<String, byte[]> secrets) {
    this.folder = folder;
    this.files = new KeyFiles(folder);
    this.secrets = secrets;
  }

  /**
   * Returns the keyring in {@code folder}, which need not exist.
   *
   * @param secrets resolves {@code env:NAME} and {@code file:PATH}
   */
  public static Keyring in(Path folder, Function<String, byte[]> secrets) {
    return new Keyring(folder, secrets);
  }

  /** Returns whether the keyring has been made. */
  public boolean exists() {
    return Files.exists(files.file(ITSELF));
  }

  /**
   * Makes the keyring.
   *
   * @param kek where its key-encryption key lies
   * @throws DataException if there is one already, or the key cannot be used
   */
  public void create(String kek) throws IOException {
    files.create();
    files.alone(
        () -> {
          if (exists()) {
            throw KeyRefusal.of(
                "exists",
                folder + ": keyring must not be there yet; found: one wrapped by " + reference());
          }
          writeItself(kek, random());
          return folder;
        });
  }

  /**
   * Wraps the keyring by another key-encryption key, in one step. Keysets stay as they are; who had
   * the old key and a copy of the files still can open those.
   */
  public void rewrap(String kek) throws IOException {
    itself();
    files.alone(
        () -> {
          writeItself(kek, master());
          return folder;
        });
  }

  private static byte[] random() {
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return random;
  }

  /** The master key wraps the keysets and never leaves; what changes with the outer key is this. */
  private void writeItself(String kek, byte[] master) throws IOException {
    byte[] salt = random();
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("keyring", 1L);
    plain.put("key_encryption_key", kek);
    plain.put("salt", HexFormat.of().formatHex(salt));
    byte[] wrapped = encryption(kek, salt).wrap(master, context(kek, salt));
    plain.put("master", Base64.getEncoder().encodeToString(wrapped));
    files.replace(ITSELF, SealedJson.pretty(plain));
  }

  /** Returns where the key-encryption key lies. */
  public String reference() {
    return String.valueOf(itself().get("key_encryption_key"));
  }

  private Map<String, @Nullable Object> itself() {
    return read(
        ITSELF,
        () ->
            KeyRefusal.of(
                "missing",
                folder
                    + ": keyring must be there; found: none; fix: quern keys init --kek"
                    + " env:NAME"));
  }

  private interface Absence {
    DataException refusal();
  }

  private Map<String, @Nullable Object> read(String name, Absence absence) {
    Path file = files.file(name);
    try {
      return SealedJson.read(file);
    } catch (NoSuchFileException e) {
      throw absence.refusal();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw damaged(file);
    }
  }

  private static DataException damaged(Path file) {
    return KeyRefusal.of(
        "damaged",
        file
            + ": file must be as it was written; found: changed bytes; fix: restore it from a"
            + " backup");
  }

  private KeyEncryption encryption(String kek, byte[] salt) {
    if (kek.startsWith("env:") || kek.startsWith("file:")) {
      return new SecretEncryption(kek, secrets.apply(kek), salt);
    }
    if (kek.startsWith("kms:")) {
      String scheme = kek.split(":", 3)[1];
      for (KeyService service : ServiceLoader.load(KeyService.class)) {
        if (service.scheme().equals(scheme)) {
          return service.open(kek);
        }
      }
      throw KeyRefusal.of(
          "no_service",
          "key-encryption key "
              + kek
              + " must be of a known service; found: none for "
              + scheme
              + "; fix: put its jar on the class path");
    }
    throw KeyRefusal.of(
        "reference",
        "key-encryption key must be env:NAME, file:PATH or kms:SCHEME:REST; found: "
            + "something else, not shown");
  }

  private static byte[] context(String kek, byte[] salt) {
    String context = "quern keyring 1 " + HexFormat.of().formatHex(salt) + " " + kek;
    return context.getBytes(StandardCharsets.UTF_8);
  }

  /** Returns what wraps the keysets. */
  private KeyEncryption unlocked() {
    return new SecretEncryption("master", master(), new byte[0]);
  }

  private byte[] master() {
    Map<String, @Nullable Object> itself = itself();
    String kek = String.valueOf(itself.get("key_encryption_key"));
    byte[] salt;
    byte[] wrapped;
    try {
      salt = HexFormat.of().parseHex(String.valueOf(itself.get("salt")));
      wrapped = Base64.getDecoder().decode(String.valueOf(itself.get("master")));
    } catch (IllegalArgumentException e) {
      throw damaged(files.file(ITSELF));
    }
    try {
      return encryption(kek, salt).unwrap(wrapped, context(kek, salt));
    } catch (GeneralSecurityException e) {
      // A wrong key and changed bytes cannot be told apart; the seal found none of these.
      throw KeyRefusal.of(
          "wrong",
          folder
              + ": key-encryption key "
              + kek
              + " must be the one the keyring was made with; found: another; fix: set "
              + kek
              + " to the key of then");
    }
  }

  /** Returns what may be known of all keysets, by name. */
  public List<KeysetInfo> list() throws IOException {
    itself();
    List<KeysetInfo> all = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.sorted().toList()) {
        String file = String.valueOf(path.getFileName());
        String name = file.endsWith(".json") ? file.substring(0, file.length() - 5) : "";
        if (NAME.matcher(name).matches() && !name.equals(ITSELF)) {
          all.add(info(name));
        }
      }
    }
    return all;
  }

  /**
   * Returns what may be known of the keyset {@code name}.
   *
   * @throws DataException if there is none
   */
  public KeysetInfo info(String name) {
    return file(name).info();
  }

  private KeysetFile file(String name) {
    itself();
    requireName(name);
    Map<String, @Nullable Object> plain =
        read(
            name,
            () ->
                KeyRefusal.of(
                    "missing",
                    folder
                        + ": keyset "
                        + name
                        + " must be there; found: none; fix: quern keys create "
                        + name
                        + " --purpose "
                        + String.join("|", Purpose.names())));
    try {
      KeysetFile file = KeysetFile.of(plain);
      if (file.info().name().equals(name)) {
        return file;
      }
    } catch (IllegalArgumentException e) {
      // Told below, like a file of another name.
    }
    throw damaged(files.file(name));
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches() || name.equals(ITSELF)) {
      throw KeyRefusal.of(
          "name",
          "name of a keyset must be lower-case letters, digits, - and _, a letter first, at most"
              + " 64 (characters), not keyring; found: "
              + name.length()
              + " characters");
    }
  }

  /**
   * Returns the keyset {@code name}, unlocked.
   *
   * @throws DataException if there is none, or the key-encryption key is not that of then
   */
  public Keyset keyset(String name) {
    KeysetFile file = file(name);
    return unwrap(file, unlocked());
  }

  private Keyset unwrap(KeysetFile file, KeyEncryption encryption) {
    String name = file.info().name();
    try {
      Keyset keyset =
          Keyset.parse(name, encryption.unwrap(file.wrapped(), KeysetFile.context(file.info())));
      if (keyset.purpose() == file.info().purpose()
          && keyset.primary().equals(file.info().primary())) {
        return keyset;
      }
    } catch (GeneralSecurityException e) {
      // Told below: the key-encryption key has been proven, so bytes have changed.
    }
    throw damaged(files.file(name));
  }

  /** Returns HMAC-SHA-256 under the primary key of the keyset {@code name}. */
  public Prf prf(String name) {
    return keyset(name).prf();
  }

  /** Returns AES-256-GCM under the keyset {@code name}. */
  public com.google.crypto.tink.Aead aead(String name) {
    return keyset(name).aead();
  }

  /** Returns AES-256-SIV under the keyset {@code name}. */
  public com.google.crypto.tink.DeterministicAead deterministicAead(String name) {
    return keyset(name).deterministicAead();
  }

  /** Returns FF1 under the primary key of the keyset {@code name}. */
  public Ff1 ff1(String name, Alphabet alphabet) {
    return keyset(name).ff1(alphabet);
  }

  /**
   * Makes a keyset with one key.
   *
   * @param now the time, ISO 8601
   * @throws DataException if there is one of that name
   */
  public KeysetInfo add(String name, Purpose purpose, String now) throws IOException {
    requireName(name);
    itself();
    return files.alone(
        () -> {
          if (Files.exists(files.file(name))) {
            throw KeyRefusal.of(
                "exists",
                folder
                    + ": keyset "
                    + name
                    + " must not be there yet; found: one; fix: quern keys"
                    + " rotate "
                    + name);
          }
          KeyEncryption encryption = unlocked();
          Keyset keyset = Keyset.generate(name, purpose);
          KeysetInfo.Key key = new KeysetInfo.Key(keyset.primary(), KeysetInfo.Status.PRIMARY, now);
          return write(new KeysetInfo(name, purpose, List.of(key)), keyset, encryption);
        });
  }

  private KeysetInfo write(KeysetInfo info, Keyset keyset, KeyEncryption encryption)
      throws IOException {
    byte[] wrapped = encryption.wrap(keyset.serialized(), KeysetFile.context(info));
    files.replace(info.name(), new KeysetFile(info, wrapped).write());
    return info;
  }

  /** Gives the keyset {@code name} a new primary key; the others go on decrypting. */
  public KeysetInfo rotate(String name, String now) throws IOException {
    itself();
    return files.alone(
        () -> {
          KeysetFile file = file(name);
          KeyEncryption encryption = unlocked();
          Keyset rotated = unwrap(file, encryption).rotated();
          List<KeysetInfo.Key> keys = new ArrayList<>();
          for (KeysetInfo.Key key : file.info().keys()) {
            boolean was = key.status() == KeysetInfo.Status.PRIMARY;
            keys.add(was ? key.with(KeysetInfo.Status.ENABLED) : key);
          }
          keys.add(new KeysetInfo.Key(rotated.primary(), KeysetInfo.Status.PRIMARY, now));
          return write(new KeysetInfo(name, file.info().purpose(), keys), rotated, encryption);
        });
  }

  /** Keeps the key {@code id} from being used until it is enabled again. */
  public KeysetInfo disable(String name, String id) throws IOException {
    return change(
        name, id, KeysetInfo.Status.DISABLED, keyset -> keyset.with(id, KeyStatus.DISABLED));
  }

  /** Lets the disabled key {@code id} decrypt again. */
  public KeysetInfo enable(String name, String id) throws IOException {
    return change(
        name, id, KeysetInfo.Status.ENABLED, keyset -> keyset.with(id, KeyStatus.ENABLED));
  }

  /** Removes the material of the key {@code id} for ever; what it encrypted is lost. */
  public KeysetInfo destroy(String name, String id) throws IOException {
    return change(name, id, KeysetInfo.Status.DESTROYED, keyset -> keyset.without(id));
  }

  private KeysetInfo change(
      String name, String id, KeysetInfo.Status status, Function<Keyset, Keyset> change)
      throws IOException {
    itself();
    return files.alone(
        () -> {
          KeysetFile file = file(name);
          KeysetInfo.Status was =
              file.info()
                  .key(id)
                  .map(KeysetInfo.Key::status)
                  .orElseThrow(() -> unusable(file.info(), id, "none with that id"));
          if (was == KeysetInfo.Status.PRIMARY) {
            throw unusable(file.info(), id, "the primary key; rotate first");
          }
          if (was == KeysetInfo.Status.DESTROYED) {
            throw unusable(file.info(), id, "a destroyed key");
          }
          KeyEncryption encryption = unlocked();
          Keyset changed = change.apply(unwrap(file, encryption));
          List<KeysetInfo.Key> keys = new ArrayList<>();
          for (KeysetInfo.Key key : file.info().keys()) {
            keys.add(key.id().equals(id) ? key.with(status) : key);
          }
          return write(new KeysetInfo(name, file.info().purpose(), keys), changed, encryption);
        });
  }

  private static DataException unusable(KeysetInfo info, String id, String found) {
    return KeyRefusal.of(
        "unusable",
        "key "
            + info.name()
            + "@"
            + id
            + " must be an older key that is there; found: "
            + found
            + "; keys: "
            + String.join(", ", info.keys().stream().map(KeysetInfo.Key::id).toList()));
  }

  /** Returns the key {@code id} of the keyset {@code name} as it is known without any key. */
  public Optional<KeysetInfo.Key> key(String name, String id) {
    return info(name).key(id);
  }
}
