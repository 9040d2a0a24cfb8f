package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.engine.DataException;
import dev.quern.format.json.Json;
import dev.quern.operator.OperatorSpec;
import dev.quern.run.RunResult;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Text of samples stays with the samples. A text that occurs nowhere else is planted in values,
 * categories, broken lines and first rows; it may come out in versions, fits and models, and in the
 * quarantined samples themselves: nowhere else.
 *
 * <p>Names of files are places, and places are told: in quarantine and where a file as a whole
 * cannot be read. They are no metrics, so they are nowhere else either.
 */
class CanaryTest {
  private static final String CANARY = "Kanarienvogel";
  private static final String FILE = "Dateivogel";

  /** One recipe per way of reading, in which together every operator stands. */
  private static final Map<String, String> RECIPES = new LinkedHashMap<>();

  static {
    RECIPES.put(
        "table",
        """
        read:
          - acquire.csv: { path: "csv/*.csv", types: { n: long, day: date, amount: double } }
          - acquire.jsonl: { path: "json/*.jsonl", types: { word: text, n: long, day: date, amount: double } }
        roles: { who: sensitive }
        steps:
          - quality.parse_missing: {}
          - quality.trim: {}
          - quality.cast: { types: { level: double } }
          - quality.rename: { fields: { note: remark } }
          - quality.derive: { fields: { size: "length(remark)", n2: "CAST(word AS double)" } }
          - quality.drop_duplicates: { fields: [word, n] }
          - diversity.split: { by: group, fields: [who], train: 0.7, test: 0.3 }
          - quality.where: { keep: "word <> 'x'" }
          - quality.drop_missing: { fields: [word] }
          - diversity.sample: { fraction: 0.95 }
          - privacy.redact_pattern: { fields: [remark], patterns: [email, phone], regex: "Kanar[a-z]+1" }
          - privacy.hash_keyed: { fields: [who], key: "env:KEY" }
          - privacy.encrypt: { fields: [remark], key: "env:QUERN_KEY", context: table }
          - privacy.decrypt: { fields: [remark], key: "env:QUERN_KEY", context: table }
          - privacy.encrypt_format: { fields: [who], key: "env:QUERN_KEY", alphabet: "0123456789abcdef" }
          - privacy.decrypt_format: { fields: [who], key: "env:QUERN_KEY", alphabet: "0123456789abcdef" }
          - quality.impute: { fields: [word], with: mode }
          - quality.standardize: { fields: [amount] }
          - quality.select: { drop: day }
        checks:
          - completeness(word) > 0.99
          - uniqueness(remark) > 2
          - distinct(word) < 2
          - count() > 5
          - mean(amount) < 100
          - quantile(amount, 0.5) < 100
          - accuracy(word, remark) < 2
          - consistency(word, remark) < 2
          - { metric: "consistency(remark, 'format')", at_most: 1, level: warning }
          - { metric: "timeliness(n, '1d')", at_most: 1, level: warning }
          - distinctness(remark) < 2
          - { metric: representativeness(word), at_least: 2, level: warning }
          - { metric: diversity(remark), at_least: 2, level: warning }
          - { metric: "diversity(remark, 2)", at_most: 2, level: warning }
        model:
          name: canary
          target: label
          train.mlp: { hidden: [4], epochs: 1 }
        """);
    RECIPES.put(
        "linear",
        """
        read:
          - acquire.csv: { path: "csv/*.csv" }
        steps:
          - diversity.split: { by: label, fields: [label], train: 0.7, test: 0.3 }
          - quality.impute: { fields: [amount], with: forward }
          - diversity.sample: { count: 40 }
        model:
          name: canary-linear
          target: amount
          train.linear: { epochs: 1 }
        """);
    RECIPES.put(
        "texts",
        """
        inputs:
          texts:
            read: [ { acquire.text: { path: "text/*.txt", sample: line } } ]
          files:
            read: [ { acquire.files: { path: files, label_from: folder } } ]
            steps: [ quality.select: { fields: [path, label] }, quality.rename: { fields: { path: text } } ]
        combine: union
        """);
    RECIPES.put(
        "lookup",
        """
        inputs:
          left:
            read: [ { acquire.csv: { path: "csv/*.csv" } } ]
          right:
            read: [ { acquire.jsonl: { path: "json/*.jsonl", types: { word: text } } } ]
            steps: [ quality.drop_duplicates: { fields: [word] }, quality.select: { fields: [word, amount] }, quality.rename: { fields: { amount: more } } ]
        combine: { lookup: { on: [word], missing: drop } }
        """);
    RECIPES.put(
        "mended",
        """
        read:
          - acquire.csv: { path: "csv/*.csv" }
        steps:
          - quality.repair: {}
          - quality.repair_text: { fields: [note] }
          - quality.convert_chinese: { to: simplified, fields: [note] }
          - quality.normalize_dates: { fields: [day] }
          - quality.normalize_numbers: { fields: [amount] }
          - quality.normalize_units: { fields: [level], unit: kg }
          - quality.normalize_phones: { fields: [n], region: CN }
          - quality.normalize_addresses: { fields: [who] }
          - quality.repair_typos: { fields: [label] }
          - quality.repair_dependency: { given: [word], field: label }
          - quality.repair_rule: { when: "length(word) > 99", set: { word: "'x'" } }
          - quality.score: { weights: { completeness: 1 }, fields: [word, n] }
          - quality.score_filter: { above: 0.1 }
        checks:
          - { metric: dependencies(), at_least: 0, level: warning }
          - { metric: "drift(label, reference='table')", at_most: 0, level: warning }
          - { metric: modes(label), at_most: 5, level: warning }
          - { metric: "overlap(label, ['l0', 'l1'])", at_least: 0, level: warning }
          - { metric: "chi_square(label, values=['l0', 'l1'], weights=[1, 1])", at_least: 0, level: warning }
          - { metric: "divergence(label, values=['l0', 'l1'], weights=[1, 1])", at_least: 0, level: warning }
          - { metric: "compliance('length(word) > 3')", at_least: 0, level: warning }
          - { metric: "validity(word, pattern='K.*')", at_least: 0, level: warning }
          - { metric: "field_match(['word', 'n'])", at_least: 0, level: warning }
        """);
    RECIPES.put(
        "protected",
        """
        read:
          - acquire.csv: { path: "csv/*.csv" }
        roles: { who: subject, label: sensitive }
        steps:
          - privacy.detect: { fields: [note, word] }
          - privacy.redact: { types: [EMAIL] }
          - privacy.surrogate: { key: "env:QUERN_KEY" }
          - privacy.mask: { fields: [level], keep_end: 1 }
          - privacy.randomize: { fields: [word] }
          - privacy.generalize: { fields: { level: { mask: 2 } } }
          - privacy.anonymize: { quasi_identifiers: { label: {}, amount: { mask: 12 } }, k: 2, suppression: 0.9 }
          - privacy.shift_dates: { fields: [day], key: "env:QUERN_KEY" }
        checks:
          - { metric: k_anonymity(label), at_least: 0, level: warning }
          - { metric: "l_diversity(label, sensitive='who')", at_least: 0, level: warning }
          - { metric: "t_closeness(label, sensitive='who')", at_least: 0, level: warning }
          - { metric: prosecutor_risk(label), at_least: 0, level: warning }
          - { metric: "journalist_risk(label, population='table')", at_least: 0, level: warning }
          - { metric: "marketer_risk(label, population='table')", at_least: 0, level: warning }
          - { metric: "population_uniqueness(label, fraction=0.5)", at_least: 0, level: warning }
          - { metric: distinction(label), at_least: 0, level: warning }
          - { metric: separation(label), at_least: 0, level: warning }
          - { metric: "linkage_risk(label, known='table')", at_most: 0, level: warning }
          - { metric: "dictionary_risk(word, known='table')", at_most: 0, level: warning }
          - { metric: "join_risk(on=['label'], fields=['who'], known='table')", at_most: 0, level: warning }
          - { metric: vendi_score(label), at_least: 0, level: warning }
          - { metric: "coverage(label, reference='table')", at_least: 0, level: warning }
          - { metric: availability(), at_least: 0, level: warning }
        """);
    RECIPES.put(
        "images",
        """
        read: [ { acquire.csv: { path: "csv/*.csv" } } ]
        steps: [ privacy.strip_metadata: { fields: [note] } ]
        """);
    RECIPES.put(
        "series",
        """
        inputs:
          one:
            read: [ { acquire.jsonl: { path: "json/*.jsonl", types: { word: text, n: long } } } ]
            steps:
              - quality.outliers: { fields: [amount], method: robust_z }
              - quality.resample: { time: n, every: 10, by: [word] }
              - quality.interpolate: { time: n, fields: [amount], by: [word] }
          two:
            read: [ { acquire.jsonl: { path: "json/*.jsonl", types: { word: text, n: long } } } ]
            steps: [ quality.select: { fields: [n, amount] }, quality.rename: { fields: { amount: more } } ]
        combine: { align: { time: n } }
        checks:
          - { metric: sum(more), at_least: 0, level: warning }
          - { metric: min(more), at_least: 0, level: warning }
          - { metric: max(more), at_least: 0, level: warning }
          - { metric: deviation(more), at_least: 0, level: warning }
          - { metric: monotonicity(n), at_least: 0, level: warning }
          - { metric: "latency(n, arrived='n', limit='1d')", at_least: 0, level: warning }
          - { metric: "z_scores(more, below=3)", at_least: 0, level: warning }
          - { metric: "kolmogorov_smirnov(more, distribution='normal', parameters=[0, 1])", at_least: 0, level: warning }
        """);
    RECIPES.put(
        "reference",
        """
        inputs:
          left:
            read: [ { acquire.csv: { path: "csv/*.csv", types: { amount: text } } } ]
          right:
            read: [ { acquire.jsonl: { path: "json/*.jsonl", types: { word: text, amount: text } } } ]
            steps: [ quality.drop_duplicates: { fields: [word] } ]
        combine: { repair_from_reference: { on: [word], fields: [amount] } }
        """);
    RECIPES.put(
        "labels",
        """
        read:
          - acquire.csv: { path: "csv/*.csv" }
        steps:
          - quality.drop_label_conflicts: { label: label, fields: [word] }
          - quality.out_of_fold: { label: label, folds: 2, with: { train.linear: { epochs: 1 } } }
          - quality.label_errors: { label: label, probabilities: probabilities }
          - quality.relabel: { label: label, min_confidence: 0.9 }
          - quality.drop_label_errors: {}
          - quality.resolve_annotations: { fields: [label, who], into: agreed }
        checks:
          - label_conflicts(label) >= 0
          - agreement(label, who) <= 1
          - { metric: "label_accuracy(label, probabilities='probabilities', probabilities_are='out_of_sample')", at_least: 0, level: warning }
        """);
    RECIPES.put(
        "review",
        """
        inputs:
          samples:
            read: [ { acquire.csv: { path: "csv/*.csv" } } ]
          reviews:
            read: [ { acquire.label_studio: { path: "tasks/*.json" } } ]
        combine: { review: { label: label } }
        """);
    RECIPES.put(
        "parquet",
        """
        read:
          - acquire.parquet: { path: "good/*.parquet" }
        steps:
          - quality.cast: { types: { word: bool } }
        """);
    RECIPES.put(
        "lists",
        """
        read: [ { acquire.jsonl: { path: "listed/*.jsonl" } } ]
        steps:
          - quality.explode: { field: words }
          - quality.cast: { types: { words: long } }
        """);
    RECIPES.put("first-row", "read: [ { acquire.csv: { path: bare/a.csv, header: none } } ]\n");
    RECIPES.put(
        "bare-types",
        "read: [ { acquire.csv: { path: bare/b.csv, header: none, types: { f1: long } } } ]\n");
    RECIPES.put(
        "synthetic",
        "read: [ { acquire.synthetic: { samples: 9, fields: { a: sequence() } } } ]\n");
    RECIPES.put("cut-parquet", "read: [ { acquire.parquet: { path: \"cut/*.parquet\" } } ]\n");
    RECIPES.put("cut-gzip", "read: [ { acquire.csv: { path: \"cut/*.csv.gz\" } } ]\n");
    RECIPES.put("array", "read: [ { acquire.jsonl: { path: \"cut/*.json\" } } ]\n");
    RECIPES.put(
        "encoding", "read: [ { acquire.csv: { path: \"cut/*.latin\", encoding: utf_8 } } ]\n");
    RECIPES.put("late-key", "read: [ { acquire.jsonl: { path: \"late/*.jsonl\" } } ]\n");
    RECIPES.put(
        "bad-number",
        """
        read: [ { acquire.csv: { path: "csv/*.csv" } } ]
        steps:
          - quality.derive: { fields: { x: "CAST(word AS long) / length(word)" } }
          - quality.where: { keep: "CAST(remark2 AS date) > DATE '2020-01-01'" }
        """
            .replace("remark2", "note"));
  }

