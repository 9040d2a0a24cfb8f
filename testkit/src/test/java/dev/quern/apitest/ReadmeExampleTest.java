package dev.quern.apitest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.operator.Registry;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recipe and the Java example of the README, as a user has them: public types only. */
final class ReadmeExampleTest {
  private static final Path ROOT = Path.of(System.getProperty("quern.root"));

  @Test
  void theExampleOfTheReadmeRuns(@TempDir Path folder) throws IOException {
    // example
    Registry registry = Registry.load(Registry.class.getClassLoader());
    RunOptions options = RunOptions.in(folder.resolve("workspace"));
    Path recipe = ROOT.resolve("examples/linear/recipe.yaml");
    Plan plan = Planner.plan(registry, recipe, List.of("seed=7"), options);
    plan.steps().forEach(step -> System.out.println(step.task().step() + " → " + step.output()));
    RunResult result = Run.execute(plan, options, RunListener.NONE);
    System.out.println(result.status() + " " + result.page());
    // end
    assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
    assertThat(result.page()).isRegularFile();
  }

  @Test
  void theReadmesShowTheCodeThatRuns() throws IOException {
    String source =
        Files.readString(
            ROOT.resolve("testkit/src/test/java/dev/quern/apitest/ReadmeExampleTest.java"),
            StandardCharsets.UTF_8);
    List<String> wanted = new ArrayList<>();
    for (String line : between(source, "// example\n", "    // end")) {
      wanted.add(
          line.replace("folder.resolve(\"workspace\")", "Path.of(\"workspace\")")
              .replace("ROOT.resolve(", "Path.of("));
    }
    for (String readme : List.of("README.md", "README.zh-CN.md")) {
      String text = Files.readString(ROOT.resolve(readme), StandardCharsets.UTF_8);
      assertThat(between(text, "```java\n", "```")).as(readme).isEqualTo(wanted);
    }
  }

  /** The recipe as it stands there, over files as it names them. */
  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void theRecipeOfTheReadmeRuns(String readme, @TempDir Path folder) throws IOException {
    String text = Files.readString(ROOT.resolve(readme), StandardCharsets.UTF_8);
    int start = text.indexOf("```yaml\n") + "```yaml\n".length();
    Path recipe = folder.resolve("recipe.yaml");
    Files.writeString(recipe, text.substring(start, text.indexOf("```", start)));
    Files.createDirectories(folder.resolve("data"));
    for (int file = 0; file < 2; file++) {
      StringBuilder rows = new StringBuilder("text,stars\n");
      for (int i = 0; i < 60; i++) {
        rows.append(i % 2 == 0 ? "good" : "bad").append(" (me").append(file * 60 + i);
        rows.append("@example.org),").append(i % 2 == 0 ? 5 : 1).append('\n');
      }
      Files.writeString(folder.resolve("data/" + file + ".csv"), rows);
    }
    RunOptions options = RunOptions.in(folder.resolve("workspace"));
    Registry registry = Registry.load(Registry.class.getClassLoader());
    RunResult result =
        Run.execute(Planner.plan(registry, recipe, List.of(), options), options, RunListener.NONE);
    assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
    assertThat(folder.resolve("workspace/datasets/reviews/HEAD")).isRegularFile();
    assertThat(folder.resolve("workspace/models/stars")).isDirectory();
    String page = Files.readString(result.page(), StandardCharsets.UTF_8);
    assertThat(page).contains("[EMAIL]").doesNotContain("me1@example.org");
  }

  private static List<String> between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start)).lines().map(String::strip).toList();
  }
}
