package dev.quern.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quern.engine.DataException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
  private static final String NOW = "2025-01-01T00:00:00Z";
  private static final byte[] PLAIN = "ann".getBytes(StandardCharsets.UTF_8);

  @TempDir Path workspace;

  private final Map<String, byte[]> secrets =
      new HashMap<>(
          Map.of(
              "env:KEK",
              "a key-encryption key of 32 bytes".getBytes(StandardCharsets.UTF_8),
              "env:SHORT",
              new byte[31]));

  private Keyring keyring() {
    return Keyring.in(
        workspace.resolve("keys"),
        reference -> {
          byte[] secret = secrets.get(reference);
          if (secret == null) {
            throw KeyRefusal.of("missing", "secret " + reference + " must be set; found: none");
          }
          return secret;
        });
  }

  private Keyring made() throws Exception {
    keyring().create("env:KEK");
    return keyring();
  }

  @Test
  void whatIsEncryptedTodayIsDecryptedByAnotherProcessTomorrow() throws Exception {
    made().add("files", Purpose.AEAD, NOW);
    byte[] encrypted = keyring().aead("files").encrypt(PLAIN, PLAIN);

    assertThat(keyring().aead("files").decrypt(encrypted, PLAIN)).isEqualTo(PLAIN);
    assertThat(keyring().info("files").primary()).isEqualTo(Keyset.idOf(encrypted));
  }

  @Test
  void filesAreForTheirOwnerAloneAndHoldNoKeyInClear() throws Exception {
    Keyring keyring = made();
    keyring.add("files", Purpose.AEAD, NOW);
    byte[] clear = keyring.keyset("files").serialized();
    String material = new String(clear, StandardCharsets.ISO_8859_1).substring(40);

    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(workspace.resolve("keys"))))
        .isEqualTo("rwx------");
    try (var files = Files.list(workspace.resolve("keys"))) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain(material)
            .doesNotContain("key-encryption key of 32 bytes");
      }
    }
  }

  @Test
  void isRotatedDisabledEnabledAndDestroyed() throws Exception {
    Keyring keyring = made();
    String first = keyring.add("files", Purpose.AEAD, NOW).primary();
    byte[] encrypted = keyring.aead("files").encrypt(PLAIN, PLAIN);
    String second = keyring.rotate("files", NOW).primary();

    assertThat(keyring.aead("files").decrypt(encrypted, PLAIN)).isEqualTo(PLAIN);
    keyring.disable("files", first);
    assertThatThrownBy(() -> keyring.aead("files").decrypt(encrypted, PLAIN))
        .isInstanceOf(java.security.GeneralSecurityException.class);
    keyring.enable("files", first);
    assertThat(keyring.aead("files").decrypt(encrypted, PLAIN)).isEqualTo(PLAIN);
    keyring.destroy("files", first);
    assertThatThrownBy(() -> keyring.aead("files").decrypt(encrypted, PLAIN))
        .isInstanceOf(java.security.GeneralSecurityException.class);
    assertThat(keyring.info("files").keys())
        .containsExactly(
            new KeysetInfo.Key(first, KeysetInfo.Status.DESTROYED, NOW),
            new KeysetInfo.Key(second, KeysetInfo.Status.PRIMARY, NOW));
    assertThat(keyring.keyset("files").ids()).containsExactly(second);
    assertThatThrownBy(() -> keyring.enable("files", first))
        .hasMessageContaining("must be an older key that is there; found: a destroyed key");
    assertThatThrownBy(() -> keyring.destroy("files", second))
        .hasMessageContaining("found: the primary key; rotate first");
    assertThatThrownBy(() -> keyring.disable("files", "00000000"))
        .hasMessageContaining("found: none with that id");
  }

  @Test
  void aWrongOrLostKeyEncryptionKeyIsRefusedWithTheFix() throws Exception {
    made().add("files", Purpose.AEAD, NOW);
    secrets.put("env:KEK", "another key-encryption key of 32".getBytes(StandardCharsets.UTF_8));

    DataException wrong =
        catchThrowableOfType(DataException.class, () -> keyring().keyset("files"));

    assertThat(KeyRefusal.is(wrong)).isTrue();
    assertThat(wrong.code()).isEqualTo("key_wrong");
    assertThat(wrong)
        .hasMessage(
            workspace.resolve("keys")
                + ": key-encryption key env:KEK must be the one the keyring was made with; found:"
                + " another; fix: set env:KEK to the key of then");
    secrets.remove("env:KEK");
    assertThatThrownBy(() -> keyring().keyset("files"))
        .hasMessage("secret env:KEK must be set; found: none");
    assertThat(keyring().list()).hasSize(1);
  }

  @Test
  void anyChangedByteOfItsFilesIsRefused() throws Exception {
    Keyring keyring = made();
    keyring.add("files", Purpose.AEAD, NOW);
    keyring.rotate("files", NOW);
    for (String name : List.of("keyring.json", "files.json")) {
      Path file = workspace.resolve("keys").resolve(name);
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length; at++) {
        byte[] changed = whole.clone();
        changed[at] ^= 1;
        Files.write(file, changed);
        DataException refused =
            catchThrowableOfType(DataException.class, () -> keyring().keyset("files"));
        assertThat(refused).as("byte %d of %s", at, name).isNotNull();
      }
      Files.write(file, whole);
    }
    assertThat(keyring().keyset("files").ids()).hasSize(2);
  }

  @Test
  void whatMayBeKnownCannotBeChangedWithoutTheKeyEncryptionKey() throws Exception {
    Keyring keyring = made();
    String first = keyring.add("files", Purpose.AEAD, NOW).primary();
    keyring.rotate("files", NOW);
    KeysetInfo info = keyring.info("files");
    Path file = workspace.resolve("keys").resolve("files.json");
    KeysetFile read = KeysetFile.of(dev.quern.format.json.SealedJson.read(file));
    List<KeysetInfo.Key> swapped =
        info.keys().stream()
            .map(
                key ->
                    key.with(
                        key.id().equals(first)
                            ? KeysetInfo.Status.PRIMARY
                            : KeysetInfo.Status.ENABLED))
            .toList();

    // A forger can make the seal, but not what the keys were wrapped with.
    Files.writeString(
        file,
        new KeysetFile(new KeysetInfo("files", Purpose.AEAD, swapped), read.wrapped()).write());

    assertThatThrownBy(() -> keyring().keyset("files"))
        .hasMessage(
            file
                + ": file must be as it was written; found: changed bytes; fix: restore it from a"
                + " backup");
  }

  @Test
  void namesWhatIsMissingAndHowToMakeIt() throws Exception {
    assertThatThrownBy(() -> keyring().keyset("files"))
        .hasMessageContaining("keyring must be there; found: none; fix: quern keys init --kek");
    made();
    assertThatThrownBy(() -> keyring().keyset("files"))
        .hasMessageContaining(
            "keyset files must be there; found: none; fix: quern keys create files --purpose"
                + " prf|aead|deterministic_aead|ff1");
    assertThatThrownBy(() -> keyring().add("../files", Purpose.PRF, NOW))
        .hasMessageContaining("name of a keyset must be lower-case letters");
    assertThatThrownBy(() -> keyring().create("env:KEK"))
        .hasMessageContaining("found: one wrapped by env:KEK");
    keyring().add("files", Purpose.PRF, NOW);
    assertThatThrownBy(() -> keyring().add("files", Purpose.PRF, NOW))
        .hasMessageContaining("fix: quern keys rotate files");
  }

  @Test
  void aShortOrUnknownKeyEncryptionKeyLeavesNoKeyring() {
    assertThatThrownBy(() -> keyring().create("env:SHORT"))
        .hasMessage(
            "key-encryption key env:SHORT must have at least 32 (bytes); found: 31; fix: head -c"
                + " 32 /dev/urandom | base64");
    assertThatThrownBy(() -> keyring().create("kms:nowhere:1"))
        .hasMessageContaining("must be of a known service; found: none for nowhere");
    assertThatThrownBy(() -> keyring().create("my secret"))
        .hasMessageContaining("found: something else, not shown");
    assertThat(keyring().exists()).isFalse();
  }
}
