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
  void withoutTheKnownDatasetAnAttackHasNoEvidence() throws Exception {
    write(
        "recipe.yaml",
        """
        recipe: release
        read: [ { acquire.csv: { path: people.csv } } ]
        checks:
          - { metric: "linkage_risk(age, known='people')", at_most: 0.2, level: error }
        """);
    Map<String, @Nullable Object> report = run("recipe.yaml", Exit.CHECK_FAILED);
    assertThat(Values.parts(report, "checks").get(0)).containsEntry("status", "no_evidence");
    assertThat(page()).contains("linkage_risk(age)");
  }
}
