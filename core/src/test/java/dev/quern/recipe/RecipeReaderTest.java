package dev.quern.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quern.data.Role;
import dev.quern.data.Split;
import dev.quern.engine.DroppedSamples;
import dev.quern.engine.SortKey;
import dev.quern.engine.Traces;
import dev.quern.operator.BindException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeReaderTest {
  private static final Path FOLDER = Path.of("/recipes");

  static final String GOOD =
      """
      # yaml-language-server: $schema=./quern.schema.json
      recipe: names
      seed: 7
      lang: zh
      read:
        - { acquire.lines: { path: a.txt }, split: train, key: text, roles: {text: [label, group]} }
        - acquire.lines: { path: b.txt }
          name: second
          split: test
        - dataset: names-raw@3
      steps:
        - quality.trim
        - quality.length: { field: text, min: 2, max: 80 }
          splits: all
          as: short names
        - { quality.once: { field: text }, order: [text, {id: descending}] }
        - privacy.salt: { field: text, key: "${env:SALT}" }
      checks:
        - completeness(text) >= 0.95
        - { metric: uniqueness(text), equals: 1, level: error }
      write: names-clean
      model:
        name: names
        target: text
        train.mean:
      roles: { id: identifier }
      dropped: samples
      max_quarantined: 0.05
      show_samples: true
      """;

  private final RecipeReader reader = new RecipeReader(SmallCatalog.registry());

  private Recipe read(String text, String... sets) {
    return reader.read(text, "r.yaml", FOLDER, List.of(sets));
  }

  private List<String> problems(String text, String... sets) {
    RecipeException e = catchThrowableOfType(RecipeException.class, () -> read(text, sets));
    assertThat(e).as("recipe must be refused").isNotNull();
    assertThat(e.getMessage()).isEqualTo(String.join("\n", shown(e)));
    return shown(e);
  }

  private static List<String> shown(RecipeException e) {
    return e.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void aWholeRecipeIsRead() {
    Recipe recipe = read(GOOD);
    assertThat(recipe.name()).isEqualTo("names");
    assertThat(recipe.seed()).isEqualTo(7);
    assertThat(recipe.lang()).contains(Locale.CHINESE);
    assertThat(recipe.read()).hasSize(3);
    SourceSpec first = recipe.read().get(0);
    assertThat(first.origin())
        .isInstanceOfSatisfying(
            SourceSpec.Origin.Read.class,
            read ->
                assertThat(read.reader().operator()).isEqualTo(new LinesReader("a.txt", "text")));
    assertThat(first.split()).isEqualTo(Split.TRAIN);
    assertThat(first.key()).containsExactly("text");
    assertThat(first.roles()).containsEntry("text", Set.of(Role.LABEL, Role.GROUP));
    assertThat(first.written().place("roles", "text")).hasToString("r.yaml:6:78");
    assertThat(recipe.read().get(1).name()).contains("second");
    assertThat(recipe.read().get(2).origin()).hasToString("Dataset[dataset=names-raw@3]");
    assertThat(recipe.steps())
        .extracting(step -> step.use().name())
        .containsExactly("quality.trim", "quality.length", "quality.once", "privacy.salt");
    StepSpec second = recipe.steps().get(1);
    assertThat(second.splits()).contains(StepSpec.Splits.ALL);
    assertThat(second.order()).isEmpty();
    assertThat(recipe.steps().get(2).order())
        .containsExactly(
            new SortKey("text", SortKey.Direction.ASCENDING),
            new SortKey("id", SortKey.Direction.DESCENDING));
    assertThat(second.as()).contains("short names");
    assertThat(second.use().operator()).isEqualTo(new SmallCatalog.Length("text", 2, 80));
    assertThat(recipe.steps().get(3).use().params().plain()).containsEntry("key", "env:SALT");
    assertThat(recipe.checks())
        .extracting(check -> check.place().toString())
        .containsExactly("r.yaml:19:5", "r.yaml:20:5");
    assertThat(recipe.write())
        .contains(new WriteSpec("names-clean", new Position("r.yaml", 21, 8)));
    assertThat(recipe.model().orElseThrow().trainer().operator())
        .isEqualTo(new SmallCatalog.Mean());
    assertThat(recipe.roles()).containsEntry("id", Set.of(Role.IDENTIFIER));
    assertThat(recipe.traces().dropped()).isEqualTo(DroppedSamples.SAMPLES);
    assertThat(recipe.maxQuarantined()).isEqualTo(0.05);
    assertThat(recipe.samples()).isEqualTo(Recipe.ShowSamples.SHOWN);
    assertThat(recipe.folder()).isEqualTo(FOLDER);
  }

  @Test
  void whatIsNotWrittenHasADefault() {
    Recipe recipe = read("recipe: r\nread:\n  - acquire.lines: {path: a}\nsteps:\n");
    assertThat(recipe.seed()).isEqualTo(42);
    assertThat(recipe.traces()).isEqualTo(Traces.IDS);
    assertThat(recipe.maxQuarantined()).isEqualTo(0.01);
    assertThat(recipe.samples()).isEqualTo(Recipe.ShowSamples.HIDDEN);
    assertThat(recipe.steps()).isEmpty();
    assertThat(recipe.write()).isEqualTo(Optional.empty());
  }

  @Test
  void fiveMistakesAreFiveProblemsWithTheirPlaces() {
    List<String> problems =
        problems(
            """
            recipe: names
            read:
              - acquire.lines: { path: a.txt, feild: text }
            steps:
              - quality.trimm
              - quality.length: { field: text, min_fraction: 1.5 }
              - quality.length: { min: 2 }
            writes: out
            """);
    assertThat(problems)
        .containsExactly(
            "r.yaml:3:35  acquire.lines.feild is no parameter; did you mean 'field'?; known: path,"
                + " field",
            "r.yaml:5:5  no operator is named 'quality.trimm'; did you mean 'quality.trim'?",
            "r.yaml:6:50  quality.length.min_fraction must be a number in [0, 1] (fraction); found:"
                + " 1.5",
            "r.yaml:7:5  quality.length.field must be given: a text; found: nothing",
            "r.yaml:8:1  'writes' is no key of a recipe; did you mean 'write'?; known: recipe, seed,"
                + " lang, read, inputs, combine, steps, checks, write, model, roles, dropped,"
                + " changes, verdicts, max_quarantined, show_samples");
  }

  @Test
  void wrongTypesOfRecipeKeysAreReported() {
    assertThat(
            problems(
                """
                recipe: Names!
                seed: -1
                lang: fr
                read: a.csv
                steps: { quality.trim: {} }
                checks: [7]
                write: [a]
                model: x
                roles: { id: boss }
                dropped: all
                max_quarantined: 5
                show_samples: "yes"
                """))
        .containsExactly(
            "r.yaml:1:9  recipe must be 1 to 64 lower-case letters a-z, digits, '-' or '_', the"
                + " first a letter or digit; found: \"Names!\"",
            "r.yaml:2:7  seed must be a whole number >= 0; found: -1",
            "r.yaml:3:7  lang must be en or zh; found: \"fr\"",
            "r.yaml:4:7  read must be a list of sources; found: \"a.csv\"",
            "r.yaml:5:8  steps must be a list of steps; found: a map",
            "r.yaml:6:10  a check must be a comparison such as completeness(field) >= 0.95, or a"
                + " map; found: 7",
            "r.yaml:7:8  write must be 1 to 64 lower-case letters a-z, digits, '-' or '_', the first"
                + " a letter or digit; found: a list",
            "r.yaml:8:8  model must be a map with name, target and a trainer; found: \"x\"",
            "r.yaml:9:14  role of id must be one or a list of label, identifier, quasi_identifier,"
                + " sensitive, subject, event_time, group, image, audio,"
                + " out_of_sample, annotation; found: \"boss\"",
            "r.yaml:10:10  dropped must be one of none, ids, samples; found: \"all\"",
            "r.yaml:11:18  max_quarantined must be a number in [0, 1] (fraction); found: 5",
            "r.yaml:12:15  show_samples must be true or false; found: \"yes\"");
  }

  @Test
  void operatorsStandWhereTheirKindBelongs() {
    assertThat(
            problems(
                """
                recipe: r
                read:
                  - quality.trim: {}
                steps:
                  - acquire.lines: { path: a }
                  - quality.count
                  - quality.known: { field: text }
                  - train.mean: {}
                model:
                  name: m
                  target: t
                  quality.length: { field: x }
                """))
        .containsExactly(
            "r.yaml:3:5  quality.trim must be a reader here; found: a step; it stands under steps",
            "r.yaml:5:5  acquire.lines must be a step here; found: a reader; it stands under read",
            "r.yaml:6:5  quality.count must be a step here; found: an analyzer; it stands in checks",
            "r.yaml:7:5  quality.known must be a step here; found: an operator of several inputs; it"
                + " stands under combine",
            "r.yaml:8:5  train.mean must be a step here; found: a trainer; it stands under model",
            "r.yaml:12:3  quality.length must be a trainer here; found: a step; it stands under"
                + " steps");
  }

  @Test
  void aStepHasExactlyOneOperatorAndKnownExtras() {
    assertThat(
            problems(
                """
                recipe: r
                read: [{acquire.lines: {path: a}}]
                steps:
                  - { quality.trim: {}, quality.length: {field: x} }
                  - { as: x }
                  - { qualitytrim: {} }
                  - { quality.trim: {}, split: train }
                  - { quality.trim: [a] }
                  - 7
                  - { quality.trim: {}, order: {a: up}, splits: test }
                  - { quality.trim: {}, order: a }
                """))
        .containsExactly(
            "r.yaml:4:25  a step must name one operator; found also: quality.length",
            "r.yaml:5:5  a step must name an operator, for example privacy.salt; found: none",
            "r.yaml:6:7  'qualitytrim' is neither an operator nor a key of a step; did you mean"
                + " 'quality.trim'?; known keys: splits, order, as",
            "r.yaml:7:25  'split' is neither an operator nor a key of a step; did you mean"
                + " 'splits'?; known keys: splits, order, as",
            "r.yaml:8:21  quality.trim must be followed by a map of its parameters; found: a list",
            "r.yaml:9:5  a step must be an operator's name or a map with one; found: 7",
            "r.yaml:10:32  order must be a field name or a list of field names, each alone or as"
                + " {field: descending}; found: a map",
            "r.yaml:10:49  splits must be one of all, train; found: \"test\"",
            "r.yaml:11:25  order must stand at a step whose outcome depends on it (it groups"
                + " samples); found: quality.trim; fix: remove order");
  }

  @Test
  void sourcesAreChecked() {
    assertThat(
            problems(
                """
                recipe: r
                read:
                  - { acquire.lines: {path: a}, name: x, split: dev }
                  - { acquire.lines: {path: b}, name: x }
                  - { dataset: "No!", acquire.lines: {path: b}, spilt: test }
                  - a.csv
                """))
        .containsExactly(
            "r.yaml:3:49  split must be one of train, validation, test; found: \"dev\"",
            "r.yaml:4:39  name must be unique among sources; found again: x; first in line 3",
            "r.yaml:5:16  dataset must be NAME or NAME@VERSION, NAME of 1 to 64 lower-case letters"
                + " a-z, digits, '-' or '_', the first a letter or digit; found: No!",
            "r.yaml:5:23  a source must be a dataset or have a reader; found both: acquire.lines",
            "r.yaml:5:49  'spilt' is no key of a source; did you mean 'split'?; known: dataset,"
                + " name, split, key, roles",
            "r.yaml:6:5  a source must be a map with a reader or dataset: NAME@VERSION; found:"
                + " \"a.csv\"");
  }

  @Test
  void parametersThatContradictEachOtherAreReportedAtTheOperator() {
    assertThat(
            problems(
                """
                recipe: r
                read: [{acquire.lines: {path: a}}]
                steps:
                  - quality.length: {field: x, min: 5, max: 3}
                """))
        .containsExactly(
            "r.yaml:4:5  quality.length max must be >= min (characters); found: 3 < 5");
  }

  @Test
  void aGraphHasInputsAndCombine() {
    String inputs =
        """
        recipe: r
        inputs:
          a: { read: [{acquire.lines: {path: a}}], steps: [quality.trim] }
          b: { read: [{acquire.lines: {path: b}}] }
        """;
    Recipe union = read(inputs + "combine: union\n");
    assertThat(union.inputs().keySet()).containsExactly("a", "b");
    assertThat(union.inputs().get("a").steps()).hasSize(1);
    assertThat(union.inputs().get("b").place()).hasToString("r.yaml:4:3");
    assertThat(union.combine()).contains(new Combine.Union(new Position("r.yaml", 5, 10)));
    for (String form : List.of("{known: {field: text}}", "{quality.known: {field: text}, as: x}")) {
      assertThat(read(inputs + "combine: " + form + "\n").combine())
          .get()
          .isInstanceOfSatisfying(
              Combine.By.class,
              by ->
                  assertThat(by.step().use().operator()).isEqualTo(new SmallCatalog.Known("text")));
    }
    assertThat(problems(inputs + "combine: unoin\n"))
        .containsExactly(
            "r.yaml:5:10  combine must be one of union, known; found: unoin; did you mean 'union'?");
    assertThat(problems(inputs + "combine: quality.trim\n"))
        .containsExactly(
            "r.yaml:5:10  quality.trim must be an operator of several inputs here; found: a step; it"
                + " stands under steps");
    assertThat(problems(inputs + "combine: {known: }\n"))
        .containsExactly("r.yaml:5:11  quality.known.field must be given: a text; found: nothing");
  }

  @Test
  void aRecipeIsEitherALineOrAGraph() {
    assertThat(problems("recipe: r\n"))
        .containsExactly(
            "r.yaml:1:1  read must be given: a list of sources, or inputs with several such lists;"
                + " found: nothing");
    assertThat(
            problems(
                "recipe: r\nread: []\ninputs: {a: {read: [{acquire.lines: {path: a}}]}, B: 1}\n"))
        .containsExactly(
            "r.yaml:2:7  read must be a list of at least one source; found: an empty list",
            "r.yaml:3:1  a recipe must have either read or inputs; found: both",
            "r.yaml:3:51  name of an input must be 1 to 64 lower-case letters a-z, digits, '-' or"
                + " '_', the first a letter or digit; found: B",
            "r.yaml:3:54  input B must be a map with read and steps; found: 1");
    assertThat(problems("recipe: r\nread: [{dataset: d}]\ncombine: union\n"))
        .containsExactly("r.yaml:3:1  inputs must be given with combine; found: nothing");
    assertThat(problems("recipe: r\ninputs: {a: {steps: []}}\n"))
        .containsExactly(
            "r.yaml:2:1  combine must be given with inputs: union or an operator of several inputs;"
                + " found: nothing",
            "r.yaml:2:9  inputs must be at least two; found: a map",
            "r.yaml:2:13  read of input a must be given: a list of sources; found: nothing");
  }

  @Test
  void problemsOfYamlAndOfTheRecipeComeTogether() {
    assertThat(problems("recipe: r\nrecipe: s\nread: [{acquire.lines: {path: !x a, path: b}}]\n"))
        .containsExactly(
            "r.yaml:2:1  keys must be unique; found again: recipe; first in line 1",
            "r.yaml:3:31  YAML tags are not allowed; found: !x",
            "r.yaml:3:37  keys must be unique; found again: path; first in line 3");
    assertThat(problems("")).containsExactly("r.yaml:1:1  recipe must be a map; found: nothing");
    assertThat(problems("name,age\nAnn,30\n"))
        .containsExactly("r.yaml:1:1  recipe must be a map; found: a text");
    assertThat(problems("[1]")).containsExactly("r.yaml:1:1  recipe must be a map; found: a list");
  }

  @Test
  void overridesChangeAndAddValues() {
    Recipe recipe =
        read(
            GOOD,
            "seed=8",
            "read.0.acquire.lines.path=/x y.txt",
            "read[1].split=validation",
            "steps.0.quality.trim.fields=[text, id]",
            "steps.1.quality.length.min=3",
            "model.name=other",
            "write='7'",
            "lang=");
    assertThat(recipe.seed()).isEqualTo(8);
    assertThat(recipe.read().get(0).origin()).asString().contains("LinesReader[path=/x y.txt");
    assertThat(recipe.read().get(1).split()).isEqualTo(Split.VALIDATION);
    assertThat(recipe.steps().get(0).use().operator())
        .isEqualTo(new SmallCatalog.Trim(List.of("text", "id")));
    assertThat(recipe.steps().get(1).use().operator())
        .isEqualTo(new SmallCatalog.Length("text", 3, 80));
    assertThat(recipe.model().orElseThrow().name()).isEqualTo("other");
    assertThat(recipe.write().orElseThrow().dataset()).isEqualTo("7");
    assertThat(recipe.lang()).isEqualTo(Optional.empty());
  }

  @Test
  void anOverrideMayAddAWholeModel() {
    Recipe recipe =
        read(
            "recipe: r\nread: [{dataset: d}]\n",
            "model.name=m",
            "model.target=y",
            "model.train.mean={}");
    assertThat(recipe.model().orElseThrow().trainer().name()).isEqualTo("train.mean");
  }

  @Test
  void valuesOfOverridesNeedNoQuotes() {
    assertThat(read(GOOD, "read.0.acquire.lines.path=*.csv").read().get(0).origin())
        .asString()
        .contains("path=*.csv");
    assertThat(read(GOOD, "read.0.acquire.lines.path=C:\\data: a#b").read().get(0).origin())
        .asString()
        .contains("path=C:\\data: a#b");
  }

  @Test
  void problemsOfOverridesNameThem() {
    assertThat(
            problems(
                GOOD,
                "seed",
                "sed=1",
                "read.9.name=x",
                "recipe.x=1",
                "a..b=1",
                "steps.1.quality.length.min=-2",
                "steps.0=quality.trmi",
                "roles=[x"))
        .containsExactly(
            "--set a..b  path must be names and numbers with dots between; found: a..b",
            "--set read.9.name  path must have a number in [0, 2] for the list at r.yaml:6:3; found:"
                + " 9",
            "--set recipe.x  path must lead through maps and lists; found: a single value at"
                + " r.yaml:2:9",
            "--set roles  YAML must be well-formed; found: expected ',' or ']', but got <stream end>"
                + " while parsing a flow sequence",
            "--set sed  'sed' is no key of a recipe; did you mean 'seed'?; known: recipe, seed,"
                + " lang, read, inputs, combine, steps, checks, write, model, roles, dropped,"
                + " changes, verdicts, max_quarantined, show_samples",
            "--set seed  --set must be path=value; found: seed",
            "--set steps.0  no operator is named 'quality.trmi'; did you mean 'quality.trim'?",
            "--set steps.1.quality.length.min  quality.length.min must be a whole number >= 0"
                + " (characters); found: -2");
  }

  @Test
  void theEnvironmentServesSecretsAlone() {
    List<String> problems =
        problems(
            """
            recipe: r
            read: [{acquire.lines: {path: "${env:HOME}/a"}}]
            steps:
              - privacy.salt: {field: x, key: hunter2}
              - privacy.salt: {field: x, key: "${env:SALT}"}
            """);
    assertThat(problems)
        .containsExactly(
            "r.yaml:2:31  ${env:NAME} and ${file:PATH} must stand only where a secret is named;"
                + " found: a value that is no secret; use --set path=value",
            "r.yaml:4:35  privacy.salt.key must be the place of a secret, ${env:NAME} or"
                + " ${file:PATH}, never the secret itself; found: something else, not shown");
  }

  @Test
  void aBindProblemStandsAtItsParameter() {
    OperatorUse use = read(GOOD).steps().get(1).use();
    assertThat(use.problem(new BindException("max", "must be nice; found: 80")))
        .hasToString("r.yaml:13:49  quality.length.max must be nice; found: 80");
    assertThat(use.problem(new BindException("", "must fit; found: no")))
        .hasToString("r.yaml:13:5  quality.length must fit; found: no");
  }

  @Test
  void theDigestTellsResultsApartAndNotLayout() {
    String digest = read(GOOD).digest();
    assertThat(digest).hasSize(64);
    String laidOut =
        GOOD.replace("# yaml", "# other\n\n# yaml")
            .replace("- quality.trim\n", "- quality.trim: {}\n")
            .replace("{ path: a.txt }", "{ field: text, path: a.txt }")
            .replace("lang: zh", "lang: en");
    assertThat(laidOut).isNotEqualTo(GOOD);
    assertThat(read(laidOut).digest()).isEqualTo(digest);
    for (String set :
        List.of("seed=8", "steps.1.quality.length.min=3", "read.1.split=train", "write=x")) {
      assertThat(read(GOOD, set).digest()).as(set).isNotEqualTo(digest);
    }
  }

  @Test
  void filesAreReadAsUtf8AndNamedAsGiven(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("recipe.yaml");
    RecipeException absent =
        catchThrowableOfType(RecipeException.class, () -> reader.read(file, List.of()));
    assertThat(absent).hasMessage(file + "  recipe must be a file; found: nothing");
    Files.writeString(file, GOOD);
    Recipe recipe = reader.read(file, List.of());
    assertThat(recipe.folder()).isEqualTo(folder);
    assertThat(recipe.file()).isEqualTo(file.toString());
    Files.write(file, "recipe: é".getBytes(StandardCharsets.ISO_8859_1));
    RecipeException latin =
        catchThrowableOfType(RecipeException.class, () -> reader.read(file, List.of()));
    assertThat(latin).hasMessageContaining("recipe must be UTF-8");
  }
}
