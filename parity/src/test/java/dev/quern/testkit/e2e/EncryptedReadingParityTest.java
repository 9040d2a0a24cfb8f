package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.DataException;
import dev.quern.operator.Registry;
import dev.quern.operator.Secrets;
import dev.quern.run.Planner;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import dev.quern.testkit.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encrypted versions and files are read on Spark as they are here: keys travel with the tasks. */
class EncryptedReadingParityTest {
  private static final Secrets KEY =
      reference -> "a secret of many bytes, not drawn".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @BeforeEach
  void version() throws Exception {
    TestSpark.start();
    StringBuilder csv = new StringBuilder("who,city,age\n");
    for (int i = 0; i < 500; i++) {
      csv.append("ann").append(i).append(",burg").append(i % 7).append(',').append(i % 90);
      csv.append('\n');
    }
    Files.writeString(folder.resolve("people.csv"), csv);
    recipe(
        "sealed",
        """
        read:
          - acquire.csv: { path: people.csv }
        write: { name: sealed, encrypt: { fields: [who, city], key: "${env:KEY}" } }
        """);
    run("sealed", "local", KEY);
    try (Stream<Path> shards = Files.list(folder.resolve("workspace/shards"))) {
      Files.copy(shards.findFirst().orElseThrow(), folder.resolve("sealed.parquet"));
    }
    recipe(
        "version",
        """
        read:
          - dataset: sealed
        steps:
          - quality.drop_duplicates: { fields: [city, age] }
        write: version
        """);
    recipe(
        "files",
        """
        read:
          - acquire.parquet: { path: sealed.parquet, key: "${env:KEY}" }
        steps:
          - quality.where: { keep: "age < 50" }
        write: files
        """);
  }

  private void recipe(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".yaml"), "recipe: " + name + "\n" + text);
  }

  private String run(String name, String engine, Secrets secrets) throws IOException {
    Path workspace = folder.resolve("workspace");
    RunOptions options = RunOptions.in(workspace).withSecrets(secrets).withEngine(engine);
    RunResult result =
        Run.execute(
            Planner.plan(
                Registry.load(getClass().getClassLoader()),
                folder.resolve(name + ".yaml"),
                List.of(),
                options),
            options,
            RunListener.NONE);
    return String.valueOf(((Map<?, ?>) result.report().get("dataset")).get("digest"));
  }

  private void forgetPoints() throws IOException {
    Path passes = folder.resolve("workspace/work/passes");
    Files.move(passes, folder.resolve("passes-" + System.nanoTime()));
  }

  @Test
  void samplesAreEqualOnBothEngines() throws Exception {
    String version = run("version", "local", KEY);
    String files = run("files", "local", KEY);
    forgetPoints();
    assertThat(run("version", "spark", KEY)).isEqualTo(version);
    assertThat(run("files", "spark", KEY)).isEqualTo(files);
  }

  @Test
  void aWrongKeyIsRefusedAndWhatEncryptsIsRefusedBeforeAnythingIsRead() {
    Secrets wrong =
        reference -> "another secret, which nobody drew".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> run("version", "spark", wrong))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("file must be encrypted by an enabled key of env:KEY; found: key");
    assertThatThrownBy(() -> run("sealed", "spark", KEY))
        .hasMessageContaining("write.encrypt must be run by the local engine");
  }
}
