package dev.quern.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Column;
import dev.quern.engine.Stored;
import dev.quern.format.json.Json;
import dev.quern.format.parquet.VersionReading;
import dev.quern.store.Manifest;
import dev.quern.store.Reference;
import dev.quern.store.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A subject is forgotten everywhere: what was planted in samples, faults, drops, fits, models and
 * reports is found before and nowhere after.
 */
class SubjectCommandTest {
  private static final String SUBJECT = "person-0077-canary";

  /** What only the subject's samples hold, beside the id. */
  private static final List<String> PLANTED = List.of(SUBJECT, "zebulonnote", "quuxville");

  /** A control: never asked to be forgotten. */
  private static final String OTHER = "person-0078";

  @TempDir private Path folder;
  private Terminal terminal;

  @BeforeEach
  void write() throws Exception {
    terminal = new Terminal(folder);
    StringBuilder csv = new StringBuilder("user,city,age,note,label\n");
    for (int i = 0; i < 600; i++) {
      String city = i % 3 == 0 ? "Delft" : "杭州";
      csv.append(
          String.format(
              "person-%04d,%s,%d,note %d,%s%n",
              i, city, 20 + i % 50, i, i % 2 == 0 ? "yes" : "no"));
    }
    for (int i = 0; i < 3; i++) {
      csv.append(SUBJECT + ",quuxville,99,zebulonnote,yes\n");
    }
    csv.append(SUBJECT + ",quuxville,-5,zebulonnote,yes\n");
    csv.append(SUBJECT + ",quuxville,many,zebulonnote,yes\n");
    csv.append(SUBJECT + ",quuxville,\n");
    Files.writeString(folder.resolve("people.csv"), csv, StandardCharsets.UTF_8);
    recipe(
        "people.yaml",
        """
        recipe: people
        seed: 3
        dropped: samples
        max_quarantined: 0.5
        read:
          - acquire.csv: { path: people.csv }
            roles: { user: [subject] }
        steps:
          - quality.cast: { types: { age: long } }
          - diversity.split: { train: 0.8, test: 0.2 }
          - quality.where: { keep: "age >= 0" }
          - quality.impute: { fields: [city], with: mode }
        checks:
          - completeness(city) >= 0.9
          - { metric: max(age), at_most: 200 }
        model:
          name: labels
          target: label
          train.linear: { exclude: [user], epochs: 2 }
        """);
    recipe(
        "derived.yaml",
        """
        recipe: derived
        read:
          - dataset: people
        steps:
          - quality.select: { drop: [user] }
        """);
  }

