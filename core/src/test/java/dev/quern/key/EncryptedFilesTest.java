package dev.quern.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.DataException;
import dev.quern.engine.SampleFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedFilesTest {
  private static final byte[] SECRET =
      "32 bytes nobody could have drawn".getBytes(StandardCharsets.UTF_8);
  private static final String VALUE = "Quernelius";

  @TempDir Path root;

  private Keyring keyring;
  private EncryptedFiles files;

  @BeforeEach
  void open() throws IOException {
    keyring = Keyring.in(root.resolve("keys"), reference -> SECRET);
    keyring.create("env:KEK");
    keyring.add("files", Purpose.AEAD, "2026-11-27T00:00:00Z");
    files = reading().writing(keyring.keyset("files"));
  }

  private EncryptedFiles reading() {
    return EncryptedFiles.reading(
        root, reference -> keyring.keyset(reference.substring("key:".length())));
  }

  private Path written(String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    try (SampleFiles.Output out = files.create(file, file)) {
      out.write(content, 0, content.length);
      out.finish();
    }
    return file;
  }

  private static byte[] text(int length) {
    return VALUE
        .repeat(length / VALUE.length() + 1)
        .substring(0, length)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void comesBackWholeAndInPiecesWhateverItsSize() throws IOException {
    for (int size : List.of(0, 1, 65_000, 65_479, 65_480, 65_481, 65_536, 200_000)) {
      byte[] content = text(size);
      Path file = written("work/some", content);

      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(VALUE);
      assertThat(reading().content(file)).isEqualTo(content);
      assertThat(reading().size(file)).isEqualTo(size);
      assertThat(reading().content(files.stored(content, file), file)).isEqualTo(content);
      try (SampleFiles.Input in = reading().open(file)) {
        assertThat(in.size()).isEqualTo(size);
        SplittableRandom random = new SplittableRandom(size);
        for (int i = 0; i < 20 && size > 0; i++) {
          int from = random.nextInt(size);
          ByteBuffer piece = ByteBuffer.allocate(Math.min(size - from, 100));
          while (piece.hasRemaining()) {
            assertThat(in.read(piece, from + piece.position())).isPositive();
          }
          assertThat(piece.array())
              .isEqualTo(Arrays.copyOfRange(content, from, from + piece.capacity()));
        }
        assertThat(in.read(ByteBuffer.allocate(1), size)).isEqualTo(-1);
      }
    }
  }

  @Test
  void everyChangedByteIsRefused() throws IOException {
    byte[] content = text(300);
    Path file = written("work/some", content);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 1 << (at % 8);
      Files.write(file, changed);
      assertThatThrownBy(() -> reading().only().content(file))
          .as("byte " + at)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file + ": file must be")
          .hasMessageContaining(
              "; fix: restore it from a copy, or delete it and run the recipe again");
      assertThatThrownBy(() -> reading().only().content(changed, file))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file + ": file must be");
    }
  }

  @Test
  void aFileThatWasCutIsRefused() throws IOException {
    Path file = written("work/some", text(150_000));
    byte[] whole = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      Files.write(file, Arrays.copyOf(whole, 8 + random.nextInt(whole.length - 8)));
      assertThatThrownBy(() -> reading().only().content(file))
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file + ": file must be");
    }
    // Also where exactly its last segment is gone.
    int head = (int) (whole.length - (150_000 + 40 + 3 * 16));
    Files.write(file, Arrays.copyOf(whole, head + 2 * 65_536));
    assertThatThrownBy(() -> reading().content(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("found: changed bytes");
  }

  @Test
  void aFilePutInThePlaceOfAnotherIsRefused() throws IOException {
    Path one = written("work/passes/a/0.blocks", text(50));
    Path other = root.resolve("work/passes/a/1.blocks");
    Files.copy(one, other);
    assertThatThrownBy(() -> reading().content(other))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("must be as it was encrypted by key key:files@")
        .hasMessageContaining("found: changed bytes");
  }

  @Test
  void aClearFileIsReadWhereNothingElseIsPromised() throws IOException {
    Path file = root.resolve("clear");
    Files.writeString(file, "clear");
    assertThat(reading().content(file)).asString().isEqualTo("clear");
    assertThatThrownBy(() -> reading().only().content(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "file must be encrypted, like all that this recipe keeps; found: another file");
  }

  @Test
  void theKeyOfThenGoesOnReadingAfterARotationUntilItIsDisabled() throws IOException {
    Path file = written("work/some", text(50));
    String id = keyring.info("files").primary();
    keyring.rotate("files", "2026-11-28T00:00:00Z");
    assertThat(reading().content(file)).isEqualTo(text(50));

    keyring.disable("files", id);
    assertThatThrownBy(() -> reading().content(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            file + ": file must be encrypted by an enabled key of key:files; found: key " + id)
        .hasMessageContaining(
            "fix: name the keyset it was encrypted with, or enable the key (quern keys)");
    keyring.destroy("files", id);
    assertThatThrownBy(() -> reading().content(file)).hasMessageContaining("found: key " + id);
  }

  @Test
  void aKeysetThatIsNotThereIsTold() throws IOException {
    Path file = written("work/some", text(50));
    Files.delete(root.resolve("keys/files.json"));
    assertThatThrownBy(() -> reading().content(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining("keyset files must be there; found: none");
  }
}
