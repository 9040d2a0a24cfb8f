package dev.quern.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import dev.quern.store.Datasets;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Manifests and what else a workspace keeps as JSON: told as damaged, or read as they were. */
final class ManifestTarget implements FuzzTarget {
  private final Path root;
  private final String dataset;
  private final Path manifest;
  private final byte[] whole;

  /** Takes the workspace at {@code root}, in which {@code dataset} has a version. */
  ManifestTarget(Path root, String dataset) throws IOException {
    this.root = root;
    this.dataset = dataset;
    try (Stream<Path> files = Files.list(root.resolve("datasets").resolve(dataset))) {
      this.manifest =
          files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
    }
    this.whole = Files.readAllBytes(manifest);
  }

  @Override
  public List<byte[]> corpus() {
    return List.of(whole);
  }

  @Override
  public List<byte[]> words() {
    return TextFiles.bytes(
        "{",
        "}",
        "[",
        "]",
        ":",
        ",",
        "\"",
        "null",
        "true",
        "\"form\": 2",
        "\"schema\"",
        "\"struct\"",
        "\"list\"",
        "\"long\"",
        "\"roles\"",
        "\"shards\"",
        "\"splits\"",
        "\"train\"",
        "\"fits\"",
        "\"profile\"",
        "\"previous\"",
        "\"name\"",
        "\\u0000",
        "\0",
        "{\"list\":",
        "[{\"name\":");
  }

  @Override
  public void feed(byte[] input, SplittableRandom random) throws Exception {
    Files.write(manifest, input);
    Workspace workspace = new Workspace(root);
    Datasets datasets = workspace.datasets();
    try {
      Manifest read = datasets.resolve(Reference.parse(dataset));
      assertThat(read.samples()).isNotNegative();
      assertThat(read.dataset()).isEqualTo(dataset);
      datasets.stored(read, 0);
    } catch (DataException e) {
      Harmless.check(e);
      assertThat(e.code()).matches("[a-z_]+");
    } finally {
      Files.write(manifest, whole);
    }
    json(input);
    head(input, datasets);
  }

  /** Any JSON is read, or told to be none; what is read is written and read again. */
  private static void json(byte[] input) {
    String text = new String(input, java.nio.charset.StandardCharsets.UTF_8);
    Object value;
    try {
      value = Json.parse(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    String canonical = Json.canonical(value);
    assertThat(Json.canonical(Json.parse(canonical))).isEqualTo(canonical);
    assertThat(Json.canonical(Json.parse(Json.pretty(value)))).isEqualTo(canonical);
  }

  private void head(byte[] input, Datasets datasets) throws IOException {
    Path head = root.resolve("datasets").resolve(dataset).resolve("HEAD");
    byte[] before = Files.readAllBytes(head);
    try {
      Files.write(head, java.util.Arrays.copyOf(input, Math.min(20, input.length)));
      datasets.head(dataset);
    } catch (DataException e) {
      Harmless.check(e);
    } finally {
      Files.write(head, before);
    }
  }
}
