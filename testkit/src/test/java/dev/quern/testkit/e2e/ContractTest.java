package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.quern.recipe.RecipeException;
import dev.quern.run.RunResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contracts of the Open Data Contract Standard as checks of a recipe. */
class ContractTest {
  private static final String HEAD =
      """
      apiVersion: v3.2.0
      kind: DataContract
      id: orders
      version: 1.0.0
      status: active
      schema:
        - name: orders
          properties:
      """;

  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void files() {
    scene = new Scene(folder);
    scene.write(
        "orders.csv",
        """
        id,country,amount,mail,day
        1,CN,10.5,a@b.cn,2024-01-01
        2,DE,-1,wrong,2024-01-02
        2,XX,7,c@d.de,2023-12-31
        4,,200,,2024-02-01
        5,N/A,3,e@f.org,2024-01-05
        """);
    scene.write(
        "recipe.yaml",
        """
        recipe: orders
        verdicts: all
        read: [ { acquire.csv: { path: orders.csv } } ]
        checks: [ { contract: orders.odcs.yaml } ]
        """);
  }

  private RunResult run(String properties) throws Exception {
    scene.write("orders.odcs.yaml", HEAD + properties.indent(6));
    return scene.run("recipe.yaml");
  }

  /** Returns status and number of each check by name. */
  private static Map<String, String> found(RunResult result) {
    Map<String, String> found = new LinkedHashMap<>();
    for (Map<String, @Nullable Object> check : Scene.parts(result.report(), "checks")) {
      Object value = check.get("value");
      found.put(
          String.valueOf(check.get("check")),
          check.get("status") + (value == null ? "" : " " + value));
    }
    return found;
  }

