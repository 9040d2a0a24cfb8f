package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
  private static final String KEK = "a key-encryption key of 32 bytes";

  @TempDir Path folder;

  private Terminal terminal;

  @BeforeEach
  void open() {
    terminal = new Terminal(folder).with("QUERN_KEK", KEK);
  }

  private List<Map<String, @Nullable Object>> keysets(String... arguments) {
    assertThat(terminal.run(arguments)).as(terminal.err()).isEqualTo(Exit.DONE);
    return Json.list(Json.parseObject(terminal.out()).get("keysets")).stream()
        .map(Json::object)
        .toList();
  }

  private static List<String> statuses(Map<String, @Nullable Object> keyset) {
    return Json.list(keyset.get("keys")).stream()
        .map(key -> String.valueOf(Json.object(key).get("status")))
        .toList();
  }

  @Test
  void keysLiveFromInitToDestroy() {
    assertThat(terminal.run("keys", "init", "--kek", "${env:QUERN_KEK}")).isEqualTo(Exit.DONE);
    assertThat(terminal.err()).contains("wrapped by env:QUERN_KEK");
    String first =
        String.valueOf(
            keysets("keys", "create", "people", "--purpose", "prf", "--json")
                .get(0)
                .get("primary"));
    var rotated = keysets("keys", "rotate", "people", "--json").get(0);

    assertThat(statuses(rotated)).containsExactly("enabled", "primary");
    assertThat(rotated.get("primary")).isNotEqualTo(first);
    assertThat(statuses(keysets("keys", "disable", "people", first, "--json").get(0)))
        .containsExactly("disabled", "primary");
    assertThat(statuses(keysets("keys", "enable", "people", first, "--json").get(0)))
        .containsExactly("enabled", "primary");
    assertThat(statuses(keysets("keys", "destroy", "people", first, "--json").get(0)))
        .containsExactly("destroyed", "primary");
    assertThat(terminal.run("keys")).isEqualTo(Exit.DONE);
    assertThat(terminal.out()).contains("people", "prf", first, "destroyed");
  }

  @Test
  void aLostOrWrongKeyEncryptionKeyIsRefusedWithCodeFour() {
    assertThat(terminal.run("keys", "init", "--kek", "env:QUERN_KEK")).isEqualTo(Exit.DONE);
    terminal.with("QUERN_KEK", KEK.toUpperCase(java.util.Locale.ROOT));
    assertThat(terminal.run("keys", "create", "people", "--purpose", "prf"))
        .isEqualTo(Exit.REFUSED);
    assertThat(terminal.err())
        .contains("must be the one the keyring was made with; found: another; fix: set")
        .doesNotContain(KEK);
    terminal.with("QUERN_KEK", "");
    assertThat(terminal.run("keys", "create", "people", "--purpose", "prf"))
        .isEqualTo(Exit.REFUSED);
    assertThat(terminal.err())
        .contains("secret env:QUERN_KEK must be set; found: no such variable");
  }

  @Test
  void theKeyEncryptionKeyIsChangedInOneStepAndKeysetsStay() throws Exception {
    assertThat(terminal.run("keys", "init", "--kek", "env:QUERN_KEK")).isEqualTo(Exit.DONE);
    keysets("keys", "create", "people", "--purpose", "aead", "--json");
    Files.writeString(folder.resolve("kek"), "another key-encryption key, 32 or more bytes\n");
    byte[] keyset = Files.readAllBytes(folder.resolve("workspace/keys/people.json"));

    assertThat(terminal.run("keys", "rewrap", "--kek", "file:kek")).isEqualTo(Exit.DONE);
    terminal.with("QUERN_KEK", "");

    assertThat(statuses(keysets("keys", "rotate", "people", "--json").get(0))).hasSize(2);
    assertThat(keyset).isNotEmpty();
  }

  @Test
  void withoutAKeyringTheFixIsNamed() {
    assertThat(terminal.run("keys")).isEqualTo(Exit.REFUSED);
    assertThat(terminal.err()).contains("found: none; fix: quern keys init --kek env:NAME");
  }

  @Test
  void mistakesAreUsageErrors() {
    assertThat(terminal.run("keys", "rotat", "people")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("found: rotat; did you mean 'rotate'?");
    assertThat(terminal.run("keys", "destroy", "people")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("keys destroy must be followed by NAME ID; found: 1 words");
    assertThat(terminal.run("keys", "create", "people", "--purpose", "hash")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains("--purpose must be one of prf, aead, deterministic_aead, ff1; found: hash");
  }
}
