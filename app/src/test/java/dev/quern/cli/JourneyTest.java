package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Split;
import dev.quern.data.Type;
import dev.quern.engine.Writing;
import dev.quern.format.json.Json;
import dev.quern.operator.Registry;
import dev.quern.operator.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way from a file to a dataset and what commands tell of it, without a mock on the way. */
class JourneyTest {
  private static final Schema VISITS =
      Schema.of(
          Field.of("visit", Type.LONG),
          Field.of("city", Type.TEXT),
          Field.of("age", Type.LONG),
          Field.of("spent", Type.DOUBLE));

  @TempDir private Path folder;
  private Terminal terminal;

  /** Twenty visits: every fifth without age, every second in Hangzhou. */
  @BeforeEach
  void write() throws Exception {
    terminal = new Terminal(folder);
    BatchBuilder builder = new BatchBuilder(VISITS);
    for (int i = 0; i < 20; i++) {
      builder.keys().append(0, i, 0, i, 0, Split.NONE.code());
      builder.column(0).appendLong(i);
      builder.column(1).appendText(i % 2 == 0 ? "杭州" : "Delft");
      if (i % 5 == 0) {
        builder.column(2).appendNull();
      } else {
        builder.column(2).appendLong(20 + i);
      }
      builder.column(3).appendDouble(i / 4.0);
    }
    Batch batch = builder.build();
    Writer writer = FileFormat.parquet.writer(Registry.load(getClass().getClassLoader()));
    try (Writing.Output out = writer.bind(VISITS).open(folder.resolve("visits.parquet"))) {
      out.write(batch);
    }
    recipe("completeness(age) >= 0.7");
  }

  private void recipe(String check) throws Exception {
    Files.writeString(
        folder.resolve("recipe.yaml"),
        "recipe: visits\n"
            + "read:\n"
            + "  - acquire.parquet: { path: visits.parquet }\n"
            + "steps:\n"
            + "  - quality.trim\n"
            + "  - quality.drop_duplicates: { fields: [visit] }\n"
            + "checks:\n"
            + "  - "
            + check
            + "\n",
        StandardCharsets.UTF_8);
  }

  private void run(String... arguments) {
    int code = terminal.run(arguments);
    String said = String.join(" ", arguments) + "\n" + terminal.out() + terminal.err();
    assertThat(code).as(said).isZero();
  }

  private String version(int number) {
    run("datasets", "--json");
    List<Object> versions = Json.list(Json.parse(terminal.out()));
    return String.valueOf(Json.object(versions.get(number)).get("version"));
  }

  @Test
  void aRunEndsWithTenLinesAndAReport() {
    run("run");
    List<String> lines = terminal.out().lines().toList();
    assertThat(lines).hasSize(10);
    assertThat(lines.get(0)).startsWith("visits: done (");
    assertThat(lines.get(1)).isEqualTo("  read          20");
    assertThat(lines.get(6)).isEqualTo("  checks        1 of 1 passed");
    Path page = Path.of(lines.get(9).replaceFirst("\\s*report\\s+", ""));
    assertThat(page).isRegularFile();
    assertThat(terminal.err()).contains("[1/").contains("done in ");

    run("run", "--lang", "zh");
    assertThat(terminal.out()).startsWith("visits: 完成").contains("1 项中 1 项通过");
    assertThat(terminal.err()).contains("沿用之前结果");
  }

  @Test
  void aPlanTellsWhatIsDoneAndWhatIsToDo() {
    run("plan");
    assertThat(terminal.out())
        .contains("Recipe visits writes dataset visits.")
        .contains("quality.drop_duplicates")
        .contains("to do");
    assertThat(folder.resolve("workspace").resolve("datasets")).doesNotExist();
    run("run");
    run("plan");
    assertThat(terminal.out()).doesNotContain("to do");
    run("plan", "--json");
    assertThat(Json.parseObject(terminal.out())).containsKeys("sources", "steps", "points");
  }

  @Test
  void quietLeavesThePathOfTheReportAlone() {
    run("run", "--quiet");
    assertThat(terminal.out().lines().toList()).hasSize(1);
    assertThat(terminal.err()).isEmpty();
    assertThat(Path.of(terminal.out().strip())).isRegularFile();
  }

  @Test
  void progressEventsAndJsonDoNotMix() {
    run("run", "--progress", "json", "--json");
    assertThat(terminal.err().lines()).allMatch(line -> line.startsWith("{\"event\":"));
    assertThat(Json.parseObject(terminal.out())).containsEntry("status", "done");
    run("report", "--json");
    assertThat(Json.parseObject(terminal.out())).containsEntry("status", "done");
    run("report");
    assertThat(terminal.out().lines().toList()).hasSize(10);
  }

  @Test
  void aFailedCheckEndsWith1AndLeavesHead() throws Exception {
    run("run");
    recipe("completeness(age) >= 0.9");
    assertThat(terminal.run("run")).isEqualTo(1);
    assertThat(terminal.out())
        .contains("a check failed; HEAD stays")
        .contains("0 of 1 passed; failed: completeness(age) >= 0.9");
  }