  @Test
  void aContractThatIsNotThereIsToldAtItsPlaceInTheRecipe() {
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> scene.run("recipe.yaml")))
        .hasMessageContaining("recipe.yaml:4:")
        .hasMessageContaining(
            "check.contract must name a file, seen from the recipe; found: nothing at"
                + " orders.odcs.yaml");
  }

  @Test
  void libraryRulesCountRowsAndPercent() throws Exception {
    RunResult result =
        run(
            """
            - name: id
              quality:
                - { metric: duplicateValues, mustBe: 0 }
            - name: country
              quality:
                - { metric: nullValues, mustBeLessThan: 2 }
                - { metric: nullValues, mustBeLessOrEqualTo: 10, unit: percent }
                - { metric: missingValues, mustBe: 1, arguments: { missingValues: ["N/A", ""] } }
                - { metric: invalidValues, mustBeBetween: [0, 2], arguments: { validValues: [CN, DE] } }
                - metric: invalidValues
                  name: two letters
                  severity: warning
                  mustNotBeBetween: [1, 100]
                  unit: percent
                  arguments: { pattern: "^[A-Z]{2}$" }
            """);
    assertThat(found(result))
        .containsExactly(
            Map.entry("id: duplicateValues = 0", "failed 2.0"),
            Map.entry("country: nullValues < 2", "passed 1.0"),
            Map.entry("country: nullValues <= 10 percent", "failed 20.0"),
            Map.entry("country: missingValues = 1", "failed 2.0"),
            Map.entry("country: invalidValues between 0 and 2", "passed 2.0"),
            Map.entry("two letters", "failed 20.0"));
    assertThat(result.status()).isEqualTo(RunResult.Status.CHECK_FAILED);
  }

  @Test
  void everyOperatorOfTheStandardIsKnown() throws Exception {
    scene.write(
        "orders.odcs.yaml",
        HEAD
            + """
                  - name: id
                quality:
                  - { metric: rowCount, mustBe: 5 }
                  - { metric: rowCount, mustNotBe: 5 }
                  - { metric: rowCount, mustBeGreaterThan: 5 }
                  - { metric: rowCount, mustBeGreaterOrEqualTo: 5 }
                  - { metric: rowCount, mustBeLessThan: 5 }
                  - { metric: rowCount, mustBeLessOrEqualTo: 5 }
                  - { metric: rowCount, mustBeBetween: [5, 6] }
                  - { metric: rowCount, mustNotBeBetween: [5, 6] }
                  - { metric: duplicateValues, mustBe: 0, arguments: { properties: [id, country] } }
              """
                .indent(2));
    RunResult result = scene.run("recipe.yaml");
    assertThat(found(result).values())
        .containsExactly(
            "passed 5.0",
            "failed 5.0",
            "failed 5.0",
            "passed 5.0",
            "failed 5.0",
            "passed 5.0",
            "passed 5.0",
            "failed 5.0",
            "passed 0.0");
  }

  @Test
  void propertiesSayWhatTheirValuesMustBe() throws Exception {
    RunResult result =
        run(
            """
            - { name: id, logicalType: integer, primaryKey: true }
            - { name: country, logicalType: string, required: true, logicalTypeOptions: { maxLength: 2 } }
            - name: amount
              logicalType: number
              logicalTypeOptions: { minimum: 0, exclusiveMaximum: 200, multipleOf: 0.5 }
            - { name: mail, logicalType: string, unique: true, logicalTypeOptions: { format: email } }
            - { name: day, logicalType: date, logicalTypeOptions: { minimum: "2024-01-01" } }
            """);
    assertThat(found(result))
        .containsExactly(
            Map.entry("id: required", "passed 0.0"),
            Map.entry("country: required", "failed 1.0"),
            Map.entry("country: maxLength 2", "failed 1.0"),
            Map.entry("amount: minimum 0", "failed 1.0"),
            Map.entry("amount: exclusiveMaximum 200", "failed 1.0"),
            Map.entry("amount: multipleOf 0.5", "passed 0.0"),
            Map.entry("mail: unique", "passed 0.0"),
            Map.entry("mail: format email", "failed 1.0"),
            Map.entry("day: minimum 2024-01-01", "failed 1.0"),
            Map.entry("id: primary key", "failed 2.0"));
    List<String> reasons = new ArrayList<>();
    VerdictsTest.lines(result, "verdicts").forEach(v -> reasons.add(v.get("reason") + ""));
    assertThat(reasons)
        .containsExactlyInAnyOrder(
            "missing",
            "too_long",
            "too_small",
            "too_large",
            "format",
            "too_small",
            "duplicate",
            "duplicate");
  }

  @Test
  void aFieldOfAnotherTypeFailsWithAllItsValues() throws Exception {
    assertThat(found(run("- { name: country, logicalType: number }\n")))
        .containsExactly(Map.entry("country: logicalType number", "failed 4.0"));
  }

  @Test
  void whatCannotBeExecutedIsNamed() throws Exception {
    RunResult result =
        run(
            """
            - name: amount
              quality:
                - { type: sql, query: "SELECT 1", mustBe: 1, name: a query }
                - { type: text, description: looks fine }
                - { type: custom, engine: soda, implementation: "x" }
                - { type: custom, engine: quern, implementation: "mean(amount) between 0 and 100" }
            """);
    assertThat(found(result))
        .containsExactly(
            Map.entry("mean(amount) between 0 and 100", "passed 43.9"),
            Map.entry("a query", "not_executed"),
            Map.entry("amount: text", "not_executed"),
            Map.entry("amount: custom rule of engine soda", "not_executed"));
    assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
  }

  @Test
  void allMistakesOfAContractAreToldWithTheirPlaces() {
    Throwable thrown =
        catchThrowable(
            () ->
                run(
                    """
                    - name: amuont
                    - name: amount
                      logicalType: float
                      quality:
                        - { metric: nulls, mustBe: 0 }
                        - { metric: nullValues, mustBe: many }
                        - { metric: nullValues, mustBe: 0, unit: share }
                        - { metric: rowCount, mustBe: 5 }
                        - { metric: invalidValues, mustBe: 0 }
                        - { metric: nullValues }
                        - { type: custom, engine: quern, implementation: "maen(amount) > 0" }
                    """));
    assertThat(thrown).isInstanceOf(RecipeException.class);
    assertThat(((RecipeException) thrown).problems().stream().map(Object::toString).toList())
        .satisfiesExactly(
            p ->
                assertThat(p)
                    .startsWith(
                        "orders.odcs.yaml:9:15  property must be a field of orders; found: amuont; did you mean 'amount'?"),
            p ->
                assertThat(p)
                    .startsWith("orders.odcs.yaml:11:22  logicalType must be string, date,"),
            p ->
                assertThat(p)
                    .startsWith("orders.odcs.yaml:13:23  metric must be one of nullValues,"),
            p ->
                assertThat(p)
                    .isEqualTo("orders.odcs.yaml:14:43  mustBe must be a number; found: \"many\""),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "orders.odcs.yaml:15:52  unit must be rows or percent; found: share"),
            p ->
                assertThat(p)
                    .isEqualTo(
                        "orders.odcs.yaml:16:23  rowCount must stand in a schema object; found: in property amount"),
            p ->
                assertThat(p)
                    .startsWith(
                        "orders.odcs.yaml:17:13  invalidValues must have validValues or pattern"),
            p ->
                assertThat(p)
                    .startsWith("orders.odcs.yaml:18:13  nullValues must have one of mustBe,"),
            p ->
                assertThat(p)
                    .startsWith(
                        "orders.odcs.yaml:19:60  check no metric is named 'maen'; did you mean 'mean'?"));
  }

  @Test
  void failingSamplesOfAContractCanGoAside() throws Exception {
    scene.write(
        "recipe.yaml",
        """
        recipe: orders
        read: [ { acquire.csv: { path: orders.csv } } ]
        checks: [ { contract: orders.odcs.yaml, failing: aside } ]
        """);
    RunResult result =
        run("- { name: amount, logicalTypeOptions: { minimum: 0 }, logicalType: number }\n");
    assertThat(VerdictsTest.lines(result, "aside"))
        .singleElement()
        .satisfies(sample -> assertThat(sample).containsEntry("amount", -1.0));
    assertThat(Scene.part(result.report(), "accounting"))
        .containsEntry("kept", 4L)
        .containsEntry("dropped", 1L)
        .containsEntry("conserved", true);
  }

  @Test
  void anotherContentOfTheContractIsAnotherRecipe() throws Exception {
    run("- { name: id }\n");
    Object first = scene.plan("recipe.yaml", scene.options("w", Scene.Way.USUAL)).recipe().digest();
    scene.write("orders.odcs.yaml", HEAD + "      - { name: id, unique: true }\n");
    assertThat(scene.plan("recipe.yaml", scene.options("w", Scene.Way.USUAL)).recipe().digest())
        .isNotEqualTo(first);
  }
}
