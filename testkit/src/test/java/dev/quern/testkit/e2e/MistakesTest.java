package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quern.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe with mistakes costs nothing but its messages. */
class MistakesTest {
  @TempDir private Path folder;

  private Scene scene(String recipe) {
    Scene scene = new Scene(folder);
    scene.write("data.csv", "order,city,amount\n1,Oslo,3\n2,Lima,\n3,Oslo,5\n");
    scene.write("recipe.yaml", recipe);
    return scene;
  }

  /** Returns the messages with their places, without the folder. */
  private List<String> messages(Scene scene) {
    RecipeException found =
        catchThrowableOfType(
            RecipeException.class,
            () -> scene.plan("recipe.yaml", scene.options("workspace", Scene.Way.USUAL)));
    return found.problems().stream()
        .map(problem -> problem.toString().replace(folder + "/", ""))
        .toList();
  }

  private static final String FIVE =
      """
      recipe: mistakes
      seed: 1
      read:
        - acquire.csv: { path: data.csv }
      steps:
        - quality.trimm: {}
        - quality.impute: { fields: [amount], with: medain }
        - quality.standardize: { feilds: [amount] }
        - quality.where: { keep: "amuont > 1" }
      checks:
        - completness(city) >= 0.9
      """;

  private static final String[] MESSAGES = {
    "recipe.yaml:6:5  no operator is named 'quality.trimm'; did you mean 'quality.trim'?",
    "recipe.yaml:7:47  quality.impute.with must be one of mean, median, mode, constant, forward;"
        + " found: \"medain\"",
    "recipe.yaml:8:28  quality.standardize.feilds is no parameter; did you mean 'fields'?; known:"
        + " fields, with",
    "recipe.yaml:9:28  quality.where.keep column 1: name must be a field; found: amuont; did you"
        + " mean 'amount'?; known: order, city, amount",
    "recipe.yaml:11:5  check no metric is named 'completness'; did you mean 'completeness'?"
  };

  @Test
  void fiveMistakesAreFiveMessagesWithTheirPlaces() {
    assertThat(messages(scene(FIVE))).containsExactlyInAnyOrder(MESSAGES);
  }

  @Test
  void aSourceThatIsNotThereHidesNoOtherMistake() throws Exception {
    Scene scene = scene(FIVE.replace("data.csv", "gone.csv"));
    assertThat(messages(scene))
        .containsExactlyInAnyOrder(
            "recipe.yaml:4:5  gone.csv: must name at least one file; found: none below "
                + folder
                + "; relative paths start from the recipe's folder",
            MESSAGES[0],
            MESSAGES[1],
            MESSAGES[2],
            MESSAGES[4]);
    // Alone it is no mistake of the recipe but one of the data.
    scene.write("recipe.yaml", FIVE.substring(0, FIVE.indexOf("steps:")));
    Files.delete(folder.resolve("data.csv"));
    assertThat(scene.quern("run", "recipe.yaml").code()).isEqualTo(3);
  }

  @Test
  void aContradictionNamesItsOperatorOnce() {
    String recipe =
        """
        recipe: mistakes
        read:
          - acquire.csv: { path: data.csv }
        steps:
          - diversity.split: { train: 0.5, test: 0.4 }
        """;
    assertThat(messages(scene(recipe)))
        .containsExactly(
            "recipe.yaml:5:5  diversity.split: train, validation and test must sum to 1 (fraction);"
                + " found: 0.9");
  }

  @Test
  void nothingIsReadOrWritten() throws Exception {
    Scene scene = scene(FIVE);
    List<Path> before = Scene.files(folder);
    messages(scene);
    Scene.Said said = scene.quern("run", "recipe.yaml");
    assertThat(said.code()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.err()).contains("recipe.yaml:6:5  ", "5 problem(s) in the recipe");
    assertThat(Scene.files(folder)).isEqualTo(before);
    assertThat(scene.workspace("workspace")).doesNotExist();
  }

  /** A fifo gives its beginning once: whoever reads on, or again, would wait for ever. */
  @Test
  void moreThanTheBeginningOfAFileIsNotRead() throws Exception {
    Scene scene = scene(FIVE);
    Path file = folder.resolve("data.csv");
    StringBuilder rows = new StringBuilder("order,city,amount\n");
    while (rows.length() < (12 << 20)) {
      rows.append("1,Oslo,3\n");
    }
    Files.writeString(file, rows);
    assertThat(messages(scene)).hasSize(5);
    long mistaken = readByThisThread(() -> messages(scene));
    assertThat(mistaken).isLessThan(4L << 20);
    scene.write("recipe.yaml", FIVE.substring(0, FIVE.indexOf("steps:")));
    long right =
        readByThisThread(
            () -> scene.plan("recipe.yaml", scene.options("workspace", Scene.Way.USUAL)));
    assertThat(right).isGreaterThan(12L << 20);
  }

  private interface Work {
    Object run() throws IOException;
  }

  /** Bytes this thread has asked the system for, where it tells. */
  private static long readByThisThread(Work work) throws IOException {
    Path io = Path.of("/proc/thread-self/io");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isReadable(io), "bytes read are told by Linux only");
    long before = charactersRead(io);
    work.run();
    return charactersRead(io) - before;
  }

  private static long charactersRead(Path io) throws IOException {
    return Files.readAllLines(io).stream()
        .filter(line -> line.startsWith("rchar: "))
        .mapToLong(line -> Long.parseLong(line.substring(7)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aKeyThatStandsTwiceIsOneMessage() {
    assertThat(
            messages(
                scene(
                    """
                    recipe: twice
                    seed: 1
                    read:
                      - acquire.csv: { path: data.csv }
                    steps:
                      - quality.where: { keep: "amount > 1", keep: "amount > 2" }
                    seed: 2
                    """)))
        .containsExactly(
            "recipe.yaml:6:42  keys must be unique; found again: keep; first in line 6",
            "recipe.yaml:7:1  keys must be unique; found again: seed; first in line 2");
  }

  @Test
  void aSplitBehindAFitIsRefusedWithTheReason() {
    assertThat(
            messages(
                scene(
                    """
                    recipe: leak
                    seed: 1
                    read:
                      - acquire.csv: { path: data.csv }
                    steps:
                      - quality.impute: { fields: [amount], with: median }
                      - diversity.split: { train: 0.5, test: 0.5 }
                    """)))
        .containsExactly(
            "recipe.yaml:7:5  diversity.split must come before every fit, or the fit has learnt"
                + " from samples that test the model; found: after quality.impute in line 6; fix:"
                + " move it above line 6");
  }

  @Test
  void aTypeOfAFieldThatAReaderDoesNotFindIsAMistakeInTheRecipe() {
    assertThat(
            messages(
                scene(
                    """
                    recipe: types
                    seed: 1
                    read:
                      - acquire.csv: { path: data.csv, types: { amuont: double } }
                    """)))
        .singleElement()
        .asString()
        .startsWith(
            "recipe.yaml:4:43  acquire.csv.types must name fields of the files; found: amuont");
  }
}