  private void recipe(String name, String text) throws Exception {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private String run(String... arguments) {
    int code = terminal.run(arguments);
    String said = String.join(" ", arguments) + "\n" + terminal.out() + terminal.err();
    assertThat(code).as(said).isZero();
    return terminal.out() + terminal.err();
  }

  private Map<String, @Nullable Object> json(String... arguments) {
    run(arguments);
    return Json.parseObject(terminal.out());
  }

  private Path workspace() {
    return folder.resolve("workspace");
  }

  @Test
  void nothingOfTheSubjectIsLeftAndTheOthersAreAsTheyWere() throws Exception {
    run("run", "people.yaml");
    run("run", "derived.yaml");
    run("run", "people.yaml", "--set", "steps.2.quality.where.keep=age >= -1");
    run("export", "people", "--output", folder.resolve("gone.csv").toString());
    for (String planted : PLANTED) {
      assertThat(holding(planted)).as(planted).isNotEmpty();
    }
    assertThat(holding(SUBJECT).toString())
        .contains("quarantine", "dropped", "people@1", "people@2");
    Map<String, Map<String, String>> before = samples();

    Files.writeString(folder.resolve("id"), SUBJECT + "\n");
    Map<String, @Nullable Object> found = json("subject", "find", "@id", "--json");
    assertThat(Json.object(found.get("versions"))).hasSize(3);
    assertThat(Json.list(found.get("models"))).isNotEmpty();
    assertThat(Json.list(found.get("exports"))).hasSize(1);

    String told = run("subject", "forget", "@id");
    assertThat(told).contains("people@1", "people@2", "derived@1", "gone.csv");
    assertThat(told).doesNotContain(SUBJECT);

    for (String planted : PLANTED) {
      assertThat(holding(planted)).as(planted).isEmpty();
    }
    assertThat(holding(OTHER)).isNotEmpty();
    Map<String, Map<String, String>> after = samples();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    for (String version : before.keySet()) {
      Map<String, String> others = new TreeMap<>(before.get(version));
      others.values().removeIf(sample -> sample.contains("zebulonnote"));
      assertThat(after.get(version)).as(version).isEqualTo(others);
    }
    run("datasets", "--verify");
    run("audit", "verify");
    run("report");
    run("show", "people", "--profile");
    run("show", "people", "--metrics");
    run("show", "people@1");
    run("gc");
  }

  @Test
  void theNextRunOfTheRecipeDoesNotBringTheSubjectBack() throws Exception {
    run("run", "people.yaml");
    run("subject", "forget", SUBJECT);
    Map<String, @Nullable Object> report = json("run", "people.yaml", "--json");
    for (String planted : PLANTED) {
      assertThat(holding(planted)).as(planted).isEmpty();
    }
    Map<String, @Nullable Object> accounting = Json.object(report.get("accounting"));
    assertThat(accounting.get("conserved")).isEqualTo(true);
    assertThat(Json.object(accounting.get("reasons"))).containsKey("forgotten");
    assertThat(json("subject", "find", SUBJECT, "--json").get("versions")).isEqualTo(Map.of());
    assertThat(json("subject", "find", SUBJECT, "--json").get("forgotten")).isEqualTo(true);
    run("predict", "labels", "--set", "city=Delft", "--set", "age=30", "--set", "note=x");
  }

  @Test
  void modelsAreTrainedAnewOnRequest() throws Exception {
    run("run", "people.yaml");
    String told = run("subject", "forget", SUBJECT, "--retrain", "people.yaml");
    assertThat(told).contains("model labels@1").doesNotContain("has no successor");
    run("models");
    assertThat(terminal.out()).contains("labels@");
    for (String planted : PLANTED) {
      assertThat(holding(planted)).as(planted).isEmpty();
    }
  }

  @Test
  void versionsWithoutTheRoleAreSearchedByFieldName() throws Exception {
    recipe("plain.yaml", "recipe: plain\nread:\n  - acquire.csv: { path: people.csv }\n");
    run("run", "plain.yaml", "--set", "max_quarantined=0.5");
    assertThat(json("subject", "find", SUBJECT, "--json").get("versions")).isEqualTo(Map.of());
    assertThat(
            Json.object(
                json("subject", "find", SUBJECT, "--field", "user", "--json").get("versions")))
        .hasSize(1);
    run("subject", "forget", SUBJECT, "--field", "user");
    assertThat(holding(SUBJECT)).isEmpty();
    run("run", "plain.yaml", "--set", "max_quarantined=0.5");
    assertThat(holding(SUBJECT)).isEmpty();
  }

  /** At the other's desk the reference has the subject, who is not in the version. */
  private void desks(String subject) throws Exception {
    StringBuilder found = new StringBuilder("desk,user,city\n");
    StringBuilder truth = new StringBuilder("desk,user,city\n");
    for (int desk = 0; desk < 40; desk++) {
      String city = desk == 7 ? "wrong" : "Delft";
      found.append(desk + "," + (desk == 8 ? OTHER : "u" + desk) + "," + city + "\n");
      truth.append(
          desk == 8 ? desk + "," + subject + ",quuxville\n" : desk + ",u" + desk + ",Delft\n");
    }
    Files.writeString(folder.resolve("desks.csv"), found);
    Files.writeString(folder.resolve("truth.csv"), truth);
    recipe(
        "desks.yaml",
        """
        recipe: desks
        changes: values
        verdicts: all
        roles: { user: [subject] }
        read: [ { acquire.csv: { path: desks.csv } } ]
        checks:
          - metric: accuracy(city)
            reference: { acquire.csv: { path: truth.csv } }
            by: [desk]
            at_least: 0.5
            failing: aside
          - metric: accuracy(city)
            reference: { acquire.csv: { path: truth.csv } }
            by: [desk]
            at_least: 0.5
        """);
  }

  @Test
  void aReferenceDoesNotBringTheSubjectBack() throws Exception {
    desks(SUBJECT);
    Map<String, @Nullable Object> report = json("run", "desks.yaml", "--json");
    assertThat(Json.object(report.get("aside")).get("count")).isEqualTo(2L);
    assertThat(holding("quuxville").toString()).contains("aside", "verdicts");
    assertThat(holding(SUBJECT).toString()).contains("aside");

    run("subject", "forget", SUBJECT);
    assertThat(holding(SUBJECT)).isEmpty();
    assertThat(holding("quuxville")).isEmpty();
    assertThat(holding("wrong").toString()).contains("aside");

    report = json("run", "desks.yaml", "--json");
    assertThat(Json.object(report.get("aside")).get("count")).isEqualTo(1L);
    Map<String, @Nullable Object> accounting = Json.object(report.get("accounting"));
    assertThat(accounting.get("conserved")).isEqualTo(true);
    assertThat(accounting.get("kept")).isEqualTo(39L);
    assertThat(holding(SUBJECT)).isEmpty();
    assertThat(holding("quuxville")).isEmpty();
  }

  @Test
  void aSubjectOfAReferenceIsForgottenHoweverShortTheId() throws Exception {
    desks("9");
    run("run", "desks.yaml");
    assertThat(holding("quuxville").toString()).contains("aside", "verdicts");
    run("subject", "forget", "9");
    assertThat(holding("quuxville")).isEmpty();
    assertThat(holding("wrong").toString()).contains("aside");
    run("run", "desks.yaml");
    assertThat(holding("quuxville")).isEmpty();
  }

  @Test
  void whoIsNotThereIsForgottenAllTheSame() throws Exception {
    run("run", "people.yaml");
    Map<String, Map<String, String>> before = samples();
    run("subject", "forget", "nobody-of-that-name");
    assertThat(samples()).isEqualTo(before);
    run("subject", "list");
    assertThat(terminal.out()).contains("closed");
  }

  /** Returns where the decoded workspace holds {@code text}. */
  private List<String> holding(String text) throws Exception {
    List<String> found = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(workspace())) {
      for (Path file : tree.filter(Files::isRegularFile).toList()) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        String bytes =
            new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        if (content.contains(bytes) || raw(content, bytes)) {
          found.add(workspace().relativize(file).toString());
        }
      }
    }
    samples()
        .forEach(
            (version, samples) -> {
              if (samples.values().stream().anyMatch(sample -> sample.contains(text))) {
                found.add(version);
              }
            });
    return found;
  }

  private static boolean raw(String content, String text) {
    java.util.regex.Matcher matcher =
        java.util.regex.Pattern.compile("\"raw\":\"([A-Za-z0-9+/=]+)\"").matcher(content);
    while (matcher.find()) {
      byte[] decoded = Base64.getDecoder().decode(matcher.group(1));
      if (new String(decoded, StandardCharsets.ISO_8859_1).contains(text)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the samples of all versions by id. */
  private Map<String, Map<String, String>> samples() throws Exception {
    Map<String, Map<String, String>> all = new TreeMap<>();
    Workspace workspace = new Workspace(workspace());
    for (String name : workspace.datasets().names()) {
      for (String id : workspace.datasets().versions(name)) {
        Manifest manifest = workspace.datasets().resolve(Reference.parse(name + "@" + id));
        Stored stored = workspace.datasets().stored(manifest, 0);
        Map<String, String> samples = new TreeMap<>();
        Flow.through(
            new VersionReading(stored, 0),
            batch -> {
              for (int i = 0; i < batch.count(); i++) {
                List<@Nullable Object> values = new ArrayList<>();
                for (Column column : batch.columns()) {
                  values.add(column.valueAt(batch.row(i)));
                }
                samples.put(batch.keys().id(batch.row(i)).toString(), values.toString());
              }
              return Flow.Wish.MORE;
            });
        Set<String> ids = new HashSet<>(samples.keySet());
        assertThat((long) ids.size()).isEqualTo(manifest.samples());
        all.put(name + "@" + id, samples);
      }
    }
    return all;
  }
}
