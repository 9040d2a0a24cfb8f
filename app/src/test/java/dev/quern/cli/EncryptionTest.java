package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionTest {
  private static final String KEK = "a key-encryption key of 32 bytes";
  private static final String CANARY = "Quernelius";

  @TempDir Path folder;

  private Terminal terminal;

  @BeforeEach
  void open() throws Exception {
    terminal = new Terminal(folder).with("QUERN_KEK", KEK);
    StringBuilder csv = new StringBuilder("who,phone,age\n");
    for (int i = 0; i < 40; i++) {
      csv.append(CANARY).append(i % 3).append(",138001380").append(10 + i).append(',').append(i);
      csv.append('\n');
    }
    Files.writeString(folder.resolve("people.csv"), csv.toString());
    done("keys", "init", "--kek", "env:QUERN_KEK");
    done("keys", "create", "files", "--purpose", "aead");
    done("keys", "create", "values", "--purpose", "deterministic_aead");
    done("keys", "create", "phones", "--purpose", "ff1");
  }

  private void done(String... arguments) {
    assertThat(terminal.run(arguments)).as(terminal.err()).isEqualTo(Exit.DONE);
  }

  private void recipe(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), "recipe: " + name.replace(".yaml", "") + "\n" + text);
  }

  /** Returns the files of the workspace that hold {@code text}. */
  private List<Path> holding(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("workspace"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                try {
                  return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              })
          .toList();
    }
  }

  private String exported(String name) throws IOException {
    done("export", name, "--output", "out.csv", "--overwrite");
    return Files.readString(folder.resolve("out.csv"));
  }

  @Test
  void anEncryptedFieldIsInNoFileOfTheWorkspaceAndComesBackWithTheKey() throws Exception {
    recipe(
        "people.yaml",
        """
        read:
          - acquire.csv: { path: people.csv, types: { phone: text } }
        write: { name: people, encrypt: { fields: [who, phone], key: "key:files" } }
        """);
    done("run", "people.yaml");

    assertThat(holding(CANARY)).isEmpty();
    assertThat(holding("13800138012")).isEmpty();
    assertThat(exported("people")).contains(CANARY + "2,13800138012,2");
    done("show", "people", "--json");
    String digest = String.valueOf(Json.parseObject(terminal.out()).get("digest"));
    done("keys", "rotate", "files");
    done("run", "people.yaml");
    done("show", "people", "--json");
    // Under another key the same samples are another version, which the old key does not open.
    assertThat(String.valueOf(Json.parseObject(terminal.out()).get("digest"))).isNotEqualTo(digest);
    assertThat(exported("people")).contains(CANARY + "2,13800138012,2");
  }

  @Test
  void theDigestTellsNothingToWhoGuessesAllSamples() throws Exception {
    String read = "read:\n  - acquire.csv: { path: people.csv, types: { phone: text } }\n";
    String write = ", encrypt: { fields: [phone], key: \"key:files\" } }\n";
    recipe("sealed.yaml", read + "write: { name: sealed" + write);
    recipe("again.yaml", read + "write: { name: again" + write);
    done("run", "sealed.yaml");
    String digest = digest("sealed");
    recipe("clear.yaml", read + "write: clear\n");
    done("run", "clear.yaml", "--workspace", "elsewhere");
    done("show", "clear", "--json", "--workspace", "elsewhere");
    String guessed = String.valueOf(Json.parseObject(terminal.out()).get("digest"));

    assertThat(guessed).isNotEqualTo(digest).hasSize(64);
    assertThat(holding(guessed)).isEmpty();
    done("run", "again.yaml");
    assertThat(digest("again")).as("equal samples under one key").isEqualTo(digest);
  }

  @Test
  void idsThatFollowFromAKeyAreEncrypted() throws Exception {
    Files.writeString(folder.resolve("few.csv"), "who,_id\nann,1\nbob,2\n");
    recipe(
        "sealed.yaml",
        """
        read:
          - acquire.csv: { path: few.csv }
            key: [who]
        write: { name: sealed, encrypt: { fields: [who, _id], key: "key:files" } }
        """);
    done("run", "sealed.yaml");
    assertThat(exported("sealed")).contains("ann,1").contains("bob,2");
    recipe(
        "theirs.yaml",
        """
        read:
          - acquire.parquet: { path: "workspace/shards/*.parquet" }
        write: theirs
        """);
    assertThat(terminal.run("run", "theirs.yaml")).isEqualTo(Exit.REFUSED);
    assertThat(terminal.err()).contains("must be readable; found: encrypted");
    try (Stream<Path> shards = Files.list(folder.resolve("workspace/shards"))) {
      String shard = Files.readString(shards.findFirst().get(), StandardCharsets.ISO_8859_1);
      // Beside the footer's: who, _id the field, which lies in a column of its own, and the ids.
      assertThat(shard.split("wrappedDEK", -1)).hasSize(3 + 2);
    }
  }

  private String digest(String name) {
    done("show", name, "--json");
    return String.valueOf(Json.parseObject(terminal.out()).get("digest"));
  }

  @Test
  void whoIsForgottenLeavesAnEncryptedVersionThatStaysEncrypted() throws Exception {
    for (String footer : List.of("plain", "encrypted")) {
      recipe(
          footer + ".yaml",
          """
          read:
            - acquire.csv: { path: people.csv, types: { phone: text } }
          roles: { phone: subject }
          """
              + ("write: { name: "
                  + footer
                  + ", encrypt: { fields: [who, phone], key: \"key:files\",")
              + (" footer: " + footer + " } }\n"));
      done("run", footer + ".yaml");
    }
    done("subject", "find", "13800138012", "--json");
    assertThat(Json.object(Json.parseObject(terminal.out()).get("versions"))).hasSize(2);
    done("subject", "forget", "13800138012");

    for (String name : List.of("plain", "encrypted")) {
      assertThat(exported(name)).contains(CANARY).doesNotContain("13800138012");
    }
    Files.delete(folder.resolve("out.csv"));
    assertThat(holding(CANARY)).isEmpty();
    terminal.with("QUERN_KEK", "");
    assertThat(terminal.run("export", "plain", "--output", "out.csv")).isEqualTo(Exit.REFUSED);
  }

  @Test
  void aSecretThatIsNotThereIsRefusedByName() throws Exception {
    recipe(
        "people.yaml",
        """
        read:
          - acquire.csv: { path: people.csv }
        write: { name: people, encrypt: { fields: [who], key: "env:NOWHERE" } }
        """);
    assertThat(terminal.run("run", "people.yaml")).isEqualTo(Exit.REFUSED);
    assertThat(terminal.err()).contains("secret env:NOWHERE must be set; found: no such variable");
  }

  @Test
  void withoutTheKeyEncryptionKeyNothingIsReadAndTheFixIsNamed() throws Exception {
    recipe(
        "people.yaml",
        """
        read:
          - acquire.csv: { path: people.csv }
        write: { name: people, encrypt: { fields: [who], key: "key:files", footer: encrypted } }
        """);
    done("run", "people.yaml");
    terminal.with("QUERN_KEK", "");

    assertThat(terminal.run("export", "people", "--output", "out.csv")).isEqualTo(Exit.REFUSED);
    assertThat(terminal.err()).contains("secret env:QUERN_KEK must be set").contains("fix: export");
    terminal.with("QUERN_KEK", KEK.replace('a', 'b'));
    assertThat(terminal.run("export", "people", "--output", "out.csv")).isEqualTo(Exit.REFUSED);
    assertThat(terminal.err())
        .contains("must be the one the keyring was made with; found: another");
    assertThat(folder.resolve("out.csv")).doesNotExist();
  }

  @Test
  void valuesAreEncryptedInOneRunAndDecryptedInAnother() throws Exception {
    recipe(
        "people.yaml",
        """
        read:
          - acquire.csv: { path: people.csv, types: { phone: text } }
        steps:
          - privacy.encrypt: { fields: [who, age], key: "key:values", context: people }
          - privacy.encrypt_format: { fields: [phone], key: "key:phones" }
        write: people
        """);
    recipe(
        "back.yaml",
        """
        read:
          - dataset: people
        steps:
          - privacy.decrypt: { fields: [who, age], key: "key:values", context: people, types: { age: long } }
          - privacy.decrypt_format: { fields: [phone], key: "key:phones" }
        write: back
        """);
    done("run", "people.yaml");
    assertThat(holding(CANARY)).isEmpty();
    assertThat(exported("people")).doesNotContain(CANARY).doesNotContain("13800138012");
    done("keys", "rotate", "values");
    done("run", "back.yaml");

    assertThat(exported("back")).contains(CANARY + "2,13800138012,2");
  }

  @Test
  void filesOfAnEncryptedVersionAreASourceForWhoHasTheKey() throws Exception {
    for (String footer : List.of("plain", "encrypted")) {
      recipe(
          "people.yaml",
          """
          read:
            - acquire.csv: { path: people.csv, types: { phone: text } }
          write: { name: people, encrypt: { fields: [who, phone], key: "key:files", footer: FOOTER } }
          """
              .replace("FOOTER", footer));
      done("run", "people.yaml");
      try (Stream<Path> shards = Files.list(folder.resolve("workspace/shards"))) {
        Path newest = shards.max(java.util.Comparator.comparing(EncryptionTest::time)).get();
        Files.copy(newest, folder.resolve("shard-" + footer + ".parquet"));
      }
      String read = "read:\n  - acquire.parquet: { path: shard-" + footer + ".parquet";
      recipe("back.yaml", read + ", key: \"key:files\" }\nwrite: back\n");
      done("run", "back.yaml");
      assertThat(exported("back")).contains(CANARY + "2,13800138012,2");

      recipe("back.yaml", read + " }\nwrite: back\n");
      assertThat(terminal.run("run", "back.yaml")).isEqualTo(Exit.REFUSED);
      assertThat(terminal.err()).contains("fix: give the reader its key (key: key:NAME)");
      terminal.with("OTHER", "another secret of many bytes, 32");
      recipe("back.yaml", read + ", key: \"${env:OTHER}\" }\nwrite: back\n");
      assertThat(terminal.run("run", "back.yaml")).isEqualTo(Exit.REFUSED);
      assertThat(terminal.err())
          .contains("shard-" + footer + ".parquet: file must be as it was encrypted")
          .contains("another key");
    }
  }

  private static java.nio.file.attribute.FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void mistakesInAWriteAreToldWithTheirPlaces() throws Exception {
    recipe(
        "people.yaml",
        """
        read:
          - acquire.csv: { path: people.csv }
        write: { name: people, encrypt: { fields: [whom], key: "my secret" } }
        """);
    assertThat(terminal.run("run", "people.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains("people.yaml:4:56  write.encrypt.key must be a keyset, key:NAME")
        .contains("found: something else, not shown")
        .doesNotContain("my secret");
    recipe(
        "people.yaml",
        """
        read:
          - acquire.csv: { path: people.csv }
        write: { name: people, encrypt: { fields: [whom], key: "key:files" } }
        """);
    assertThat(terminal.run("run", "people.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains("write.encrypt.fields must name a field of the last step; found: whom");
  }
}
