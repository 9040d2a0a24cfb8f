package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttackCommandTest {
  private static final String RECIPE =
      """
      recipe: ward
      read: [{ acquire.csv: { path: people.csv } }]
      steps:
        - privacy.hash_keyed: { fields: [name], key: "${env:QUERN_KEY}" }
        - privacy.anonymize:
            quasi_identifiers:
              age: { intervals: [10, 50] }
              town: { hierarchy: towns.csv }
            k: 2
            suppression: 0.2
      checks:
        - k_anonymity(age, town) >= 2
        - prosecutor_risk(age, town) <= 0.5
      write: ward
      """;

  @TempDir Path folder;

  private Terminal terminal;

  @BeforeEach
  void publish() throws IOException {
    Files.writeString(
        folder.resolve("people.csv"),
        """
        name,age,town
        ann,31,Delft
        bob,34,Leiden
        cat,62,Wien
        dan,68,Graz
        eve,35,Delft
        fay,90,Oslo
        """);
    Files.writeString(
        folder.resolve("towns.csv"),
        """
        Delft;Netherlands;*
        Leiden;Netherlands;*
        Wien;Austria;*
        Graz;Austria;*
        """);
    Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    terminal = new Terminal(folder).with("QUERN_KEY", "a key of at least sixteen bytes");
    assertThat(terminal.run("run", "recipe.yaml")).as(terminal.err()).isEqualTo(Exit.DONE);
  }

  private Map<String, @Nullable Object> attack(int exit, String... arguments) {
    assertThat(terminal.run(arguments)).as(terminal.err()).isEqualTo(exit);
    return Json.parseObject(terminal.out());
  }

  @Test
  void whoKnowsThePeopleFindsNobodyAlone() {
    Map<String, @Nullable Object> found =
        attack(
            Exit.DONE,
            "attack",
            "linkage",
            "ward",
            "people.csv",
            "--fields",
            "age,town",
            "--hierarchy",
            "town=towns.csv",
            "--max-risk",
            "0.5",
            "--json");
    assertThat(found).containsEntry("people", 6L).containsEntry("unique", 0L);
    assertThat(found).containsEntry("matched", 5L).containsEntry("failed", false);
    found =
        attack(
            Exit.CHECK_FAILED,
            "attack",
            "linkage",
            "people.csv",
            "people.csv",
            "--fields",
            "age,town",
            "--max-risk",
            "0.5",
            "--json");
    assertThat(found).containsEntry("unique", 6L).containsEntry("failed", true);
  }

  @Test
  void aVersionTellsHowItsOwnValuesBecameCoarser() throws IOException {
    Map<String, @Nullable Object> found =
        attack(Exit.DONE, "attack", "linkage", "ward", "people.csv", "--fields=age,town", "--json");
    assertThat(found).containsEntry("unique", 0L).containsEntry("matched", 5L);
    Files.writeString(
        folder.resolve("derived.yaml"),
        """
        recipe: derived
        read: [ { dataset: ward } ]
        steps: [ quality.select: { fields: [age, town] } ]
        """);
    assertThat(terminal.run("run", "derived.yaml")).as(terminal.err()).isEqualTo(Exit.DONE);
    assertThat(
            attack(
                Exit.DONE, "attack", "linkage", "derived", "people.csv", "--fields=town", "--json"))
        .containsEntry("matched", 5L);
    assertThat(terminal.run("export", "ward", "--output", folder.resolve("ward.csv").toString()))
        .as(terminal.err())
        .isEqualTo(Exit.DONE);
    assertThat(
            attack(
                Exit.DONE,
                "attack",
                "linkage",
                "ward.csv",
                "people.csv",
                "--fields=town",
                "--json"))
        .as("a file tells nothing but its values")
        .containsEntry("matched", 0L);
    assertThat(terminal.err()).contains("nobody has a candidate", "--hierarchy FIELD=FILE");
  }

  @Test
  void noDictionaryInvertsTheKeyedPseudonyms() throws IOException {
    Files.writeString(folder.resolve("names.txt"), "Ann\nbob\ncat\ndan\neve\nfay\n");
    Map<String, @Nullable Object> found =
        attack(
            Exit.DONE,
            "attack",
            "dictionary",
            "ward",
            "names.txt",
            "--fields",
            "name",
            "--max-risk",
            "0",
            "--json");
    assertThat(found).containsEntry("pseudonyms", 6L).containsEntry("inverted", 0L);
    found =
        attack(
            Exit.CHECK_FAILED,
            "attack",
            "dictionary",
            "people.csv",
            "names.txt",
            "--fields",
            "name",
            "--max-risk",
            "0",
            "--json");
    assertThat(found).containsEntry("inverted", 6L);
  }

  @Test
  void theReportTellsOfAnonymityAndTheTerminalOfNoValue() throws IOException {
    assertThat(terminal.run("report", "--json")).as(terminal.err()).isEqualTo(Exit.DONE);
    assertThat(terminal.out()).contains("\"anonymisations\"").contains("\"average_risk\"");
    assertThat(
            terminal.run(
                "attack",
                "uniqueness",
                "people.csv",
                "ward",
                "--on",
                "name",
                "--fields",
                "town,age"))
        .as(terminal.err())
        .isEqualTo(Exit.DONE);
    assertThat(terminal.out()).contains("before samples").doesNotContain("Delft");
  }

  @Test
  void aWrongAttackIsAUsageError() {
    assertThat(terminal.run("attack", "linkage", "ward", "people.csv")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("--fields must name at least one field; found: none");
    assertThat(terminal.run("attack", "linkage", "ward", "people.csv", "--fields", "x"))
        .isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("must name fields of the input; found: x");
  }

  @Test
  void aHierarchyThatIsNotThereIsARecipeError() throws IOException {
    Files.writeString(folder.resolve("recipe.yaml"), RECIPE.replace("towns.csv", "absent.csv"));
    assertThat(terminal.run("plan", "recipe.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains(
            "hierarchy must name a CSV file of at most 64 MiB, relative to the recipe; found:"
                + " absent.csv");
  }
}
