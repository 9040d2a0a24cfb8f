package dev.quern.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.operator.Registry;
import dev.quern.recipe.Problem;
import dev.quern.recipe.Recipe;
import dev.quern.recipe.RecipeException;
import dev.quern.recipe.RecipeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Recipes: YAML, overrides, parameters and checks; all problems at once, each on one line. */
final class RecipeTarget implements FuzzTarget {
  private static final String RECIPE =
      """
      recipe: income
      seed: 42
      max_quarantined: 0.01
      read:
        - { acquire.csv: { path: adult.csv, types: { age: long } }, split: train, name: a }
        - { acquire.jsonl: { path: "b/*.jsonl" }, split: test, key: [id] }
        - dataset: other@3
      roles: { who: sensitive }
      steps:
        - quality.parse_missing: { tokens: ["?"] }
        - quality.drop_duplicates: { keep: first }
          order: [age]
        - quality.where: { keep: "age >= 17 AND country IS NOT NULL" }
          splits: all
        - quality.impute: { fields: [workclass], with: mode }
        - quality.trim
        - privacy.hash_keyed: { fields: [who], key: "env:KEY" }
      checks:
        - completeness(workclass) >= 0.95
        - { metric: uniqueness(id), equals: 1, level: error }
      dropped: samples
      write: income-clean
      model:
        name: income
        target: income
        train.mlp: { hidden: [128], optimizer: adam, epochs: 10, batch_size: 32 }
      """;
  private static final String GRAPH =
      """
      recipe: both
      inputs:
        a: { read: [ { acquire.csv: { path: a.csv } } ], steps: [ quality.trim: {} ] }
        b: { read: [ { acquire.text: { path: b.txt, sample: line } } ] }
      combine: { lookup: { on: [word], missing: drop } }
      steps: [ quality.select: { fields: [word] } ]
      """;

  private final RecipeReader reader;
  private final Path folder;
  private final Path examples;

  RecipeTarget(Registry registry, Path folder, Path examples) {
    this.reader = new RecipeReader(registry);
    this.folder = folder;
    this.examples = examples;
  }

  @Override
  public List<byte[]> corpus() {
    List<byte[]> all = new ArrayList<>(TextFiles.bytes(RECIPE, GRAPH, "recipe: x\n"));
    try (Stream<Path> files = Files.walk(examples)) {
      for (Path file : files.filter(f -> f.endsWith("recipe.yaml")).sorted().toList()) {
        all.add(Files.readAllBytes(file));
      }
      return all;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public List<byte[]> words() {
    return TextFiles.bytes(
        "- ",
        ": ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"",
        "'",
        "\n",
        "\n  ",
        "\n    - ",
        "#",
        "&a ",
        "*a",
        "!!str ",
        "!x ",
        "|\n",
        ">\n",
        "? ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\t",
        "~",
        "null",
        "true",
        ".nan",
        ".inf",
        "${env:KEY}",
        "recipe: ",
        "read:",
        "steps:",
        "checks:",
        "model:",
        "inputs:",
        "combine:",
        "union",
        "quality.impute: ",
        "quality.",
        "acquire.csv: ",
        "path: ",
        "fields: ",
        "with: ",
        "dataset: ",
        "seed: ",
        "roles: ",
        "<<: ",
        "\ufeff",
        "\0",
        "\u2028",
        "\u001b[31m",
        "中文",
        "\ud83d\ude00",
        "\\n",
        "\\u0000",
        "key: [id]",
        "splits: all");
  }

  @Override
  public void feed(byte[] input, SplittableRandom random) throws Exception {
    Path file = folder.resolve("recipe.yaml");
    Files.write(file, input);
    List<String> sets = sets(input, random);
    Recipe recipe;
    try {
      recipe = reader.read(file, sets);
    } catch (RecipeException e) {
      assertThat(e.problems()).isNotEmpty();
      for (Problem problem : e.problems()) {
        assertThat(problem.toString()).doesNotContain("\n", "\u001b").isNotBlank();
        assertThat(problem.code()).matches("[a-z][a-z_0-9]*");
      }
      return;
    }
    assertThat(reader.read(file, sets).digest()).isEqualTo(recipe.digest());
  }

  /** Overrides made of what stands in the input. */
  private static List<String> sets(byte[] input, SplittableRandom random) {
    if (input.length < 8 || random.nextInt(3) > 0) {
      return List.of();
    }
    List<String> paths =
        List.of(
            "seed",
            "read.0",
            "read[0].acquire.csv.path",
            "steps.1",
            "model.train.mlp.epochs",
            "write",
            "inputs.a.read.0",
            "x.y",
            "steps.99",
            "",
            "a..b",
            "checks.0");
    int from = random.nextInt(input.length - 4);
    String value =
        new String(
            input,
            from,
            Math.min(24, input.length - from),
            java.nio.charset.StandardCharsets.UTF_8);
    return List.of(paths.get(random.nextInt(paths.size())) + "=" + value, value);
  }
}
