package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.format.json.Json;
import dev.quern.operator.Registry;
import dev.quern.recipe.RecipeException;
import dev.quern.run.Plan;
import dev.quern.run.Planner;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a recipe says of a step or of the whole beside operators: order and dropped samples. */
class RecipeExtrasTest {
  private static final Registry REGISTRY = Registry.load(RecipeExtrasTest.class.getClassLoader());

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("visits.csv"),
        """
        guest,day,city
        ann,3,Delft
        bob,1,Leiden
        ann,,Breda
        ann,1,
        bob,2,
        ann,3,Gouda
        """);
  }

  private RunResult run(String... lines) throws IOException {
    RunOptions options = RunOptions.in(folder.resolve("workspace"));
    Plan plan = plan(lines);
    return Run.execute(plan, options, RunListener.NONE);
  }

  private Plan plan(String... lines) throws IOException {
    Path recipe = folder.resolve("recipe.yaml");
    String head = "recipe: visits\nread:\n  - acquire.csv: { path: visits.csv }\n";
    Files.writeString(recipe, head + String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    return Planner.plan(REGISTRY, recipe, List.of(), RunOptions.in(folder.resolve("workspace")));
  }

  private List<Map<String, @Nullable Object>> dropped(RunResult result) throws IOException {
    Path dropped = result.folder().resolve("dropped");
    List<Map<String, @Nullable Object>> lines = new ArrayList<>();
    if (Files.exists(dropped)) {
      try (Stream<Path> files = Files.list(dropped)) {
        for (Path file : files.sorted().toList()) {
          Files.readAllLines(file).forEach(line -> lines.add(Json.parseObject(line)));
        }
      }
    }
    return lines;
  }

  private static String digest(RunResult result) {
    return String.valueOf(Json.object(result.report().get("dataset")).get("digest"));
  }

  private static Map<String, @Nullable Object> accounting(RunResult result) {
    Map<String, @Nullable Object> counts =
        new TreeMap<>(Json.object(result.report().get("accounting")));
    counts.remove("cpu_seconds");
    return counts;
  }

  private List<String> droppedCities(RunResult result) throws IOException {
    return dropped(result).stream()
        .map(line -> String.valueOf(Json.object(line.get("sample")).get("city")))
        .sorted()
        .toList();
  }

  @Test
  void aStepThatKeepsTheFirstSeesItsOrder() throws IOException {
    String step = "  - { quality.drop_duplicates: { fields: [guest] }%s }";
    String keep = "dropped: samples";
    // By rank Delft and Leiden are first; by day null-Breda is last and the two of day 3 tie.
    assertThat(droppedCities(run("steps:", step.formatted(""), keep)))
        .containsExactly("Breda", "Gouda", "null", "null");
    assertThat(droppedCities(run("steps:", step.formatted(", order: day"), keep)))
        .containsExactly("Breda", "Delft", "Gouda", "null");
    assertThat(droppedCities(run("steps:", step.formatted(", order: [{day: descending}]"), keep)))
        .containsExactly("Breda", "Gouda", "Leiden", "null");
    assertThat(
            droppedCities(
                run(
                    "steps:",
                    step.formatted(", order: [{day: descending}, {city: descending}]"),
                    keep)))
        .containsExactly("Breda", "Delft", "Leiden", "null");
  }

  @Test
  void forwardFillFollowsTheOrderOfItsStep() throws IOException {
    String step = "  - { quality.impute: { fields: [city], with: forward, by: [guest] }%s }";
    String check = "checks:";
    // By rank ann's hole takes Breda and bob's takes Leiden; by day ann's comes first: no value.
    RunResult byRank = run("steps:", step.formatted(""), check, "  - completeness(city) = 1");
    RunResult byDay =
        run("steps:", step.formatted(", order: day"), check, "  - completeness(city) < 1");
    assertThat(byRank.status()).isEqualTo(RunResult.Status.DONE);
    assertThat(byDay.status()).isEqualTo(RunResult.Status.DONE);
    assertThat(digest(byRank)).isNotEqualTo(digest(byDay));
  }

  @Test
  void anOrderByNoFieldIsAProblemAtItsPlace() {
    assertThatThrownBy(
            () ->
                plan(
                    "steps:",
                    "  - { quality.drop_duplicates: {}, order: [dai] }",
                    "  - { quality.trim: {}, order: day }"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining(
            "recipe.yaml:5:43  order must name a field of the step's input; found: dai; did you"
                + " mean 'day'?; fields: guest, day, city")
        .hasMessageContaining(
            "recipe.yaml:6:25  order must stand at a step whose outcome depends on it (it groups"
                + " samples); found: quality.trim; fix: remove order");
  }

  @Test
  void aStepOnTrainAloneKeepsTheFields() {
    assertThatThrownBy(
            () ->
                plan(
                    "steps:",
                    "  - { quality.rename: { fields: { day: date } }, splits: train }",
                    "  - { quality.trim: {}, splits: train }"))
        .isInstanceOf(RecipeException.class)
        .hasMessageEndingWith(
            "recipe.yaml:5:58  splits must be all for a step that changes fields, because samples"
                + " of other splits pass unchanged; found: train for quality.rename; fix: write"
                + " splits: all");
  }

  @Test
  void droppedSamplesAreKeptAsTheRecipeSays() throws IOException {
    String[] steps = {"steps:", "  - quality.drop_missing: { fields: [day] }"};
    RunResult none = run(steps[0], steps[1], "dropped: none");
    RunResult ids = run(steps[0], steps[1]);
    RunResult samples = run(steps[0], steps[1], "dropped: samples");
    assertThat(none.folder().resolve("dropped")).doesNotExist();
    assertThat(dropped(ids))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line).containsOnlyKeys("step", "id", "reason", "measured");
              assertThat(line).containsEntry("step", "quality.drop_missing");
            });
    assertThat(dropped(samples))
        .singleElement()
        .satisfies(
            line -> {
              Map<String, @Nullable Object> sample =
                  Json.object(Objects.requireNonNull(line.get("sample")));
              assertThat(sample).containsEntry("guest", "ann").containsEntry("city", "Breda");
              assertThat(sample).containsEntry("day", null);
              assertThat(line).containsEntry("id", dropped(ids).get(0).get("id"));
            });
    assertThat(digest(none)).isEqualTo(digest(ids)).isEqualTo(digest(samples));
    assertThat(accounting(none)).isEqualTo(accounting(ids)).isEqualTo(accounting(samples));
    // Nobody gets the answer of a run that kept less.
    assertThat(dropped(run(steps[0], steps[1], "dropped: samples"))).hasSize(1);
  }
}