  /** Makes the dataset that attacks attack with. */
  private static final String PEOPLE =
      """
      recipe: table
      max_quarantined: 1
      read: [ { acquire.csv: { path: "csv/*.csv" } } ]
      roles: { who: sensitive }
      """;

  @TempDir private Path folder;

  /** Recipes in whose quarantined samples the canary was seen, where it may be. */
  private final TreeSet<String> payloads = new TreeSet<>();

  private Scene scene() throws Exception {
    Scene scene = new Scene(folder);
    StringBuilder csv = new StringBuilder("word,n,note,who,label,amount,day,level\n");
    StringBuilder jsonl = new StringBuilder();
    for (int i = 0; i < 160; i++) {
      // Words that many share are released to reports by design: so these are shared by fewer.
      String word = CANARY + i / 3;
      String mark = i % 9 == 0 ? CANARY + i : Integer.toString(i);
      String label = i < 4 ? CANARY + "label" : "l" + i % 2;
      csv.append(word).append(',').append(i % 17 == 0 ? CANARY + i : i % 50);
      csv.append(",\"mail ").append(CANARY).append(i).append("@example.org\",").append(CANARY);
      csv.append(i % 40).append(',').append(label).append(',');
      csv.append(i % 13 == 0 ? CANARY + i : i / 7.0).append(',');
      csv.append(i % 11 == 0 ? CANARY + i : "2024-01-0" + (1 + i % 9)).append(',').append(mark);
      csv.append('\n');
      jsonl.append("{\"word\": \"").append(word).append("j\", \"n\": ").append(i);
      jsonl.append(", \"note\": \"").append(CANARY).append(" note ").append(i);
      jsonl.append("\", \"who\": \"").append(CANARY).append(i % 40).append("\", \"label\": \"l");
      jsonl.append(i % 2).append("\", \"amount\": ").append(i / 3.0);
      jsonl.append(", \"day\": \"2024-02-01\", \"level\": \"").append(mark).append("\"}\n");
    }
    csv.append(CANARY).append(",too,").append(CANARY).append('\n');
    csv.append("a,\"").append(CANARY).append(" never closed,1,2,3\n");
    jsonl.append("{\"word\": \"").append(CANARY).append("\", \"n\": ").append(CANARY).append("}\n");
    jsonl.append("{\"word\": \"").append(CANARY).append("\n").append(CANARY).append("\n");
    jsonl.append("{\"word\": {\"").append(CANARY).append("\": 1}, \"n\": [\"").append(CANARY);
    jsonl.append("\"]}\n");
    scene.write("csv/" + FILE + ".csv", csv.toString());
    scene.write("json/" + FILE + ".jsonl", jsonl.toString());
    scene.write(
        "listed/" + FILE + ".jsonl",
        ("{\"words\": [\"" + CANARY + "\", \"7\"], \"n\": 1}\n").repeat(9));
    scene.write("text/" + FILE + ".txt", (CANARY + " line\n\n" + CANARY + "\n").repeat(2));
    scene.write("files/" + CANARY + "folder/" + FILE + ".bin", CANARY);
    scene.write("files/other/" + FILE + "2.bin", "x");
    scene.write(
        "tasks/" + FILE + ".json",
        "[{\"data\": {\"sample_id\": \""
            + CANARY
            + "\"}, \"annotations\": [{\"result\": [{\"value\": {\"choices\": [\""
            + CANARY
            + "\"]}}]}]}]\n");
    scene.write("bare/a.csv", CANARY + ",1\n" + CANARY + "b,2\nx\n");
    scene.write("bare/b.csv", CANARY + "," + CANARY + "\n2,b\n");
    byte[] table = csv.toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(table);
    }
    scene.write(
        "cut/" + FILE + ".csv.gz",
        java.util.Arrays.copyOf(zipped.toByteArray(), zipped.size() * 2 / 3));
    scene.write("cut/" + FILE + ".json", "[{\"a\": \"" + CANARY + "\"}, {\"a\": \"" + CANARY);
    scene.write(
        "cut/" + FILE + ".latin",
        ("a,b\n" + CANARY + "é,1\n").getBytes(StandardCharsets.ISO_8859_1));
    String row = "{\"a\": \"" + "x".repeat(200) + "\"}\n";
    scene.write(
        "late/" + FILE + ".jsonl",
        row.repeat((1 << 20) / row.length() + 200) + "{\"a\": \"y\", \"" + CANARY + "\": 1}\n");
    parquet(scene);
    return scene;
  }

  /** A version of the product itself serves as Parquet file. */
  private static void parquet(Scene scene) throws Exception {
    scene.write(
        "make.yaml",
        "recipe: make\nseed: 1\nmax_quarantined: 1\nread: [ { acquire.csv: { path: \"csv/*.csv\" } } ]\n");
    scene.run("make.yaml", "making", Scene.Way.USUAL);
    for (Path shard : Scene.files(scene.workspace("making").resolve("shards"))) {
      byte[] bytes = Files.readAllBytes(shard);
      scene.write("good/" + FILE + ".parquet", bytes);
      byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length / 2);
      scene.write("cut/" + FILE + ".parquet", cut);
    }
  }

  private static String recipe(String name) {
    return "recipe: " + name + "\nseed: 1\nmax_quarantined: 1\n" + RECIPES.get(name);
  }

  @Test
  void everyOperatorStandsInARecipe() {
    for (OperatorSpec spec : Scene.registry().operators()) {
      String name = spec.name();
      // Profile and top values measure every version; exports are no part of recipes.
      boolean implied =
          List.of("quality.profile", "quality.top_values").contains(name)
              || spec.stage().equals("export");
      String shortName = name.substring(spec.stage().length() + 1);
      assertThat(implied || RECIPES.values().stream().anyMatch(r -> r.contains(shortName)))
          .as(name)
          .isTrue();
    }
  }

  @Test
  void noTextOfSamplesLeavesThem() throws Exception {
    Scene scene = scene();
    TreeSet<String> done = new TreeSet<>();
    for (String name : RECIPES.keySet()) {
      scene.write(name + ".yaml", recipe(name));
      if (name.equals("protected")) {
        // What its attacks attack with.
        scene.write("known.yaml", PEOPLE);
        scene.run("known.yaml", name, Scene.Way.USUAL);
      }
      try {
        RunResult result = scene.run(name + ".yaml", name, Scene.Way.USUAL);
        done.add(name);
        assertThat(result.folder()).exists();
      } catch (RuntimeException | Error e) {
        List<String> messages = messages(e);
        assertThat(messages).as(name).noneMatch(message -> message.contains(CANARY));
        assertThat(e).as(name).isInstanceOf(DataException.class);
      }
      examine(scene.workspace(name), name);
    }
    assertThat(payloads)
        .contains("table", "parquet", "bare-types", "bad-number", "array", "late-key");
    assertThat(RECIPES.keySet()).hasSize(done.size() + 2).contains("cut-parquet", "cut-gzip");
  }

  @Test
  void nothingIsSaidOnTheTerminalEither() throws Exception {
    Scene scene = scene();
    for (String name : List.of("table", "cut-gzip", "cut-parquet", "array")) {
      scene.write(name + ".yaml", recipe(name).replace("env:KEY", "file:key"));
      scene.write("key", "a key of thirty-two bytes or more");
      Scene.Said said = scene.quern("--debug", "run", name + ".yaml", "--workspace", name);
      assertThat(said.err() + said.out()).as(name).doesNotContain(CANARY);
      assertThat(said.code()).as(name + said.err()).isNotEqualTo(70);
      Scene.Said shown = scene.quern("show", name, "--workspace", name);
      assertThat(shown.err() + shown.out()).as(name).doesNotContain(CANARY);
      Scene.Said planned = scene.quern("plan", name + ".yaml", "--workspace", name);
      assertThat(planned.err() + planned.out()).as(name).doesNotContain(CANARY);
    }
  }

  /** Returns the messages of {@code e}, its causes and what was suppressed. */
  private static List<String> messages(Throwable e) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      messages.add(cause.toString());
      for (Throwable other : cause.getSuppressed()) {
        messages.addAll(messages(other));
      }
    }
    return messages;
  }

  private static String decoded(String raw) {
    return raw.equals("null")
        ? ""
        : new String(java.util.Base64.getDecoder().decode(raw), StandardCharsets.UTF_8);
  }

  private void examine(Path workspace, String name) throws Exception {
    for (Path file : Scene.files(workspace)) {
      String place = workspace.relativize(file).toString().replace('\\', '/');
      if (place.startsWith("shards/")
          || place.startsWith("states/")
          || place.startsWith("models/")
          || place.startsWith("work/passes/")
          || place.startsWith("work/fits/")
          || place.startsWith("states/")
          || place.equals("work/inputs.json")
          || place.endsWith("/recipe.yaml")) {
        // These hold samples, what was learnt from them, paths of input files, the author's words.
        continue;
      }
      String text = Files.readString(file, StandardCharsets.UTF_8);
      if (place.contains("/quarantine/")) {
        for (String line : text.lines().toList()) {
          Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Json.parseObject(line));
          String raw = String.valueOf(metadata.remove("raw"));
          String sample = Json.write(metadata.remove("sample"));
          if (sample.contains(CANARY) || decoded(raw).contains(CANARY)) {
            payloads.add(name);
          }
          assertThat(Json.write(metadata)).as(name + " " + place).doesNotContain(CANARY);
        }
        continue;
      }
      if (place.startsWith("datasets/") && place.endsWith(".json")) {
        Map<String, @Nullable Object> manifest = new LinkedHashMap<>(Json.parseObject(text));
        assertThat(manifest).containsKey("fits");
        manifest.remove("fits"); // What was learnt from samples, as in work/fits.
        text = Json.write(manifest);
      }
      assertThat(text).as(name + " " + place).doesNotContain(CANARY).doesNotContain(FILE);
    }
  }
}
