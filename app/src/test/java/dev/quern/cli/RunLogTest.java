package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import dev.quern.server.PrometheusLint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves for those who were not there: its log and its metrics. */
class RunLogTest {
  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void write() throws Exception {
    terminal = new Terminal(folder);
    StringBuilder csv = new StringBuilder("id,city\n");
    for (int i = 0; i < 40; i++) {
      csv.append(i / 2).append(",Kanarienvogel").append(i).append('\n');
    }
    Files.writeString(folder.resolve("a.csv"), csv, StandardCharsets.UTF_8);
    recipe("id");
  }

  private void recipe(String name) throws Exception {
    Files.writeString(
        folder.resolve("recipe.yaml"),
        "recipe: cities\nread: [ { acquire.csv: { path: a.csv } } ]\n"
            + "steps:\n  - quality.drop_duplicates: { fields: [id] }\n"
            + "checks:\n  - completeness("
            + name
            + ") = 1\n  - count() > 10\nwrite: cities\n",
        StandardCharsets.UTF_8);
  }

  private Path log() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("workspace").resolve("runs"))) {
      List<Path> logs = files.filter(file -> file.endsWith("log.jsonl")).sorted().toList();
      return logs.get(logs.size() - 1);
    }
  }

  private List<Map<String, Object>> events() throws IOException {
    List<Map<String, Object>> events = new ArrayList<>();
    String text = Files.readString(log(), StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("Kanarienvogel");
    text.lines().forEach(line -> events.add(Json.parseObject(line)));
    return events;
  }

  private List<Object> names() throws IOException {
    return events().stream().map(event -> event.get("event")).toList();
  }

  @Test
  void theLogTellsARunFromBeginningToEnd() throws Exception {
    assertThat(terminal.run("run")).as(terminal.err()).isZero();
    List<Map<String, Object>> events = events();
    assertThat(names())
        .startsWith("run_began", "source_found", "piece_began")
        .contains("phase_ended", "piece_ended", "step_counted", "checked", "version_published")
        .endsWith("run_ended");
    Map<String, Object> step =
        events.stream()
            .filter(event -> "quality.drop_duplicates".equals(event.get("step")))
            .filter(event -> "step_counted".equals(event.get("event")))
            .findFirst()
            .orElseThrow();
    assertThat(step)
        .containsEntry("read", 40L)
        .containsEntry("kept", 20L)
        .containsEntry("dropped", 20L);
    Map<String, Object> last = events.get(events.size() - 1);
    assertThat(last).containsEntry("status", "done");
    assertThat(Json.object(last.get("cost")).keySet())
        .contains("cpu_seconds", "worker_cpu_seconds", "spilled_bytes", "peak_heap_bytes");

    assertThat(terminal.run("run", "--log-level", "warn")).isZero();
    assertThat(names()).isEmpty();
    assertThat(terminal.run("--log-level", "loud", "run")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("--log-level").contains("loud");
  }

  @Test
  void aRunThatFailsTellsItsCauses() throws Exception {
    Path shards = Files.createDirectories(folder.resolve("workspace")).resolve("shards");
    Files.writeString(shards, "in the way", StandardCharsets.UTF_8);
    assertThat(terminal.run("run")).isEqualTo(Exit.DATA);
    String said = terminal.err().strip();
    Map<String, Object> failed = last();
    assertThat(failed).containsEntry("event", "run_failed").containsEntry("level", "error");
    Map<String, Object> cause = Json.object(Json.list(failed.get("causes")).get(0));
    assertThat(cause)
        .containsEntry("type", "java.nio.file.FileAlreadyExistsException")
        .containsKey("at");
    assertThat(said).contains(shards.toString()).contains(String.valueOf(cause.get("message")));
    assertThat(cause).doesNotContainKey("frames");

    assertThat(terminal.run("run", "--log-level", "debug")).isEqualTo(Exit.DATA);
    assertThat(terminal.err()).doesNotContain("    at ");
    assertThat(Json.object(Json.list(last().get("causes")).get(0))).containsKey("frames");
  }

  private Map<String, Object> last() throws IOException {
    List<Map<String, Object>> events = events();
    return events.get(events.size() - 1);
  }

  @Test
  void metricsAreWrittenForTheCollector() throws Exception {
    assertThat(terminal.run("run", "--metrics-file", "out/quern.prom")).isZero();
    Path file = folder.resolve("out").resolve("quern.prom");
    String text = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(PrometheusLint.problems(text)).isEmpty();
    assertThat(text)
        .doesNotContain("Kanarienvogel")
        .contains("quern_run_success{recipe=\"cities\"} 1\n")
        .contains("quern_run_samples{recipe=\"cities\",fate=\"dropped\"} 20\n")
        .contains(
            "quern_run_step_samples{recipe=\"cities\",step=\"quality.drop_duplicates\","
                + "fate=\"kept\"} 20\n")
        .contains("quern_run_dataset_samples{recipe=\"cities\",dataset=\"cities\"} 20\n")
        .containsPattern("quern_run_cpu_seconds\\{recipe=\"cities\"} [0-9.]+\n");
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files).containsExactly(file);
    }

    recipe("city");
    Files.writeString(folder.resolve("a.csv"), "id,city\n1,\n2,x\n", StandardCharsets.UTF_8);
    assertThat(terminal.run("run", "--metrics-file", "out/quern.prom"))
        .isEqualTo(Exit.CHECK_FAILED);
    text = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(PrometheusLint.problems(text)).isEmpty();
    assertThat(text)
        .contains("quern_run_success{recipe=\"cities\"} 0\n")
        .contains("check=\"completeness(city) = 1\",level=\"error\"} 0.5\n");

    Files.delete(folder.resolve("a.csv"));
    assertThat(terminal.run("run", "--metrics-file", "out/quern.prom")).isEqualTo(Exit.DATA);
    text = Files.readString(file, StandardCharsets.UTF_8);
    assertThat(PrometheusLint.problems(text)).isEmpty();
    assertThat(text).contains("quern_run_success{recipe=\"recipe.yaml\"} 0\n");
  }
}
