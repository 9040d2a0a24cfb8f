package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
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

  private static final List<String> NOTES =
      List.of(
          "# Notes",
          "",
          "张伟的手机：13800138000，邮箱 wei@example.org",
          "nothing here",
          "call 13900139000");

  @Test
  void textIsScannedAsItIsWithLineAndColumn() throws Exception {
    Files.writeString(folder.resolve("notes.txt"), String.join("\r\n", NOTES));
    int code = terminal.run("scan", "notes.txt", "--types", "CN_MOBILE,EMAIL");
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .contains("type       findings  line:column")
        .contains("CN_MOBILE         2  3:7 5:6")
        .contains("EMAIL             1  3:22")
        .contains("5 lines scanned")
        .doesNotContain("138001")
        .doesNotContain("wei");
    terminal.run("scan", "notes.txt", "--types", "CN_MOBILE,EMAIL", "--json");
    Map<String, Object> told = Json.parseObject(terminal.out());
    assertThat(told).containsEntry("lines", 5L).containsEntry("quarantined", 0L);
    assertThat(Json.object(Json.list(told.get("findings")).get(0)))
        .containsEntry("type", "CN_MOBILE")
        .containsEntry("findings", 2L)
        .containsEntry("places", List.of("3:7", "5:6"));
  }

  @Test
  void textMayBeInGb18030OrUtf16WithoutEndingAndCompressed() throws Exception {
    String text = String.join("\n", NOTES);
    Files.writeString(folder.resolve("NOTES"), text, Charset.forName("GB18030"));
    Files.writeString(folder.resolve("notes.md"), "\ufeff" + text, StandardCharsets.UTF_16LE);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("notes.log.gz")))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    for (String name : List.of("NOTES", "notes.md", "notes.log.gz")) {
      int code = terminal.run("scan", name, "--types", "CN_MOBILE");
      assertThat(code).as(terminal.err()).isZero();
      assertThat(terminal.out()).as(name).contains("CN_MOBILE         2  3:7 5:6");
    }
  }

  @Test
  void linesThatAreNoTextAreToldAndTheOthersScanned() throws Exception {
    byte[] bytes = "call 13800138000\nb?d 13900139000\ncall 13700137000\n".getBytes("US-ASCII");
    bytes[18] = (byte) 0xe9;
    Files.write(folder.resolve("notes.txt"), bytes);
    assertThat(terminal.run("scan", "notes.txt", "--types", "CN_MOBILE")).isEqualTo(Exit.DATA);
    assertThat(terminal.out()).contains("CN_MOBILE         2  1:6 3:6").contains("3 lines scanned");
    assertThat(terminal.err()).contains("notes.txt:2  lines must be UTF-8").contains("1 line(s)");
  }

  @Test
  void severalFilesAndFoldersAreScannedEachByItsKind() throws Exception {
    Files.createDirectories(folder.resolve("all/below"));
    Files.move(folder.resolve("people.csv"), folder.resolve("all/people.csv"));
    Files.writeString(folder.resolve("all/below/a.txt"), "call 13800138000\n");
    Files.writeString(folder.resolve("all/empty"), "");
    Files.write(folder.resolve("all/photo.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1});
    Files.writeString(folder.resolve("other.log"), "mail ann@example.org\n");
    int code = terminal.run("scan", "all/", "other.log", "--types", "CN_MOBILE,EMAIL");
    assertThat(code).as(terminal.err()).isZero();
    assertThat(terminal.out())
        .containsSubsequence("all/below/a.txt", "all/people.csv", "other.log")
        .contains("4 files and datasets scanned, 3 with findings");
    assertThat(terminal.err()).contains("1 file(s) hold no text", "all/photo.png");
    terminal.run("scan", "all", "other.log", "--types", "CN_MOBILE,EMAIL", "--json");
    Map<String, Object> told = Json.parseObject(terminal.out());
    assertThat(Json.list(told.get("scans"))).hasSize(4);
    assertThat(told).containsEntry("not_scanned", List.of("all/photo.png"));
  }

  @Test
  void whatIsNoTextIsRefusedWithWhatItIs() throws Exception {
    Files.writeString(folder.resolve("letter.pdf"), "%PDF-1.7\nxyz");
    Files.writeString(folder.resolve("letter.docx"), "PK\u0003\u0004xyz");
    Files.write(
        folder.resolve("core"),
        new byte[] {127, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 3, 0, 62, 0});
    assertThat(terminal.run("scan", "letter.pdf")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains(
            "FILE must be text, or end in .csv, .jsonl or .parquet; found: letter.pdf, a PDF; fix:"
                + " save it as text");
    assertThat(terminal.run("scan", "letter.docx")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("found: letter.docx, a ZIP archive");
    assertThat(terminal.run("scan", "core")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("found: core, binary content (zero bytes)");
    assertThat(terminal.run("scan", "none.txt")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err()).contains("FILE must be a file or folder; found: none at");
  }
}
