package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.recipe.RecipeException;
import dev.quern.run.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules on values as users write them in a recipe, in a whole run. */
class RulesTest {
  private static final int SAMPLES = 3000;

  private static final String RECIPE =
      """
      recipe: orders
      read:
        - acquire.csv: { path: orders.csv }
      checks:
        - validity(size, set=['S', 'M']) >= 0.6
        - validity(code, pattern='^[A-Z]{2}[0-9]+$', min_length=3) = 1
        - "validity(sold, min: '2024-01-01', below: '2025-01-01') = 1"
        - max(sold) between '2024-01-01' and '2024-12-31'
        - monotonicity(id, ties=refused) = 1
        - compliance('price > 0 OR size = ''L''') = 1 where id >= 10
        - count() = 1000 where size = 'L'
        - overlap(size, set=[S, M, L]) = 1
        - metric: validity(price)
          arguments: { min: 0, max: 9 }
          at_least: 0.99
      """;

  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void write() {
    scene = new Scene(folder);
    StringBuilder rows = new StringBuilder("id,size,code,sold,price\n");
    for (int i = 0; i < SAMPLES; i++) {
      rows.append(i).append(',').append(List.of("S", "M", "L").get(i % 3));
      rows.append(",AB").append(i).append(",2024-0").append(1 + i % 9).append("-11,");
      rows.append(i % 10 == 0 ? "" : i % 9 + 1).append('\n');
    }
    scene.write("orders.csv", rows.toString());
    scene.write("recipe.yaml", RECIPE);
  }

  private static Stream<@Nullable Object> told(RunResult result, String key) {
    List<Map<String, @Nullable Object>> checks = Scene.parts(result.report(), "checks");
    return checks.stream().map(check -> check.get(key));
  }

  @Test
  void rulesHoldOfAllSamplesHoweverTheyAreCut() throws Exception {
    RunResult usual = scene.run("recipe.yaml");
    assertThat(told(usual, "status")).hasSize(9).containsOnly("passed");
    assertThat(told(usual, "value"))
        .containsExactly(2.0 / 3, 1.0, 1.0, 1726012800.0, 1.0, 1.0, 1000.0, 1.0, 1.0);
    assertThat(told(usual, "message"))
        .contains(
            "check 'validity(size, set=['S', 'M']) >= 0.6': validity(size) must be >= 0.6 (fraction);"
                + " found: 0.6666666666666666 (2000 / 3000)");
    RunResult cut = scene.run("recipe.yaml", "other", Scene.Way.of(2, 2_000));
    assertThat(told(cut, "message").toList()).isEqualTo(told(usual, "message").toList());
  }

  @Test
  void aRuleThatDoesNotFitItsFieldIsToldBeforeDataAreRead() {
    scene.write(
        "recipe.yaml",
        """
        recipe: orders
        read:
          - acquire.csv: { path: orders.csv }
        checks:
          - validity(price, pattern='a') = 1
          - validity(price, patern='a') = 1
          - validity(size, min=1) = 1 where sized = 'L'
        """);
    assertThatThrownBy(() -> scene.run("recipe.yaml"))
        .isInstanceOf(RecipeException.class)
        .hasMessageContaining("must be asked of texts; found: price, long")
        .hasMessageContaining("validity.patern is no parameter; did you mean 'pattern'?")
        .hasMessageContaining("must be a 'text' for field size, text; found: 1");
  }
}