  @Test
  void showTellsTheVersionAndSamplesOnlyWhenAsked() {
    run("run");
    run("show", "visits");
    assertThat(terminal.out())
        .contains("20 samples")
        .contains("city")
        .doesNotContain("杭州")
        .doesNotContain("Delft");
    run("show", "visits", "--head", "3");
    assertThat(terminal.out().lines().toList()).hasSize(4);
    assertThat(terminal.out()).contains("杭州").contains("∅");
    run("show", "visits", "--head", "2", "--json");
    List<String> lines = terminal.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(Json.parseObject(lines.get(1)))
        .containsEntry("city", "Delft")
        .containsEntry("age", 21L)
        .containsEntry("_split", "none");
    run("show", "visits", "--json");
    assertThat(Json.parseObject(terminal.out())).containsEntry("samples", 20L);
  }

  @Test
  void anUnknownDatasetIsNamedWithASuggestion() {
    run("run");
    assertThat(terminal.run("show", "visit")).isEqualTo(3);
    assertThat(terminal.err())
        .startsWith("visit must be the name of a dataset; found: none")
        .contains("did you mean 'visits'?");
    assertThat(terminal.run("show", "No Name")).isEqualTo(2);
  }

  @Test
  void diffCountsAndNamesSamples() {
    run("run");
    run("run", "--limit", "15");
    String first = "visits@" + version(0);
    String second = "visits@" + version(1);
    run("diff", first, second, "--samples", "--json");
    Map<String, Object> diff = Json.parseObject(terminal.out());
    assertThat(diff).containsEntry("same_samples", false);
    assertThat(Json.object(diff.get("samples"))).containsEntry("a", 20L).containsEntry("b", 15L);
    assertThat(Json.list(Json.object(diff.get("ids")).get("removed"))).hasSize(5);
    assertThat(Json.list(Json.object(diff.get("ids")).get("added"))).isEmpty();
    run("diff", first, second);
    assertThat(terminal.out()).contains("samples").contains("20").contains("15");
    assertThat(terminal.err()).isEqualTo("the versions differ\n");
    run("diff", first, first);
    assertThat(terminal.err()).isEqualTo("schema and samples are the same\n");
  }

  @Test
  void exportWritesEachFormatWholeAndOverwritesOnlyWhenTold() throws Exception {
    run("run");
    run("export", "visits", "--output", "out.csv");
    List<String> lines = Files.readAllLines(folder.resolve("out.csv"), StandardCharsets.UTF_8);
    assertThat(lines).hasSize(21);
    assertThat(lines.get(0)).isEqualTo("visit,city,age,spent");
    assertThat(lines.get(2)).isEqualTo("1,Delft,21,0.25");
    run("export", "visits", "--output", "out.jsonl");
    assertThat(Files.readAllLines(folder.resolve("out.jsonl"))).hasSize(20);
    run("export", "visits", "--output", "out.parquet");
    assertThat(folder.resolve("out.parquet")).isNotEmptyFile();

    assertThat(terminal.run("export", "visits", "--output", "out.csv")).isEqualTo(2);
    assertThat(terminal.err()).contains("output must not exist").contains("--overwrite");
    run("export", "visits", "--output", "out.csv", "--overwrite");
    assertThat(terminal.run("export", "visits", "--output", "out.txt")).isEqualTo(2);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith(".quern-"));
    }
  }

  @Test
  void initOverwritesNothing() throws Exception {
    assertThat(terminal.run("init")).isEqualTo(2);
    assertThat(terminal.err()).contains("init must not overwrite").contains("recipe.yaml");
    assertThat(folder.resolve("data")).doesNotExist();
    run("init", "fresh");
    assertThat(terminal.out().lines().toList()).hasSize(3);
    assertThat(folder.resolve("fresh").resolve("recipe.yaml")).content().contains("train.mlp");
    String visits = Files.readString(folder.resolve("fresh").resolve("data").resolve("visits.csv"));
    assertThat(visits).isEqualTo(ExampleData.visits()).startsWith("visit,age,city,");
    assertThat(terminal.run("init", "fresh", "--lang", "zh")).isEqualTo(2);
  }

  @Test
  void doctorNamesEachTopic() {
    int code = terminal.run("doctor", "--json");
    List<Object> findings = Json.list(Json.parse(terminal.out()));
    assertThat(findings).hasSize(9);
    boolean well =
        findings.stream().allMatch(finding -> "ok".equals(Json.object(finding).get("status")));
    assertThat(code).isEqualTo(well ? 0 : 3);
  }

  @Test
  void operatorsAreListedAndToldInBothLanguages() {
    run("operators", "quality.impute");
    assertThat(terminal.out()).startsWith("quality.impute\n").contains("Source: ", "Example: ");
    run("operators", "quality.impute", "--lang", "zh");
    assertThat(terminal.out()).contains("来源：", "示例：");
    run("operators", "--json");
    assertThat(Json.list(Json.parse(terminal.out()))).hasSizeGreaterThan(10);
    assertThat(terminal.run("operators", "quality.imput")).isEqualTo(2);
    assertThat(terminal.err()).contains("did you mean 'quality.impute'?");
  }
}
