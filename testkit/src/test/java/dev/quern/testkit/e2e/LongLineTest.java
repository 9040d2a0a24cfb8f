package dev.quern.testkit.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One line as long as a whole file: it is set aside with its place, its neighbours are kept, and it
 * is never held. The size is that of {@code quern.e2e.mebibytes}, under the limits that readers
 * have by default and a heap of 256 MiB; without it a smaller line meets lower limits and less heap
 * than it is long.
 */
class LongLineTest {
  private static final long MEBIBYTES = Long.getLong("quern.e2e.mebibytes", 0);
  private static final boolean WHOLE = MEBIBYTES > 0;

  /** What stands before and behind the x's of a file. */
  private record Line(String file, String reader, String limit, String before, String behind) {}

  private static final List<Line> LINES =
      List.of(
          new Line("one.csv", "csv", "max_row_bytes", "a,b\n1,2\n3,", "\n4,5\n"),
          new Line("one.tsv", "csv", "max_row_bytes", "a\tb\r1\t2\r3\t\"", "\"\r4\t5\r"),
          new Line(
              "one.jsonl",
              "jsonl",
              "max_sample_bytes",
              "{\"a\":\"1\"}\n{\"a\":\"",
              "\"}\n{\"a\":\"2\"}\n"),
          new Line(
              "one.json",
              "jsonl",
              "max_sample_bytes",
              "[{\"a\":\"1\"},\n{\"a\":\"",
              "\"},\n{\"a\":\"2\"}]\n"),
          new Line("one.txt", "text", "max_bytes", "one\n", "\ntwo\n"),
          new Line("bomb.csv.gz", "csv", "max_row_bytes", "a,b\n1,2\n3,", "\n4,5\n"));

  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void begin() {
    scene = new Scene(folder);
  }

  private void write(Line line) throws IOException {
    byte[] mebibyte = "x".repeat(1 << 20).getBytes(US_ASCII);
    Path file = folder.resolve(line.file());
    try (OutputStream stored = new BufferedOutputStream(Files.newOutputStream(file));
        OutputStream out = line.file().endsWith(".gz") ? new GZIPOutputStream(stored) : stored) {
      out.write(line.before().getBytes(US_ASCII));
      for (long i = 0; i < (WHOLE ? MEBIBYTES : 160); i++) {
        out.write(mebibyte);
      }
      out.write(line.behind().getBytes(US_ASCII));
    }
  }

  @Test
  void oneLineAsLongAsAFileIsSetAsideAndNeverHeld() throws Exception {
    scene.write("good.csv", "id\n1\n");
    scene.write("recipe.yaml", "recipe: long\nread: [ { acquire.csv: { path: good.csv } } ]\n");
    scene.run("recipe.yaml");
    Map<String, String> before = scene.published("workspace");
    before.remove("datasets/long/HEAD");
    for (Line line : LINES) {
      write(line);
      String more = line.reader().equals("text") ? ", sample: line" : "";
      more += WHOLE ? "" : ", " + line.limit() + ": 1048576";
      scene.write(
          "recipe.yaml",
          "recipe: long\nmax_quarantined: 1\nread:\n  - acquire.%s: { path: %s%s }\n"
              .formatted(line.reader(), line.file(), more));
      Scene.Said said =
          Scene.finish(
              scene.start(
                  "dev.quern.cli.Quern",
                  List.of("run", "recipe.yaml", "--json"),
                  List.of(WHOLE ? "-Xmx256m" : "-Xmx80m")));
      assertThat(said.code()).as(line + said.err()).isZero();
      Map<String, Object> report = Json.parseObject(said.out());
      assertThat(Scene.part(report, "accounting"))
          .as(line.file())
          .containsEntry("read", 3L)
          .containsEntry("kept", 2L)
          .containsEntry("quarantined", 1L)
          .containsEntry("rules", Map.of("too_long", 1L))
          .containsEntry("conserved", true);
      String told = line.before().replace('\r', '\n');
      assertThat(Scene.part(report, "quarantine_first"))
          .containsEntry("line", told.chars().filter(c -> c == '\n').count() + 1)
          .containsEntry("position", told.lastIndexOf('\n') + 1L);
      // Of what is set aside only its beginning is kept.
      for (Path file : Scene.files(folder.resolve("workspace/runs").resolve(id(report)))) {
        assertThat(Files.size(file)).as(file.toString()).isLessThan(1 << 20);
      }
      assertThat(scene.published("workspace")).containsAllEntriesOf(before);
      Files.delete(folder.resolve(line.file()));
    }
  }

  private static String id(Map<String, Object> report) {
    return String.valueOf(report.get("run"));
  }

  @Test
  void aFileAsOneSampleIsSetAsideByItsSize() throws Exception {
    Line line = LINES.get(4);
    write(line);
    for (String reader : List.of("text", "files")) {
      scene.write(
          "recipe.yaml",
          "recipe: whole\nmax_quarantined: 1\nread:\n  - acquire.%s: { path: one.txt }\n"
              .formatted(reader));
      Scene.Said said =
          Scene.finish(
              scene.start(
                  "dev.quern.cli.Quern",
                  List.of("run", "recipe.yaml", "--json"),
                  List.of("-Xmx80m")));
      assertThat(said.code()).as(said.err()).isZero();
      assertThat(Scene.part(Json.parseObject(said.out()), "accounting"))
          .containsEntry("read", 1L)
          .containsEntry("rules", Map.of("too_large", 1L));
    }
  }
}
