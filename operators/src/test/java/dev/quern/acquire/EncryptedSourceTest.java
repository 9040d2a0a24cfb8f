package dev.quern.acquire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.engine.DataException;
import dev.quern.engine.InputFile;
import dev.quern.engine.Morsel;
import dev.quern.engine.MorselCutter;
import dev.quern.engine.Reading;
import dev.quern.engine.RunContext;
import dev.quern.engine.Source;
import dev.quern.operator.Secrets;
import dev.quern.operator.StepRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that pyarrow 26.0.1 encrypted under a secret, three rows (who, age): with data keys wrapped
 * once and the footer encrypted, wrapped twice and the footer in clear ({@code CryptoFactory}, a
 * client that wraps in Tink's form), and under the secret itself as the key of the footer ({@code
 * create_encryption_properties}).
 */
class EncryptedSourceTest {
  private static final String SECRET = "thirty-two-bytes-of-a-secret-oka";

  @TempDir Path folder;

  private Path copied(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = EncryptedSourceTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("file must be there: " + name);
      }
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private List<String> read(String name, Optional<String> key, String secret) throws IOException {
    Parquet parquet = new Parquet(new Location(name, Optional.empty()), key);
    Source source = new Source(0, "s", folder.toString(), folder.toString(), Split.NONE, List.of());
    Secrets secrets = reference -> secret.getBytes(StandardCharsets.UTF_8);
    List<InputFile> files = parquet.files(source, attempts -> {});
    Schema schema = parquet.infer(source, files, secrets);
    Reading reading =
        parquet.bind(source, files, schema, new StepRun("read", new RunContext(1), secrets));
    Gathered gathered = new Gathered();
    try (MorselCutter cutter = reading.cutter(1 << 20)) {
      for (Morsel morsel = cutter.next(); morsel != null; morsel = cutter.next()) {
        reading.read(morsel, gathered);
      }
    }
    List<String> rows = new ArrayList<>();
    for (List<Object> row : gathered.values) {
      rows.add(row.get(0) + " " + row.get(1));
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyarrow-once", "pyarrow-twice", "pyarrow-plain-key"})
  void filesOfOthersAreReadWithTheKey(String name) throws IOException {
    copied(name + ".parquet");
    assertThat(read(name + ".parquet", Optional.of("env:SECRET"), SECRET))
        .containsExactly("ann 7", "李雷 8", "null 9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyarrow-once", "pyarrow-twice", "pyarrow-plain-key"})
  void aWrongKeyIsRefused(String name) throws IOException {
    copied(name + ".parquet");
    assertThatThrownBy(
            () -> read(name + ".parquet", Optional.of("env:SECRET"), SECRET.replace('t', 'T')))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(name + ".parquet: file must be as it was encrypted")
        .hasMessageContaining("another key");
  }

  @Test
  void withoutAKeyTheFixIsNamed() throws IOException {
    copied("pyarrow-once.parquet");
    copied("pyarrow-twice.parquet");
    assertThatThrownBy(() -> read("pyarrow-once.parquet", Optional.empty(), SECRET))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("fix: give the reader its key (key: key:NAME)");
    assertThatThrownBy(() -> read("pyarrow-twice.parquet", Optional.empty(), SECRET))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("field who must be readable; found: encrypted, and no key was given");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pyarrow-once", "pyarrow-twice", "pyarrow-plain-key"})
  void noChangedByteGivesOtherValues(String name) throws IOException {
    Path file = copied(name + ".parquet");
    byte[] whole = Files.readAllBytes(file);
    int refused = 0;
    for (int at = 0; at < whole.length; at += 5) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << at % 8);
      Files.write(file, changed);
      try {
        assertThat(read(name + ".parquet", Optional.of("env:SECRET"), SECRET))
            .as("byte " + at)
            .extracting(row -> row.replaceAll(" .*", ""))
            .containsExactly("ann", "李雷", "null");
      } catch (DataException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(whole.length / 10);
  }
}
