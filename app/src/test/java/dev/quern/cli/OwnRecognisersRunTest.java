package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recognisers in a file beside the recipe, from the run to the next one. */
class OwnRecognisersRunTest {
  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void write() throws Exception {
    terminal = new Terminal(folder);
    Files.writeString(
        folder.resolve("staff.csv"), "id,note\n1,badge E-1234 lost\n2,nothing\n3,E-77\n");
    Files.writeString(
        folder.resolve("staff.yaml"),
        """
        recipe: staff
        read:
          - acquire.csv: { path: staff.csv }
        steps:
          - privacy.detect: { recognisers: own.yaml, types: [BADGE] }
          - privacy.redact: { recognisers: [own.yaml], types: [BADGE] }
          - quality.select: { drop: [findings] }
        write: staff
        """);
    own("E-\\d{4}");
  }

  private void own(String pattern) throws Exception {
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        recognisers:
          - name: badge
            type: BADGE
            patterns: ['%s']
        """
            .formatted(pattern));
  }

  private String notes() throws Exception {
    assertThat(terminal.run("run", "staff.yaml")).as(terminal.err()).isZero();
    Path file = folder.resolve("staff-out.jsonl");
    Files.deleteIfExists(file);
    assertThat(terminal.run("export", "staff", "--output", "staff-out.jsonl"))
        .as(terminal.err())
        .isZero();
    return Files.readString(file);
  }

  @Test
  void whatTheyFindIsReplacedAndAChangedFileIsRunAnew() throws Exception {
    assertThat(notes()).contains("badge <BADGE> lost").contains("E-77");
    own("E-\\d{2}");
    assertThat(notes()).contains("badge E-1234 lost").contains("<BADGE>").doesNotContain("E-77");
    assertThat(terminal.run("plan", "staff.yaml")).as(terminal.err()).isZero();
  }

  @Test
  @SuppressWarnings("unchecked")
  void theReportCountsFindingsByFieldAndTypeAndTellsNoValue() throws Exception {
    Files.writeString(
        folder.resolve("staff.csv"), "id,note\n1,E-1234 E-5678\n2,nothing\n3,E-9999\n4,\n");
    assertThat(terminal.run("run", "staff.yaml")).as(terminal.err()).isZero();
    assertThat(terminal.run("report", "latest", "--json")).as(terminal.err()).isZero();
    List<Object> steps = (List<Object>) Json.parseObject(terminal.out()).get("personal_data");
    assertThat(steps)
        .singleElement()
        .hasToString(
            "{step=privacy.detect, samples=4, found=[{field=note, type=BADGE, findings=3,"
                + " samples=2, share=0.5, mean_score=0.5}]}");
  }

  @Test
  void whatIsWrongInTheFileIsToldAtItsPlaceWithTheOtherProblemsOfTheRecipe() throws Exception {
    own("E-\\d+");
    assertThat(terminal.run("plan", "staff.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains("own.yaml:4:16  pattern: shape must have bounds on repetitions");
    Files.delete(folder.resolve("own.yaml"));
    assertThat(terminal.run("plan", "staff.yaml")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains(
            "staff.yaml:5:36  recognisers must name a YAML file of at most 4 MiB; found: own.yaml");
  }
}
