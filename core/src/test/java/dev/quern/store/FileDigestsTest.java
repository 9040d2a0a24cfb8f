package dev.quern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Schema;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.format.json.Json;
import dev.quern.format.json.SealedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {
  /** 2001-09-09: long before any test. */
  private static final long LONG_AGO = 1_000_000_000_000L;

  private Workspace workspace;
  private Path folder;

  @BeforeEach
  void open(@TempDir Path temp) {
    folder = temp;
    workspace = new Workspace(temp.resolve("workspace"));
  }

  private InputFile file(String name, byte[] content, long modified) throws IOException {
    Path path = folder.resolve(name);
    Files.write(path, content);
    Files.setLastModifiedTime(path, FileTime.fromMillis(modified));
    return new InputFile(name, path.toString(), content.length, modified);
  }

  private String digest(InputFile... files) throws IOException {
    return workspace.fileDigests().digest(List.of(files));
  }

  @Test
  void namesAndContentsDecideTheDigest() throws IOException {
    InputFile a = file("a", "1".getBytes(), LONG_AGO);
    InputFile b = file("b", "1".getBytes(), LONG_AGO);
    InputFile c = file("c", "2".getBytes(), LONG_AGO);
    assertThat(digest(a)).hasSize(32).isEqualTo(digest(a));
    assertThat(digest(a)).isNotEqualTo(digest(b));
    assertThat(digest(a, b)).isNotEqualTo(digest(a, c));
    InputFile moved = new InputFile("a", b.path(), b.bytes(), b.modified());
    assertThat(digest(moved)).isEqualTo(digest(a));
  }

  @Test
  void everyByteOfALargeFileCounts() throws IOException {
    byte[] content = new byte[(5 << 20) / 2];
    String whole = digest(file("a", content, LONG_AGO));
    for (int at : new int[] {0, (1 << 20) - 1, 1 << 20, content.length - 1}) {
      byte[] other = content.clone();
      other[at] = 1;
      assertThat(digest(file("a", other, LONG_AGO + 1 + at))).as("byte " + at).isNotEqualTo(whole);
    }
    byte[] shorter = Arrays.copyOf(content, content.length - 1);
    assertThat(digest(file("a", shorter, LONG_AGO))).isNotEqualTo(whole);
  }

  @Test
  void aFileThatHasNotChangedIsNotReadAgain() throws IOException {
    InputFile before = file("a", "1".getBytes(), LONG_AGO);
    String first = digest(before);
    Files.delete(folder.resolve("a"));
    assertThat(digest(before)).isEqualTo(first);
  }

  @Test
  void aChangeOfSizeOrTimeIsSeen() throws IOException {
    String first = digest(file("a", "1".getBytes(), LONG_AGO));
    assertThat(digest(file("a", "12".getBytes(), LONG_AGO))).isNotEqualTo(first);
    assertThat(digest(file("a", "3".getBytes(), LONG_AGO + 1))).isNotEqualTo(first);
  }

  @Test
  void aFileThatHasJustChangedIsReadAgain() throws IOException {
    long now = Files.getLastModifiedTime(Files.createFile(folder.resolve("clock"))).toMillis();
    String first = digest(file("a", "1".getBytes(), now));
    assertThat(digest(file("a", "2".getBytes(), now))).isNotEqualTo(first);
  }

  @Test
  void aFileThatChangesWhileItIsReadIsRefused() throws IOException {
    InputFile real = file("a", "123".getBytes(), LONG_AGO);
    InputFile listed = new InputFile("a", real.path(), 2, real.modified());
    assertThatThrownBy(() -> digest(listed))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "a must not change while it is read; found: 3 bytes instead of 2; run again when it is"
                + " complete");
    InputFile gone = new InputFile("b", folder.resolve("b").toString(), 2, LONG_AGO);
    assertThatThrownBy(() -> digest(gone))
        .isInstanceOf(DataException.class)
        .hasMessage("b must stay until it is read; found: no file");
  }

  @Test
  void aSchemaIsInferredOncePerKey() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    FileDigests.Inference inference =
        () -> {
          calls.incrementAndGet();
          return TestVersions.SCHEMA;
        };
    Schema first = workspace.fileDigests().schema("k", inference);
    Schema second = workspace.fileDigests().schema("k", inference);
    assertThat(second).isEqualTo(first).isEqualTo(TestVersions.SCHEMA);
    assertThat(calls).hasValue(1);
    workspace.fileDigests().schema("other", inference);
    assertThat(calls).hasValue(2);
  }

  @Test
  void aDamagedSchemaIsInferredAnew() throws IOException {
    workspace.fileDigests().schema("k", () -> TestVersions.SCHEMA);
    Path cache = workspace.root().resolve("work/inputs.json");
    Map<String, Object> plain =
        Json.parseObject(SealedJson.write(SealedJson.read(cache)).replace("\"long\"", "\"lang\""));
    plain.remove("seal");
    Files.writeString(cache, SealedJson.write(plain));
    Schema other = Schema.of();
    assertThat(workspace.fileDigests().schema("k", () -> other)).isEqualTo(other);
    assertThat(workspace.fileDigests().schema("k", () -> TestVersions.SCHEMA)).isEqualTo(other);
  }

  @Test
  void aSchemaWithAFlippedBitIsInferredAnew() throws IOException {
    workspace.fileDigests().schema("k", () -> TestVersions.SCHEMA);
    Path cache = workspace.root().resolve("work/inputs.json");
    Files.writeString(cache, Files.readString(cache).replace("price", "prica"));
    assertThat(workspace.fileDigests().schema("k", () -> TestVersions.SCHEMA))
        .isEqualTo(TestVersions.SCHEMA);
  }

  @Test
  void aDamagedCacheIsBegunAnew() throws IOException {
    String first = digest(file("a", "1".getBytes(), LONG_AGO));
    Path cache = workspace.root().resolve("work/inputs.json");
    for (String damage : List.of("{", "[]", "{\"digests\": 1}", "{\"schemas\": {\"a\": 7}}", "")) {
      Files.writeString(cache, damage);
      assertThat(digest(file("a", "1".getBytes(), LONG_AGO))).isEqualTo(first);
    }
  }
}
