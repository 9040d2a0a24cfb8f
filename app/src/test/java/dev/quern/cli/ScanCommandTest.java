package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanCommandTest {
  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void write() throws Exception {
    terminal = new Terminal(folder);
    StringBuilder csv = new StringBuilder("mobile,note,count\n");
    for (int i = 0; i < 10; i++) {
      csv.append("1380013800").append(i).append(',');
      csv.append(i < 2 ? "write to ann" + i + "@example.org" : "nothing").append(',');
      csv.append(i).append('\n');
    }
    Files.writeString(folder.resolve("people.csv"), csv.toString());
  }

  @Test
  void tellsFieldsTypesAndSharesButNoValue() {
    int code = terminal.run("scan", "people.csv", "--types", "CN_MOBILE,EMAIL");
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .contains("mobile  CN_MOBILE         100.0 %        10  field as a whole")
        .contains("note    EMAIL              20.0 %         2  stretches of text")
        .contains("10 samples scanned")
        .doesNotContain("13800138")
        .doesNotContain("ann0");
  }

  @Test
  void jsonTellsTheSame() {
    terminal.run("scan", "people.csv", "--types", "CN_MOBILE,EMAIL", "--json");
    Map<String, Object> told = Json.parseObject(terminal.out());
    assertThat(told).containsEntry("samples", 10L).containsEntry("quarantined", 0L);
    List<?> findings = Json.list(told.get("findings"));
    assertThat(findings).hasSize(2);
    assertThat(Json.object(findings.get(0)))
        .containsEntry("field", "mobile")
        .containsEntry("type", "CN_MOBILE")
        .containsEntry("cells", 10L)
        .containsEntry("whole", true);
    assertThat(Json.object(findings.get(1)))
        .containsEntry("field", "note")
        .containsEntry("findings", 2L)
        .containsEntry("share", 0.2)
        .containsEntry("whole", false);
  }

  @Test
  void refusesUnknownTypesAndScores() {
    assertThat(terminal.run("scan", "people.csv", "--types", "EMAL")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains("--types must name types of findings; found: EMAL")
        .contains("EMAIL");
    assertThat(terminal.run("scan", "people.csv", "--min-score", "2")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("--min-score must be in [0, 1] (fraction); found: 2.0");
  }

  @Test
  void recognisersOfTheUserAreLookedForToo() throws Exception {
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        recognisers:
          - name: counter
            type: COUNTER
            patterns: ['\\d']
            fields: [count]
        allow: [ann0@example.org]
        """);
    int code =
        terminal.run("scan", "people.csv", "--recognisers", "own.yaml", "--types", "COUNTER,EMAIL");
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .contains("note   EMAIL            10.0 %         1  stretches of text")
        .contains("count  COUNTER         100.0 %        10  field as a whole");
  }

  @Test
  void whatIsWrongInAFileOfRecognisersIsToldAtItsPlace() throws Exception {
    Files.writeString(
        folder.resolve("own.yaml"),
        """
        recognisers:
          - name: counter
            type: counter
            patterns: ['\\d+']
        """);
    int code = terminal.run("scan", "people.csv", "--recognisers", "own.yaml");
    assertThat(code).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains("own.yaml:3:11  type must be a name in capitals such as EMPLOYEE_NUMBER; found:")
        .contains("own.yaml:4:16  pattern: shape must have bounds on repetitions");
    assertThat(terminal.run("scan", "people.csv", "--recognisers", "none.yaml"))
        .isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("must name a YAML file of at most 4 MiB; found:");
  }
}
