package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.quern.format.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe that encrypts leaves no value in clear anywhere, and everything else goes on. */
class EncryptedWorkspaceTest {
  private static final String KEK = "a key-encryption key of 32 bytes";
  private static final String CANARY = "Quernelius";
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=]{12,}");
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};

  private static final String RECIPE =
      """
      seed: 3
      dropped: samples
      changes: values
      verdicts: all
      max_quarantined: 0.5
      read:
        - acquire.csv: { path: people.csv }
      steps:
        - quality.cast: { types: { age: long } }
        - diversity.split: { train: 0.8, test: 0.2 }
        - quality.where: { keep: "age >= 0" }
        - quality.trim: { fields: [note] }
        - quality.impute: { fields: [note], with: forward }
          order: [note]
        - quality.drop_duplicates: { fields: [who, note, age] }
        - quality.impute: { fields: [city], with: mode }
        - quality.select: { drop: [note] }
      checks:
        - { metric: "compliance('age < 90')", at_least: 0.5, failing: aside }
        - { metric: "compliance('age < 80')", at_least: 0.5 }
        - { metric: "uniqueness(who)", at_least: 0.0 }
      model:
        name: NAME
        target: label
        train.linear: { epochs: 2 }
      """;

  private static final String ENCRYPTING =
      "write: { name: NAME, encrypt: { fields: [who, city, label], key: \"key:files\" } }\n";

  @TempDir Path folder;

  private Terminal terminal;

  @BeforeEach
  void open() throws Exception {
    terminal = new Terminal(folder).with("QUERN_KEK", KEK);
    StringBuilder csv = new StringBuilder("who,city,age,note,label\n");
    for (int i = 0; i < 240; i++) {
      String city = i % 9 == 0 ? "" : CANARY + "burg" + i % 3;
      String age = i % 40 == 7 ? CANARY + "old" : i % 40 == 8 ? "-1" : String.valueOf(i % 97);
      csv.append(CANARY).append(i % 60).append(',').append(city).append(',').append(age);
      csv.append(", ").append(CANARY).append("note").append(i % 50).append(" ,");
      csv.append(i % 2 == 0 ? CANARY + "yes" : CANARY + "no").append('\n');
      if (i % 50 == 3) {
        csv.append(CANARY).append("cut\n");
      }
    }
    Files.writeString(folder.resolve("people.csv"), csv.toString());
    Files.writeString(
        folder.resolve("few.csv"),
        csv.toString().lines().limit(4).collect(Collectors.joining("\n")));
    done("keys", "init", "--kek", "env:QUERN_KEK");
    done("keys", "create", "files", "--purpose", "aead");
    write("clear", "write: clear\n");
    write("sealed", ENCRYPTING);
  }

  private void write(String name, String write) throws IOException {
    String recipe = "recipe: " + name + "\n" + (RECIPE + write).replace("NAME", name);
    Files.writeString(folder.resolve(name + ".yaml"), recipe);
  }

  private void done(String... arguments) {
    assertThat(terminal.run(arguments)).as(terminal.err()).isEqualTo(Exit.DONE);
  }

  private Path workspace() {
    return folder.resolve("workspace");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(workspace())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Returns the kinds of files that hold the canary: as bytes, unpacked or in base 64. */
  private Set<String> holding() throws IOException {
    Set<String> kinds = new TreeSet<>();
    for (Path file : files()) {
      if (isIn(Files.readAllBytes(file), 0)) {
        kinds.add(kind(workspace().relativize(file).toString()));
      }
    }
    return kinds;
  }

  private static String kind(String path) {
    return path.replaceAll("[0-9a-f]{32,}", "X")
        .replaceAll("runs/[^/]+", "runs/R")
        .replaceAll("[0-9]+-[0-9a-f]{8}", "V")
        .replaceAll("[0-9]+", "N");
  }

  private static boolean isIn(byte[] bytes, int depth) throws IOException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (text.contains(CANARY)) {
      return true;
    }
    if (depth == 2) {
      return false;
    }
    Matcher base64 = BASE64.matcher(text);
    while (base64.find()) {
      String found = base64.group().replace("=", "");
      byte[] decoded = Base64.getDecoder().decode(found.substring(0, found.length() / 4 * 4));
      if (isIn(decoded, depth + 1)) {
        return true;
      }
    }
    String magic = new String(ZSTD, StandardCharsets.ISO_8859_1);
    for (int at = text.indexOf(magic); at >= 0; at = text.indexOf(magic, at + 1)) {
      if (isIn(unpacked(bytes, at), depth + 1)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] unpacked(byte[] bytes, int at) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZstdInputStream in =
        new ZstdInputStream(new ByteArrayInputStream(bytes, at, bytes.length - at))) {
      byte[] buffer = new byte[4096];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // What follows the frame is another one, or it was none: what came out is looked at.
    }
    return out.toByteArray();
  }

  @Test
  void noValueIsInAnyFileOfTheWorkspace() throws Exception {
    done("run", "clear.yaml");
    assertThat(holding())
        .as("what would be found")
        .contains(
            "datasets/clear/V.json",
            "runs/R/aside/N.jsonl",
            "runs/R/dropped/N.jsonl",
            "runs/R/quarantine/N.jsonl",
            "work/fits/X.json",
            "models/clear/V/serving.json");
    delete();
    done("run", "sealed.yaml");
    assertThat(holding()).isEmpty();
  }

  @Test
  void whoHasTheKeyReadsOnAndACachedRunIsFoundAgain() throws Exception {
    done("run", "clear.yaml");
    Map<String, String> clear = lines();
    delete();
    done("run", "sealed.yaml");
    assertThat(lines()).isEqualTo(clear);

    String first = newest();
    done("run", "sealed.yaml", "--json");
    assertThat(terminal.out()).contains("\"cached\"").doesNotContain("\"done\":{");
    done("keys", "read", "runs/" + first + "/quarantine/0000.jsonl");
    assertThat(terminal.out()).contains("\"raw\"").hasLineCount(5 + 6);

    done("export", "sealed", "--model", "--output", "model");
    assertThat(Files.readString(folder.resolve("model/serving.json"))).contains(CANARY);
    assertThat(terminal.run("predict", "sealed", "--input", "people.csv"))
        .as(terminal.err())
        .isIn(Exit.DONE, Exit.DATA);
    assertThat(terminal.out()).contains(CANARY + "yes");
    done("models");
    done("gc");
    done("show", "sealed");

    done("keys", "rotate", "files");
    done("predict", "sealed", "--input", "few.csv");
    done("keys", "read", "runs/" + first + "/dropped/0000.jsonl");
    done("run", "sealed.yaml");
    assertThat(holding()).isEmpty();
  }

  /** Returns the lines of what the newest run has told of samples, sorted, by folder. */
  private Map<String, String> lines() throws IOException {
    Map<String, String> lines = new TreeMap<>();
    String run = newest();
    for (String kind : List.of("quarantine", "dropped", "aside", "verdicts")) {
      try (Stream<Path> files = Files.list(workspace().resolve("runs/" + run + "/" + kind))) {
        StringBuilder all = new StringBuilder();
        for (Path file : files.sorted().toList()) {
          done("keys", "read", file.toString());
          all.append(terminal.out());
        }
        lines.put(kind, all.toString().lines().sorted().collect(Collectors.joining("\n")));
      }
    }
    return lines;
  }

  private String newest() throws IOException {
    try (Stream<Path> runs = Files.list(workspace().resolve("runs"))) {
      return runs.map(run -> run.getFileName().toString())
          .sorted()
          .reduce((a, b) -> b)
          .orElseThrow();
    }
  }

  @Test
  void withoutTheKeyEachReaderNamesFileAndKey() throws Exception {
    done("run", "sealed.yaml");
    String run = newest();
    String id = id();
    Files.move(workspace().resolve("keys/files.json"), folder.resolve("files.json"));
    String[][] commands = {
      {"predict", "sealed", "--input", "few.csv"},
      {"export", "sealed", "--model", "--output", "model"},
      {"keys", "read", "runs/" + run + "/quarantine/0000.jsonl"},
      {"keys", "read", "runs/" + run + "/aside/0000.jsonl"},
    };
    for (String[] command : commands) {
      assertThat(terminal.run(command)).as(String.join(" ", command)).isEqualTo(Exit.REFUSED);
      assertThat(terminal.err())
          .contains(command[0].equals("keys") ? command[2] : "models/sealed/")
          .contains("keyset files must be there; found: none");
      assertThat(terminal.out()).isEmpty();
    }
    Files.move(folder.resolve("files.json"), workspace().resolve("keys/files.json"));
    done("keys", "rotate", "files");
    done("keys", "disable", "files", id);
    for (String[] command : commands) {
      assertThat(terminal.run(command)).as(String.join(" ", command)).isEqualTo(Exit.REFUSED);
      assertThat(terminal.err())
          .contains("must be encrypted by an enabled key of key:files; found: key " + id)
          .contains("fix: name the keyset it was encrypted with, or enable the key (quern keys)");
    }
    // Who clears up needs no key; the version that is there is not to be read either.
    done("gc");
    assertThat(terminal.run("export", "sealed", "--output", "out.csv")).isEqualTo(Exit.REFUSED);
    assertThat(terminal.err()).contains(".parquet: file must be encrypted by an enabled key");
    // A run makes the version anew under the key of now, and needs that of then no more.
    done("run", "sealed.yaml");
    done("export", "sealed", "--output", "out.csv");
    done("keys", "enable", "files", id);
    done("run", "sealed.yaml");
    done("predict", "sealed", "--input", "few.csv");
    terminal.with("QUERN_KEK", "");
    assertThat(terminal.run("run", "sealed.yaml")).isEqualTo(Exit.REFUSED);
    assertThat(terminal.err()).contains("secret env:QUERN_KEK must be set");
  }

  private String id() {
    done("keys", "list", "--json");
    Object keyset = Json.list(Json.parseObject(terminal.out()).get("keysets")).get(0);
    return String.valueOf(Json.object(keyset).get("primary"));
  }

  @Test
  void oneWhoIsForgottenIsInNoEncryptedFileAndTheseStayEncrypted() throws Exception {
    Files.writeString(
        folder.resolve("sealed.yaml"),
        Files.readString(folder.resolve("sealed.yaml"))
            .replace("path: people.csv }", "path: people.csv }\n    roles: { who: [subject] }"));
    done("run", "sealed.yaml");
    assertThat(lines().get("dropped")).contains("\"" + CANARY + "8\"");
    done("subject", "forget", CANARY + "8", "--models", "retire");

    assertThat(holding()).isEmpty();
    assertThat(lines().get("dropped")).doesNotContain("\"" + CANARY + "8\"").contains(CANARY);
    done("export", "sealed", "--output", "out.csv");
    assertThat(Files.readString(folder.resolve("out.csv")))
        .doesNotContain(CANARY + "8,")
        .contains(CANARY + "9,");
  }

  @Test
  void aChangedByteOfWhatIsToldOfSamplesIsRefused() throws Exception {
    done("run", "sealed.yaml");
    SplittableRandom random = new SplittableRandom(5);
    int tried = 0;
    for (Path file : files()) {
      String name = workspace().relativize(file).toString();
      if (!name.matches(
          "runs/[^/]+/[a-z]+/.*|models/.*(onnx|card.json|serving.json|metrics.json)")) {
        continue;
      }
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < 12; i++) {
        byte[] changed = whole.clone();
        changed[i < 9 ? i : random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, changed);
        int code = terminal.run("keys", "read", name);
        // One byte of the first eight makes it a file of another kind: then it is no JSON either.
        assertThat(
                code == Exit.REFUSED || !isIn(terminal.out().getBytes(StandardCharsets.UTF_8), 0))
            .as(name + " " + i + terminal.err())
            .isTrue();
        if (i > 8) {
          assertThat(code).as(name).isEqualTo(Exit.REFUSED);
          assertThat(terminal.err()).contains(file.toString()).contains("changed bytes");
        }
        tried++;
      }
      Files.write(file, whole);
    }
    assertThat(tried).isGreaterThan(100);
  }

  @Test
  void anEngineElsewhereIsRefusedBeforeAnythingIsRead() throws Exception {
    assertThat(terminal.run("run", "sealed.yaml", "--engine", "spark")).isEqualTo(Exit.USAGE);
    assertThat(terminal.err())
        .contains("write.encrypt must be run by the local engine")
        .contains("found: --engine spark; fix: leave --engine out");
  }

  private void delete() throws IOException {
    try (Stream<Path> tree = Files.walk(workspace())) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.startsWith(workspace().resolve("keys")) && !path.equals(workspace())) {
          Files.delete(path);
        }
      }
    }
  }
}
