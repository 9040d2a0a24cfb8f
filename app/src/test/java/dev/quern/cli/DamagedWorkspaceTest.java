package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.format.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each kind of file that a run which encrypts leaves behind, with a byte of it changed: refused
 * with its name, or told and made anew; never a result that differs.
 */
class DamagedWorkspaceTest {
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
        - { metric: "uniqueness(who)", at_least: 0.0 }
      model:
        name: people
        target: label
        train.linear: { epochs: 2 }
      write: { name: people, encrypt: { fields: [who, city, label], key: "key:files" } }
      """;

  @TempDir Path folder;

  private Terminal terminal;

  @BeforeEach
  void open() throws Exception {
    terminal = new Terminal(folder).with("QUERN_KEK", "a key-encryption key of 32 bytes");
    StringBuilder csv = new StringBuilder("who,city,age,note,label\n");
    for (int i = 0; i < 240; i++) {
      String city = i % 9 == 0 ? "" : "burg" + i % 3;
      String age = i % 40 == 7 ? "old" : i % 40 == 8 ? "-1" : String.valueOf(i % 97);
      csv.append("ann").append(i % 60).append(',').append(city).append(',').append(age);
      csv.append(", note").append(i % 50).append(" ,");
      csv.append(i % 2 == 0 ? "yes" : "no").append('\n');
    }
    Files.writeString(folder.resolve("people.csv"), csv.toString());
    Files.writeString(folder.resolve("people.yaml"), "recipe: people\n" + RECIPE);
    done("keys", "init", "--kek", "env:QUERN_KEK");
    done("keys", "create", "files", "--purpose", "aead");
  }

  private void done(String... arguments) {
    assertThat(terminal.run(arguments)).as(terminal.err()).isEqualTo(Exit.DONE);
  }

  private Path workspace() {
    return folder.resolve("workspace");
  }

  private String name(Path file) {
    return workspace().relativize(file).toString();
  }

  private List<Path> files(String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(workspace())) {
      return files
          .filter(file -> Files.isRegularFile(file) && name(file).matches(pattern))
          .sorted()
          .toList();
    }
  }

  /** All files but keys, by place. */
  private Map<Path, byte[]> snapshot() throws IOException {
    Map<Path, byte[]> contents = new TreeMap<>();
    for (Path file : files("(?!keys/).*")) {
      contents.put(file, Files.readAllBytes(file));
    }
    return contents;
  }

  private void restore(Map<Path, byte[]> contents) throws IOException {
    try (Stream<Path> all = Files.walk(workspace())) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!path.startsWith(workspace().resolve("keys")) && !path.equals(workspace())) {
          Files.delete(path);
        }
      }
    }
    for (Map.Entry<Path, byte[]> file : contents.entrySet()) {
      Files.createDirectories(file.getKey().getParent());
      Files.write(file.getKey(), file.getValue());
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] changed = Files.readAllBytes(file);
    changed[at] ^= (byte) (1 << at % 8);
    Files.write(file, changed);
  }

  private Map<String, Object> report() {
    Map<String, Object> report = new TreeMap<>();
    Json.parseObject(terminal.out())
        .forEach((name, value) -> report.put(name, String.valueOf(value)));
    return report;
  }

  private String digest() {
    done("show", "people", "--json");
    return String.valueOf(Json.parseObject(terminal.out()).get("digest"));
  }

  @Test
  void whatIsMadeAnewIsToldInReportAndOnTheErrorStream() throws Exception {
    done("run", "people.yaml");
    String digest = digest();
    Map<Path, byte[]> whole = snapshot();
    SplittableRandom random = new SplittableRandom(11);
    Set<String> kinds = new TreeSet<>();
    for (Path file :
        files("work/passes/.*(json|jsonl|state|dropped|changed)|models/.*(json|onnx)")) {
      String kind = name(file).replaceAll(".*[./]", "");
      if (!kinds.add(
          kind + (file.startsWith(workspace().resolve("models")) ? " of a model" : ""))) {
        continue;
      }
      flip(file, random.nextInt(whole.get(file).length));
      assertThat(terminal.run("run", "people.yaml", "--quiet", "--json")).isEqualTo(Exit.DONE);
      assertThat(terminal.err())
          .as(name(file))
          .contains(
              "warning: "
                  + name(file)
                  + ": file must be as it was written; found: changed bytes; what it held is made"
                  + " anew; fix: find out whether the disk fails");
      assertThat(report().get("damaged_files")).isEqualTo("[" + name(file) + "]");
      String run = String.valueOf(report().get("run"));
      assertThat(workspace().resolve("runs/" + run + "/log.jsonl"))
          .content()
          .contains("\"file_damaged\"")
          .contains(name(file));
      assertThat(workspace().resolve("runs/" + run + "/report.html"))
          .content()
          .contains(name(file));
      assertThat(digest()).isEqualTo(digest);
      done("run", "people.yaml", "--json");
      assertThat(terminal.err()).doesNotContain("warning");
      assertThat(report()).doesNotContainKey("damaged_files");
      restore(whole);
    }
    assertThat(kinds)
        .contains("dropped", "json", "jsonl", "onnx of a model", "state", "json of a model");
  }

  @Test
  void fitsThatSomebodyChangedAreToldAndLearntAnew() throws Exception {
    done("run", "people.yaml");
    String digest = digest();
    Map<Path, byte[]> whole = snapshot();
    List<Path> fits = files("work/fits/.*json");
    assertThat(fits).hasSizeGreaterThan(2);
    int told = 0;
    for (Path fit : fits) {
      // Without the others and the model, each is wanted.
      for (Path file : files("work/fits/.*json|models/.*")) {
        if (!file.equals(fit)) {
          Files.delete(file);
        }
      }
      flip(fit, whole.get(fit).length - 3);
      byte[] changed = Files.readAllBytes(fit);
      done("run", "people.yaml");
      if (terminal.err().contains("warning: " + name(fit) + ": file must be as it was written")) {
        told++;
      } else {
        // What judges samples is made by each run before it is read.
        assertThat(Files.readAllBytes(fit)).isNotEqualTo(changed);
      }
      assertThat(digest()).isEqualTo(digest);
      restore(whole);
    }
    assertThat(told).isGreaterThan(1);
  }

  @Test
  void whatCannotBeMadeAnewIsRefusedWithItsName() throws Exception {
    done("run", "people.yaml");
    Map<Path, byte[]> whole = snapshot();
    Files.writeString(
        folder.resolve("again.yaml"),
        """
        recipe: again
        read:
          - dataset: people
        write: { name: again, encrypt: { fields: [who, city, label], key: "key:files" } }
        """);
    Files.writeString(
        folder.resolve("more.yaml"),
        Files.readString(folder.resolve("people.yaml"))
            .replace("select: { drop: [note] }", "select: { drop: [note, age] }")
            .replace("compliance('age < 90')", "completeness(city)"));
    Map<String, String[]> readers = new TreeMap<>();
    readers.put("shards/.*parquet", new String[] {"export", "people", "--output", "out.csv"});
    readers.put("models/.*onnx", new String[] {"predict", "people", "--input", "people.csv"});
    readers.put(
        "models/.*serving.json", new String[] {"predict", "people", "--input", "people.csv"});
    readers.put(
        "datasets/people/1.*json", new String[] {"export", "people", "--output", "out.csv"});
    readers.put("states/.*state", new String[] {"run", "again.yaml"});
    readers.put("work/passes/.*blocks", new String[] {"run", "more.yaml"});
    SplittableRandom random = new SplittableRandom(12);
    for (Map.Entry<String, String[]> reader : readers.entrySet()) {
      List<Path> files = files(reader.getKey());
      assertThat(files).as(reader.getKey()).isNotEmpty();
      for (int i = 0; i < 2; i++) {
        List<String> names = new ArrayList<>();
        for (Path file : files) {
          names.add(String.valueOf(file.getFileName()));
          flip(file, random.nextInt(whole.get(file).length));
        }
        int code = terminal.run(reader.getValue());
        assertThat(code).as(reader.getKey()).isIn(Exit.DATA, Exit.REFUSED);
        assertThat(names).anyMatch(name -> terminal.err().contains(name));
        assertThat(folder.resolve("out.csv")).doesNotExist();
        restore(whole);
      }
    }
  }

  /** Puts another keyring with the same names in the place of that of then. */
  private void exchangeKeys() throws Exception {
    for (String file : List.of("keyring.json", "files.json")) {
      Files.delete(workspace().resolve("keys").resolve(file));
    }
    done("keys", "init", "--kek", "env:QUERN_KEK");
    done("keys", "create", "files", "--purpose", "aead");
  }

  @Test
  void aWrongKeyIsRefusedByEachReaderWithFileAndKey() throws Exception {
    done("run", "people.yaml");
    String run =
        String.valueOf(workspace().relativize(files("runs/.*/report.json").get(0).getParent()));
    Files.writeString(
        folder.resolve("again.yaml"),
        """
        recipe: again
        read:
          - dataset: people
        write: { name: again, encrypt: { fields: [who, city, label], key: "key:files" } }
        """);
    Map<Path, byte[]> whole = snapshot();
    exchangeKeys();
    List<String[]> readers =
        List.of(
            new String[] {"export", "people", "--output", "out.csv"},
            new String[] {"predict", "people", "--input", "people.csv"},
            new String[] {"keys", "read", run + "/quarantine/0000.jsonl"},
            new String[] {"keys", "read", run + "/dropped/0000.jsonl"},
            new String[] {"keys", "read", name(files("states/.*state").get(0))},
            new String[] {"keys", "read", name(files("work/fits/.*json").get(0))},
            new String[] {"keys", "read", name(files("work/passes/.*state").get(0))},
            new String[] {"run", "again.yaml"});
    for (String[] reader : readers) {
      assertThat(terminal.run(reader)).as(String.join(" ", reader)).isEqualTo(Exit.REFUSED);
      assertThat(terminal.err())
          .contains(": file must be encrypted by an enabled key of key:files; found: key ")
          .contains("fix: name the keyset it was encrypted with");
      assertThat(folder.resolve("out.csv")).doesNotExist();
    }
    assertThat(snapshot().keySet()).containsAll(whole.keySet());
    // Who has another key makes all anew under that, and takes up nothing.
    done("run", "people.yaml", "--json");
    assertThat(terminal.out()).doesNotContain("\"cached\"");
    done("export", "people", "--output", "out.csv");
  }
}
