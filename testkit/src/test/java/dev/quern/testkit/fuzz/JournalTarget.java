package dev.quern.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.engine.pass.StoredFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** The journal of a pass: what is damaged is forgotten, what stands before it is not. */
final class JournalTarget implements FuzzTarget {
  private static final String PASS = "0123456789abcdef";
  private static final List<String> LINES =
      List.of(
          "{\"task\":[0,0,0],\"morsel\":[0,1,0,0,0,4096],\"file\":[\"s0-f0-0\",77,\"\",3,99],"
              + "\"steps\":{\"acquire.csv\":{\"n\":[4,0,3,0,1,12],\"dropped\":{},\"rules\":"
              + "{\"too_long\":1}}},\"states\":[{\"base64\":\"AAEC\"},{\"file\":[\"s0.state1\",\"00000000\"]}],"
              + "\"digest\":[1,2,3,4,3],\"splits\":[3,0,0,0],\"read\":[4096,4096,77,0,4,2],"
              + "\"dropped\":null,\"quarantined\":[\"s0.q\",\"0badcafe\"]}",
          "{\"task\":[1,0,7],\"steps\":{},\"states\":[],\"digest\":[0,0,0,0,0],"
              + "\"splits\":[0,0,0,0],\"read\":[0,0,0,0,0,0],\"dropped\":null,\"quarantined\":null}");

  private final Path folder;
  private final byte[] journal;
  private final List<String> lines;

  JournalTarget(Path folder) throws IOException {
    this.folder = folder.resolve("pass");
    StoredFiles.write(this.folder, PASS, LINES);
    this.journal = Files.readAllBytes(this.folder.resolve("journal"));
    this.lines = StoredFiles.journal(this.folder, PASS);
    assertThat(lines).hasSize(2);
  }

  @Override
  public List<byte[]> corpus() {
    List<byte[]> all = new java.util.ArrayList<>(List.of(journal));
    LINES.forEach(line -> all.add(line.getBytes(StandardCharsets.UTF_8)));
    return all;
  }

  @Override
  public List<byte[]> words() {
    return TextFiles.bytes(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "null",
        "\"task\"",
        "\"n\"",
        "[]",
        "{}",
        "\n",
        "\"file\"",
        "\"base64\"",
        "\"states\"",
        "{\"stage\":1}",
        "\0");
  }

  @Override
  public void feed(byte[] input, SplittableRandom random) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      String line = StoredFiles.line(text);
      assertThat(StoredFiles.line(line)).isEqualTo(line);
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    Files.write(folder.resolve("journal"), input);
    List<String> read = StoredFiles.journal(folder, PASS);
    assertThat(lines).containsAll(read);
    // It goes on from there.
    assertThat(StoredFiles.journal(folder, PASS)).isEqualTo(read);
  }
}
