package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe attacks what it publishes, and its report tells what was found. */
class AttackReportTest {
  @TempDir private Path folder;

  @BeforeEach
  void people() throws Exception {
    StringBuilder table = new StringBuilder("name,age,town\n");
    for (int i = 0; i < 60; i++) {
      table.append("person").append(i).append(',').append(20 + i).append(',');
      table.append(i % 2 == 0 ? "Canaryville" : "杭州").append('\n');
    }
    write("people.csv", table.toString());
    write(
        "people.yaml",
        """
        recipe: people
        read: [ { acquire.csv: { path: people.csv } } ]
        """);
  }

  private void write(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private Map<String, @Nullable Object> run(String recipe, int exit) {
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("run", recipe, "--json")).as(terminal.err()).isEqualTo(exit);
    return Json.parseObject(terminal.out());
  }

  private String page() throws Exception {
    try (var runs = Files.list(folder.resolve("workspace/runs"))) {
      Path last = runs.filter(Files::isDirectory).sorted().reduce((a, b) -> b).orElseThrow();
      return Files.readString(last.resolve("report.html"), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, Object> found(Map<String, @Nullable Object> report) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> attack : Values.parts(report, "attacks")) {
      for (Map<String, @Nullable Object> metric : Values.parts(attack, "metrics")) {
        String part = metric.get("part") == null ? "" : "[" + metric.get("part") + "]";
        values.put(metric.get("name") + part, String.valueOf(metric.get("value")));
      }
    }
    return values;
  }

  @Test
  void whoKnowsThePeopleFindsNobodyInAnAnonymousRelease() throws Exception {
    run("people.yaml", Exit.DONE);
    write(
        "recipe.yaml",
        """
        recipe: release
        read: [ { acquire.csv: { path: people.csv } } ]
        steps:
          - privacy.hash_keyed: { fields: [name], key: "file:key" }
          - privacy.anonymize: { quasi_identifiers: { age: { intervals: [10] }, town: {} }, k: 5 }
        checks:
          - { metric: "linkage_risk(age, town, known='people')", at_most: 0.2, level: error }
          - { metric: "dictionary_risk(name, known='people')", equals: 0, level: error }
          - { metric: "join_risk(on=['town'], fields=['age', 'name'], known='people')", at_most: 1 }
        """);
    write("key", "a key of this test of 32 bytes ..");
    Map<String, @Nullable Object> report = run("recipe.yaml", Exit.DONE);
    assertThat(found(report))
        .containsEntry("linkage_risk", "0.2")
        .containsEntry("linkage_risk[expected]", "0.2")
        .containsEntry("linkage_risk[unique]", "0.0")
        .containsEntry("linkage_risk[matched]", "1.0")
        .containsEntry("dictionary_risk", "0.0")
        .containsEntry("dictionary_risk[samples]", "0.0")
        .containsKey("join_risk[before]");
    assertThat(page())
        .contains("What attacks on the version found")
        .contains("linkage_risk(age, town) [expected]")
        .doesNotContain("person1");
  }

  @Test
  void aReleaseThatFallsIsNotPublished() throws Exception {
    run("people.yaml", Exit.DONE);
    write(
        "recipe.yaml",
        """
        recipe: release
        read: [ { acquire.csv: { path: people.csv } } ]
        steps: [ quality.select: { fields: [age, town] } ]
        checks:
          - { metric: "linkage_risk(age, town, known='people')", at_most: 0.2, level: error }
        """);
    Map<String, @Nullable Object> report = run("recipe.yaml", Exit.CHECK_FAILED);
    assertThat(found(report)).containsEntry("linkage_risk[unique]", "1.0");
    assertThat(new Terminal(folder).run("show", "release")).isNotZero();
  }

  @Test
  void withoutTheKnownDatasetNothingIsPlanned() throws Exception {
    write(
        "recipe.yaml",
        """
        recipe: release
        read: [ { acquire.csv: { path: people.csv } } ]
        checks:
          - { metric: "linkage_risk(age, known='peple')", at_most: 0.2, level: error }
          - { metric: "linkage_risk(height, known='people')", at_most: 0.2 }
        """);
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("plan", "recipe.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains("recipe.yaml:4:")
        .contains("linkage_risk(age, known='peple') <= 0.2 must attack with a dataset version of")
        .contains("found: peple; ")
        .contains("fix: run the recipe that writes it first");
    write(
        "recipe.yaml",
        """
        recipe: release
        read: [ { acquire.csv: { path: people.csv } } ]
        checks:
          - { metric: "linkage_risk(age, known='people')", at_most: 0.2, level: warning }
        """);
    assertThat(run("recipe.yaml", Exit.DONE).get("checks").toString()).contains("no_evidence");
    run("people.yaml", Exit.DONE);
    write(
        "recipe.yaml",
        """
        recipe: release
        read: [ { acquire.csv: { path: people.csv } } ]
        steps: [ quality.rename: { fields: { age: years } } ]
        checks:
          - { metric: "linkage_risk(years, known='people')", at_most: 0.2, level: error }
        """);
    assertThat(terminal.run("plan", "recipe.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("known people must name fields of the input; found: years");
  }

  @Test
  void stepsTellHowTheirHierarchiesMadeValuesCoarser() throws Exception {
    run("people.yaml", Exit.DONE);
    write("towns.csv", "Canaryville,West,*\n杭州,East,*\n");
    String recipe =
        """
        recipe: release
        read: [ { acquire.csv: { path: people.csv } } ]
        steps:
          - privacy.generalize: { fields: { town: { hierarchy: towns.csv } } }
          - quality.select: { fields: [town] }
        checks:
          - { metric: "linkage_risk(town, known='people')", at_most: 0.1, level: error }
        """;
    write("recipe.yaml", recipe);
    Map<String, @Nullable Object> report = run("recipe.yaml", Exit.DONE);
    assertThat(found(report))
        .containsEntry("linkage_risk[matched]", "1.0")
        .containsEntry("linkage_risk", String.valueOf(1.0 / 30));
    assertThat(Json.write(report)).contains("\"hierarchies\":[\"town\"]").doesNotContain("[[");
    // Another recipe attacks the version; it names the file again.
    write(
        "again.yaml",
        """
        recipe: again
        read: [ { dataset: release } ]
        steps: [ quality.rename: { fields: { town: place } }, quality.rename: { fields: { place: town } } ]
        checks:
          - metric: linkage_risk(town)
            arguments: { known: people, hierarchies: { town: { hierarchy: towns.csv } } }
            at_most: 0.1
        """);
    assertThat(found(run("again.yaml", Exit.DONE))).containsEntry("linkage_risk[matched]", "1.0");
    write(
        "again.yaml",
        "recipe: again\nread: [ { dataset: release } ]\n"
            + "checks:\n"
            + "  - { metric: \"linkage_risk(town, known='people')\", at_most: 0.1 }\n");
    assertThat(found(run("again.yaml", Exit.DONE))).containsEntry("linkage_risk[matched]", "1.0");
    write(
        "again.yaml",
        """
        recipe: again
        read: [ { dataset: release } ]
        checks:
          - metric: linkage_risk(town)
            arguments: { known: people, hierarchies: { town: { hierarchy: none.csv } } }
            at_most: 0.1
        """);
    Terminal terminal = new Terminal(folder);
    assertThat(terminal.run("plan", "again.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("again.yaml:5:").contains("hierarchy must name a CSV file");
  }
}
