package dev.quern.testkit.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import dev.quern.run.RunResult;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import dev.quern.testkit.examples.Rows;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conformance suites of JSON and CSV, from the file to the version. */
class ConformanceTest {
  @TempDir private Path folder;

  @Test
  void theConformanceSuiteOfJsonIsReadAsItSays() throws Exception {
    Scene scene = new Scene(folder);
    Map<String, Boolean> wanted = new TreeMap<>();
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    Map<Long, String> names = new TreeMap<>();
    try (Stream<Path> files = Files.list(TestData.folder("bad-json").resolve("test_parsing"))) {
      for (Path file : files.sorted().toList()) {
        byte[] json = Files.readAllBytes(file);
        String name = file.getFileName().toString();
        boolean oneLine = new String(json, ISO_8859_1).chars().noneMatch(c -> c == '\n');
        if (!name.startsWith("i_") && oneLine) {
          names.put((long) lines.size(), name);
          wanted.put(name, name.startsWith("y_") && !name.startsWith("y_object_duplicated_key"));
          lines.writeBytes("{\"v\":".getBytes(US_ASCII));
          lines.writeBytes(json);
          lines.writeBytes("}\n".getBytes(US_ASCII));
        }
      }
    }
    assertThat(wanted).hasSizeGreaterThan(250);
    scene.write("suite.jsonl", lines.toByteArray());
    scene.write(
        "recipe.yaml",
        "recipe: suite\nmax_quarantined: 1\nread:\n  - acquire.jsonl: { path: suite.jsonl, types: { v: text } }\n");
    RunResult result = scene.run("recipe.yaml");
    Map<String, Boolean> found = new TreeMap<>();
    names.values().forEach(name -> found.put(name, true));
    for (Path file : Scene.files(result.folder().resolve("quarantine"))) {
      for (String line : Files.readAllLines(file)) {
        Map<String, @Nullable Object> told = Json.parseObject(line);
        found.put(names.get(told.get("position")), false);
      }
    }
    assertThat(found).isEqualTo(wanted);
    assertThat(Scene.part(result.report(), "accounting"))
        .containsEntry("read", (long) wanted.size())
        .containsEntry("conserved", true);
  }

  @Test
  void theConformanceSuitesAreReadFileByFileWithoutALoss() throws Exception {
    Path json = TestData.folder("bad-json");
    Path csv = TestData.folder("bad-csv");
    Scene scene = new Scene(folder);
    String[] sources = {
      "acquire.jsonl: { path: \"" + json + "/test_parsing/*.json\", types: { a: text } }",
      "acquire.jsonl: { path: \"" + json + "/test_transform/*.json\" }",
      "acquire.csv: { path: \"" + csv + "/csvs/*.csv\" }",
      "acquire.text: { path: \"" + json + "/test_parsing/*.json\", sample: line }",
      "acquire.files: { path: \"" + json + "/test_parsing\" }"
    };
    for (String source : sources) {
      scene.write("recipe.yaml", "recipe: all\nmax_quarantined: 1\nread:\n  - " + source + "\n");
      Map<String, @Nullable Object> counts =
          Scene.part(scene.run("recipe.yaml").report(), "accounting");
      assertThat(counts).as(source).containsEntry("conserved", true);
      assertThat((Long) counts.get("read")).isGreaterThan(10);
    }
  }

  /** One file of the suite holds another telephone number than the JSON beside it. */
  private static final String OTHER_NUMBER = "location_coordinates";

  @Test
  void theAcidTestOfCsvBecomesTheVersionItSays() throws Exception {
    Path data = TestData.folder("bad-csv");
    Scene scene = new Scene(folder);
    List<Path> files;
    try (Stream<Path> found = Files.list(data.resolve("csvs"))) {
      files = found.sorted().toList();
    }
    assertThat(files).hasSize(12);
    for (Path file : files) {
      String name = file.getFileName().toString().replace(".csv", "");
      Object root = Json.parse(Files.readString(data.resolve("json/" + name + ".json")));
      List<Map<String, @Nullable Object>> wanted = new ArrayList<>();
      (root instanceof List<?> list ? list : List.of(root))
          .forEach(one -> wanted.add(new LinkedHashMap<>(Json.object(one))));
      String types =
          wanted.get(0).keySet().stream()
              .map(field -> "\"" + field + "\": text")
              .collect(Collectors.joining(", "));
      scene.write("csv/" + name + ".csv", Files.readAllBytes(file));
      scene.write(
          "recipe.yaml",
          "recipe: %s\nread:\n  - acquire.csv: { path: csv/%s.csv, types: { %s } }\n"
              .formatted(name.replace('_', '-'), name, types));
      RunResult result = scene.run("recipe.yaml");
      assertThat(Scene.part(result.report(), "accounting"))
          .as(name)
          .containsEntry("read", (long) wanted.size())
          .containsEntry("kept", (long) wanted.size())
          .containsEntry("conserved", true);
      assertThat(texts(samples(name.replace('_', '-')), name))
          .as(name)
          .isEqualTo(texts(wanted, name));
    }
  }

  /** What is between no quotes and empty is missing, which the suite writes as an empty text. */
  private static List<Map<String, String>> texts(
      List<Map<String, @Nullable Object>> samples, String name) {
    List<Map<String, String>> all = new ArrayList<>();
    for (Map<String, @Nullable Object> sample : samples) {
      Map<String, String> texts = new LinkedHashMap<>();
      sample.forEach(
          (field, value) -> {
            if (field.equals("_split")) {
              return;
            }
            boolean other = name.equals(OTHER_NUMBER) && texts.isEmpty();
            texts.put(field, value == null || other ? "" : value.toString());
          });
      all.add(texts);
    }
    return all;
  }

  private List<Map<String, @Nullable Object>> samples(String dataset) throws Exception {
    Workspace workspace = new Workspace(folder.resolve("workspace"));
    return Rows.of(workspace.datasets(), workspace.datasets().resolve(Reference.parse(dataset)));
  }
}
