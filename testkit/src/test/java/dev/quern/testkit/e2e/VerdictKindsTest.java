package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.quern.format.json.Json;
import dev.quern.run.RunResult;
import dev.quern.testkit.Shop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every metric of which single samples are responsible tells which, and can set them aside. */
class VerdictKindsTest {
  static final String KINDS =
      """
      recipe: kinds
      max_quarantined: 0.5
      verdicts: all
      changes: values
      read:
        - acquire.csv: { path: web.csv }
      checks:
        - { metric: distinctness(order), at_least: 1, level: warning, name: distinct }
        - { metric: monotonicity(order), at_least: 1, level: warning, name: rising }
        - { metric: "z_scores(amount, below=1.5)", at_least: 1, level: warning, name: outliers }
        - { metric: "consistency(customer, city, of=majority)", at_least: 1, level: warning, name: majority }
        - { metric: "consistency(customer, city)", at_least: 1, level: warning, name: pairs }
        - { metric: "consistency(note, of=format)", at_least: 1, level: warning, name: masks }
        - { metric: "completeness(amount, note, of=samples)", at_least: 1, level: warning, name: whole }
        - { metric: "accuracy(amount, quantity, compare=tolerance, tolerance=20)", at_least: 1, level: warning, name: close }
        - { metric: "timeliness(order, ttl='1m')", at_least: 1, level: warning, name: late }
        - { metric: "label_conflicts(city, fields=['customer'])", at_most: 0, level: warning, name: conflicts }
        - { metric: min(quantity), at_least: 3, level: warning, name: least }
        - { metric: max(quantity), below: 8, level: warning, name: most }
        - { metric: "quantile(quantity, at=0.5)", at_most: 2, level: warning, name: median }
        - { metric: "overlap(city, ['Oslo', 'Lima'], over=field)", at_least: 1, level: warning, name: places }
        - { metric: "agreement(city, address)", at_least: 1, level: warning, name: annotators }
        - { metric: mean(amount), at_most: 0, level: warning, name: none }
      """;

  static final String ASIDE =
      """
      recipe: aside
      max_quarantined: 0.5
      read:
        - acquire.csv: { path: web.csv }
      checks:
        - { metric: distinctness(order), at_least: 0.5, failing: aside, name: distinct }
        - { metric: "consistency(customer, city, of=majority)", at_least: 0.1, failing: aside, name: majority }
        - { metric: monotonicity(order), at_least: 0.5, failing: aside, name: rising }
        - { metric: max(quantity), at_most: 8, failing: aside, level: warning, name: most }
      """;

  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void files() throws Exception {
    scene = new Scene(folder);
    new Shop(1, 20).csv(folder.resolve("web.csv"), 60_000);
  }

  private static Map<String, List<Map<String, @Nullable Object>>> byCheck(RunResult result)
      throws Exception {
    Map<String, List<Map<String, @Nullable Object>>> byCheck = new TreeMap<>();
    for (Map<String, @Nullable Object> verdict : VerdictsTest.lines(result, "verdicts")) {
      byCheck
          .computeIfAbsent(String.valueOf(verdict.get("check")), name -> new ArrayList<>())
          .add(verdict);
    }
    return byCheck;
  }

