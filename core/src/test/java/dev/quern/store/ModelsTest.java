package dev.quern.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.engine.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsTest {
  private Models models;
  private Path root;

  @BeforeEach
  void open(@TempDir Path folder) {
    Workspace workspace = new Workspace(folder);
    models = workspace.models();
    root = workspace.root();
  }

  private ModelVersion publish(String key, String content) throws IOException {
    return publish(key, "host/model.onnx", content);
  }

  private ModelVersion publish(String key, String path, String content) throws IOException {
    Map<String, byte[]> files = Map.of(path, content.getBytes(StandardCharsets.UTF_8));
    Models.Made made = new Models.Made(key, "data@1-aaaaaaaa", "run");
    return models.publish("m", made, files, Manifest.Head.MOVES);
  }

  @Test
  void aModelAppearsWholeAndIsFoundByItsKey() throws IOException {
    assertThat(models.versions("m")).isEmpty();
    ModelVersion published = publish("key 1", "model.onnx", "bytes");
    try (Stream<Path> left = Files.list(root.resolve("models/m"))) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith(".unfinished")))
          .isEmpty();
    }
    assertThat(published.version()).startsWith("1-");
    assertThat(published.folder()).isAbsolute();
    assertThat(published.folder().resolve("model.onnx")).hasContent("bytes");
    assertThat(models.find("m", "key 1")).contains(published);
    assertThat(models.find("m", "key 2")).isEqualTo(Optional.empty());
    assertThat(models.find("n", "key 1")).isEqualTo(Optional.empty());
    assertThat(models.resolve(Reference.parse("m"))).isEqualTo(published);
    assertThat(models.head("m")).contains(published.version());
    assertThat(published.reference()).hasToString("m@" + published.version());
  }

  @Test
  void oneKeyIsOneVersion() throws IOException {
    ModelVersion first = publish("a", "1");
    ModelVersion second = publish("b", "2");
    assertThat(publish("a", "3")).isEqualTo(first);
    assertThat(first.folder().resolve("host/model.onnx")).hasContent("1");
    assertThat(models.head("m")).contains(first.version());
    assertThat(models.versions("m")).containsExactly(first.version(), second.version());
    try (var left = Files.list(root.resolve("models/m"))) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith(".unfinished")))
          .isEmpty();
    }
  }

  @Test
  void aModelWhosePublisherDiedBeforeHeadMovedIsPointedToByTheNextRun() throws IOException {
    ModelVersion first = publish("a", "1");
    ModelVersion second = publish("b", "2");
    Files.writeString(root.resolve("models/m/HEAD"), first.version() + "\n");
    assertThat(models.reuse("m", "b", Manifest.Head.STAYS)).contains(second);
    assertThat(models.head("m")).contains(first.version());
    assertThat(models.reuse("m", "b", Manifest.Head.MOVES)).contains(second);
    assertThat(models.head("m")).contains(second.version());
    Files.delete(root.resolve("models/m/HEAD"));
    assertThat(models.reuse("m", "a", Manifest.Head.MOVES)).contains(first);
    assertThat(models.head("m")).contains(first.version());
    assertThat(models.reuse("m", "c", Manifest.Head.MOVES)).isEmpty();
    assertThat(models.head("m")).contains(first.version());
  }

  @Test
  void aFlippedBitOfAnyFileIsNamedAndTheModelIsNotFoundAgain() throws IOException {
    ModelVersion first = publish("a", "1");
    Path file = first.folder().resolve("host/model.onnx");
    byte[] whole = Files.readAllBytes(file);
    models.requireWhole(first);
    assertThat(models.text(first, "host/model.onnx")).isEqualTo("1");
    Files.write(file, new byte[] {(byte) (whole[0] ^ 4)});
    String message =
        "models/m/"
            + first.version()
            + "/host/model.onnx of m@"
            + first.version()
            + ": content must have the SHA-256 it was published with; found: another content;"
            + " restore it from a copy, or run the recipe again, which makes the model anew";
    assertThatThrownBy(() -> models.requireWhole(first))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> models.text(first, "host/model.onnx")).hasMessage(message);
    assertThatThrownBy(() -> models.text(first, "card.json"))
        .hasMessageContaining("card.json of m@" + first.version())
        .hasMessageContaining("found: no such file among those published");
    assertThat(models.find("m", "a")).isEmpty();
    ModelVersion again = publish("a", "1");
    assertThat(again.version()).startsWith("2-");
    assertThat(models.head("m")).contains(again.version());
    Files.delete(again.folder().resolve("host/model.onnx"));
    assertThatThrownBy(() -> models.requireWhole(again)).hasMessageContaining("found: no file;");

    Path key = again.folder().resolve("version.json");
    Files.writeString(key, Files.readString(key).replace("\"key\": \"a\"", "\"key\": \"c\""));
    assertThatThrownBy(() -> models.resolve(Reference.parse("m")))
        .hasMessageContaining("version.json must be the key of a model; found: damage");
    assertThat(models.find("m", "c")).isEmpty();
  }

  @Test
  void aDraftThatWasNeverPublishedIsNoVersion() throws IOException {
    ModelVersion first = publish("a", "1");
    Path draft = Files.createDirectory(root.resolve("models/m/.unfinished-1"));
    Files.writeString(draft.resolve("model.onnx"), "half");
    assertThat(models.versions("m")).containsExactly(first.version());
    assertThat(publish("b", "2").version()).startsWith("2-");
  }

  @Test
  void writersLoseNoVersion() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<ModelVersion>> all = new ArrayList<>();
    try {
      for (int i = 0; i < 24; i++) {
        String key = "key " + i % 12;
        all.add(pool.submit(() -> publish(key, key)));
      }
      for (int i = 0; i < 24; i++) {
        ModelVersion published = all.get(i).get();
        assertThat(published.key()).isEqualTo("key " + i % 12);
        assertThat(published.folder().resolve("host/model.onnx")).hasContent(published.key());
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(models.versions("m")).hasSize(12);
  }

  @Test
  void mistakesAreNamed() throws IOException {
    assertThatThrownBy(
            () ->
                models.publish("../m", new Models.Made("a", "", ""), Map.of(), Manifest.Head.MOVES))
        .hasMessageStartingWith("model name must be 1 to 64 lower-case letters");
    assertThatThrownBy(() -> models.resolve(Reference.parse("m")))
        .isInstanceOf(DataException.class)
        .hasMessage("m must be the name of a model; found: none with versions");
    ModelVersion first = publish("a", "1");
    Files.writeString(first.folder().resolve("version.json"), "{");
    assertThatThrownBy(() -> models.resolve(Reference.parse("m")))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(
            "models/m/"
                + first.version()
                + "/version.json must be the key of a model; found: damage");
  }
}