  @Test
  void everyKindTellsOfTheSamplesThatAreResponsible() throws Exception {
    scene.write("recipe.yaml", KINDS);
    RunResult result = scene.run("recipe.yaml");
    Map<String, List<Map<String, @Nullable Object>>> told = byCheck(result);
    Map<String, String> reasons = new LinkedHashMap<>();
    told.forEach(
        (check, verdicts) -> {
          Set<String> found = new TreeSet<>();
          verdicts.forEach(verdict -> found.add(String.valueOf(verdict.get("reason"))));
          reasons.put(check, String.join(", ", found));
        });
    assertThat(reasons)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("distinct", "repeated"),
                Map.entry("rising", "out_of_order"),
                Map.entry("outliers", "outlying"),
                Map.entry("majority", "minority"),
                Map.entry("pairs", "minority"),
                Map.entry("masks", "unusual_format"),
                Map.entry("whole", "missing"),
                Map.entry("close", "differs_from_reference, missing"),
                Map.entry("late", "late"),
                Map.entry("conflicts", "label_conflict"),
                Map.entry("least", "below_limit"),
                Map.entry("most", "above_limit"),
                Map.entry("median", "above_limit"),
                Map.entry("places", "not_in_set"),
                Map.entry("annotators", "disagreement")));
    int counted = 0;
    for (Map<String, @Nullable Object> check : Scene.parts(result.report(), "checks")) {
      if (check.get("failing") instanceof Long failing) {
        assertThat((long) told.get(String.valueOf(check.get("check"))).size())
            .as("%s", check.get("check"))
            .isEqualTo(failing);
        counted++;
      }
    }
    assertThat(counted).isEqualTo(9);
  }

  @Test
  void aCheckThatJudgesNoSamplesSaysWhy() throws Exception {
    scene.write("recipe.yaml", KINDS);
    RunResult result = scene.run("recipe.yaml");
    for (Map<String, @Nullable Object> check : Scene.parts(result.report(), "checks")) {
      if ("none".equals(check.get("check"))) {
        assertThat(check)
            .containsEntry("judges_no_samples", "a mean is made by all samples together");
      } else {
        assertThat(check).doesNotContainKey("judges_no_samples");
      }
    }
  }

  @Test
  void theMajorityIsTheRepairOfAMinorityAndTheReferenceThatOfAWrongValue() throws Exception {
    scene.write("recipe.yaml", KINDS);
    Map<String, List<Map<String, @Nullable Object>>> told = byCheck(scene.run("recipe.yaml"));
    assertThat(told.get("majority"))
        .allSatisfy(
            verdict -> {
              assertThat(verdict.get("repair")).isNotNull().isNotEqualTo(verdict.get("value"));
              assertThat((Double) verdict.get("measured")).isBetween(0.0, 1.0);
            });
    assertThat(told.get("close"))
        .anySatisfy(verdict -> assertThat(verdict).containsEntry("repair", "1"))
        .allSatisfy(verdict -> assertThat(verdict.get("repair")).isNotNull());
    assertThat(told.get("distinct"))
        .allSatisfy(verdict -> assertThat(verdict.get("repair")).isNull());
  }

  @Test
  void noValueAndNoRepairIsToldUnlessTheRecipeShowsChangedValues() throws Exception {
    for (String policy : List.of("", "changes: ids\n", "changes: none\n")) {
      scene.write("recipe.yaml", KINDS.replace("changes: values\n", policy));
      assertThat(VerdictsTest.lines(scene.run("recipe.yaml"), "verdicts"))
          .isNotEmpty()
          .allSatisfy(
              verdict -> {
                assertThat(verdict.get("value")).isNull();
                assertThat(verdict.get("repair")).isNull();
              });
    }
  }

  @Test
  void verdictsAreEqualForAnyPartitions() throws Exception {
    scene.write("recipe.yaml", KINDS);
    long size = Files.size(folder.resolve("web.csv"));
    List<String> first =
        VerdictsTest.sorted(scene.run("recipe.yaml", "one", Scene.Way.of(1, size + 1)));
    assertThat(first).isNotEmpty();
    assertThat(VerdictsTest.sorted(scene.run("recipe.yaml", "many", Scene.Way.of(4, size / 32))))
        .isEqualTo(first);
  }

  @Test
  void samplesOfTheNewKindsLeaveBeforeTheVersionIsWritten() throws Exception {
    scene.write("recipe.yaml", ASIDE);
    RunResult one = scene.run("recipe.yaml", "one", Scene.Way.of(1, 1 << 20));
    RunResult many = scene.run("recipe.yaml", "many", Scene.Way.of(4, 3000));
    assertThat(Scene.digest(many)).isEqualTo(Scene.digest(one));
    List<Map<String, @Nullable Object>> aside = VerdictsTest.lines(one, "aside");
    assertThat(VerdictsTest.lines(many, "aside")).containsExactlyInAnyOrderElementsOf(aside);
    Map<String, @Nullable Object> counts = Scene.part(one.report(), "accounting");
    assertThat(counts).containsEntry("conserved", true);
    assertThat(aside).isNotEmpty().hasSize((int) Scene.number(counts, "dropped"));
    Set<Object> checks = new HashSet<>();
    aside.forEach(sample -> Json.list(sample.get("_checks")).forEach(checks::add));
    assertThat(checks).containsExactlyInAnyOrder("distinct", "majority", "rising", "most");
    scene.write(
        "passing.yaml",
        """
        recipe: passing
        read: [ { dataset: aside } ]
        checks:
          - distinctness(order) = 1
          - max(quantity) <= 8
          - "consistency(customer, city, of=majority) = 1"
        """);
    assertThat(scene.run("passing.yaml", "one", Scene.Way.USUAL).status())
        .isEqualTo(RunResult.Status.DONE);
  }

  @Test
  void ofRepeatedValuesTheFirstSampleStays() throws Exception {
    scene.write("few.csv", "id,x\n7,first\n8,first\n7,second\n7,third\n9,first\n8,second\n");
    scene.write(
        "recipe.yaml",
        """
        recipe: few
        read: [ { acquire.csv: { path: few.csv } } ]
        checks: [ { metric: distinctness(id), at_least: 0.1, failing: aside } ]
        """);
    assertThat(VerdictsTest.lines(scene.run("recipe.yaml"), "aside"))
        .extracting(sample -> sample.get("id") + " " + sample.get("x"))
        .containsExactly("7 second", "7 third", "8 second");
  }

  @Test
  void aReferenceTellsWhichValuesAreWrongAndWhatWouldBeRight() throws Exception {
    scene.write("few.csv", "id,city\n1,Oslo\n2,Lima\n3,\n4,Kyoto\n");
    scene.write("truth.csv", "id,city\n1,oslo\n2,Delft\n3,Oslo\n9,Kyoto\n");
    String recipe =
        """
        recipe: few
        changes: values
        read: [ { acquire.csv: { path: few.csv } } ]
        checks:
          - metric: accuracy(city)
            reference: { acquire.csv: { path: truth.csv } }
            by: [id]
            at_least: 1
            level: warning
        """;
    scene.write("recipe.yaml", recipe);
    List<Map<String, @Nullable Object>> told =
        VerdictsTest.lines(scene.run("recipe.yaml"), "verdicts");
    assertThat(told)
        .extracting(v -> v.get("reason") + " " + v.get("value") + " " + v.get("repair"))
        .containsExactlyInAnyOrder("differs_from_reference Lima Delft", "missing null Oslo");
    scene.write("recipe.yaml", recipe.replace("changes: values\n", ""));
    assertThat(Json.write(VerdictsTest.lines(scene.run("recipe.yaml"), "verdicts")))
        .contains("differs_from_reference")
        .doesNotContain("Lima", "Delft", "Oslo");
  }

  @Test
  void onlyALimitThatSamplesCanPassLetsThemBeSetAside() {
    scene.write("recipe.yaml", ASIDE.replace("max(quantity), at_most", "max(quantity), at_least"));
    assertThat(catchThrowable(() -> scene.run("recipe.yaml")))
        .hasMessageContaining("recipe.yaml:9:")
        .hasMessageContaining(
            "check.failing must be keep for a check that judges no single samples; found: aside"
                + " for max; only an upper limit of the check tells which samples fail: each"
                + " sample above the upper limit of the check");
    scene.write("recipe.yaml", ASIDE.replace("distinctness(order)", "distinct(order)"));
    assertThat(catchThrowable(() -> scene.run("recipe.yaml")))
        .hasMessageContaining("recipe.yaml:6:")
        .hasMessageContaining(
            "found: aside for distinct; how many values there are is not the fault of one of them");
  }
}
