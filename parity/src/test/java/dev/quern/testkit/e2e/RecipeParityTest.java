package dev.quern.testkit.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.quern.engine.Attempts;
import dev.quern.engine.DataException;
import dev.quern.run.Run;
import dev.quern.run.RunListener;
import dev.quern.run.RunOptions;
import dev.quern.run.RunResult;
import dev.quern.store.Workspace;
import dev.quern.testkit.TestSpark;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A recipe makes on Spark what it makes here: samples, counts, checks, profile, models, faults. */
class RecipeParityTest {
  /** Several files and forms, samples set aside, a model. */
  private static final String MODEL =
      """
      recipe: model
      seed: 11
      max_quarantined: 0.2
      read:
        - acquire.csv: { path: web.csv }
          name: web
        - acquire.jsonl: { path: app.jsonl.gz }
          name: app
      steps:
        - diversity.split: { train: 0.7, test: 0.3 }
        - quality.impute: { fields: [amount], with: mean }
        - quality.standardize: { fields: [amount] }
      checks:
        - completeness(amount) = 1
      model:
        name: good
        target: good
        train.linear: { exclude: [order, customer, address, note], epochs: 2 }
      """;

  /** Models trained in the middle of the steps, a fit that learns in rounds. */
  private static final String LABELS =
      """
      recipe: labels
      seed: 11
      max_quarantined: 0.2
      read:
        - acquire.csv: { path: web.csv }
          name: web
        - acquire.jsonl: { path: app.jsonl.gz }
          name: app
      steps:
        - quality.out_of_fold:
            label: good
            folds: 3
            with: { train.linear: { exclude: [order, customer, address, note], epochs: 2 } }
        - quality.label_errors: { label: good, probabilities: probabilities, find_by: both }
        - quality.drop_label_errors: {}
      """;

  /** Cells mended, formats unified, samples scored; every change is told. */
  private static final String MENDED =
      """
      recipe: mended
      seed: 11
      max_quarantined: 0.2
      changes: values
      read:
        - acquire.csv: { path: web.csv }
      steps:
        - quality.repair: { fields: [customer, city, quantity, amount] }
        - quality.repair_text: {}
        - quality.score: { weights: { completeness: 1, duplicate: 1 }, fields: [customer, city, amount] }
        - quality.score_filter: { above: 0.3 }
      checks:
        - { metric: "consistency(customer, city)", at_least: 0, level: warning }
        - { metric: diversity(city), at_least: 0, level: warning }
        - { metric: "validity(quantity, min=0)", at_least: 0, level: warning }
      """;

  /** What the next is compared with. */
  private static final String BEFORE =
      """
      recipe: before
      max_quarantined: 0.2
      read:
        - acquire.jsonl: { path: app.jsonl.gz }
      """;

  /** References of checks, drift from another version, models at thresholds, attempts. */
  private static final String COMPARED =
      """
      recipe: compared
      seed: 11
      max_quarantined: 0.2
      read:
        - acquire.csv: { path: web.csv }
      steps:
        - diversity.split: { train: 0.7, test: 0.3 }
        - quality.score: { weights: { completeness: 1, duplicate: 1 }, fields: [customer, city, amount] }
        - quality.score_filter: { above: 0.1, by: [city], model_at: [0.4, 0.7] }
      checks:
        - { metric: "accuracy(amount)", reference: { acquire.csv: { path: web.csv } }, by: [order], at_least: 0, level: warning }
        - { metric: "accuracy(city)", reference: { dataset: before }, by: [order], at_least: 0, level: warning }
        - { metric: "drift(quantity, amount, reference='before')", at_most: 99, level: warning }
        - { metric: "coverage(city, reference='before')", at_least: 0, level: warning }
        - { metric: "vendi_score(city, quantity)", at_least: 0, level: warning }
        - { metric: availability(), at_least: 0.5, level: warning }
      model:
        name: good
        target: good
        train.linear: { exclude: [order, customer, address, note], epochs: 2 }
      """;

  private static final Scene.Way SMALL = new Scene.Way(2, OptionalLong.of(40_000), 256L << 20);

  @TempDir private Path folder;
  private Scene scene;

  @BeforeEach
  void files() throws Exception {
    TestSpark.start();
    scene = DigestTest.scene(folder);
    ReferenceAsideTest.write(folder);
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(Files.readAllBytes(folder.resolve("app.jsonl")));
    }
    scene.write("app.jsonl.gz", zipped.toByteArray());
  }

  private RunResult run(String recipe, String workspace, String engine, Scene.Way way)
      throws Exception {
    scene.write("recipe.yaml", recipe);
    RunOptions options = scene.options(workspace, way).withEngine(engine);
    return Run.execute(scene.plan("recipe.yaml", options), options, RunListener.NONE);
  }

  @TestFactory
  List<DynamicNode> recipesAreEqualOnSpark() {
    List<DynamicNode> tests = new ArrayList<>();
    tests.add(test("a line", DigestTest.LINE));
    if (TestSpark.isWhole()) {
      tests.add(test("wrong labels", LABELS));
      tests.add(test("a graph with a lookup", DigestTest.GRAPH));
      tests.add(test("a graph with a union", DigestTest.UNION));
      tests.add(test("a model", MODEL));
      tests.add(test("mended cells", MENDED));
      tests.add(test("verdicts", VerdictsTest.KEEP));
      tests.add(test("verdicts of every kind", VerdictKindsTest.KINDS));
      tests.add(test("samples set aside", VerdictsTest.ASIDE));
      tests.add(test("samples of other kinds set aside", VerdictKindsTest.ASIDE));
      tests.add(test("samples that differ from references set aside", ReferenceAsideTest.RECIPE));
    }
    return tests;
  }

  private DynamicNode test(String name, String recipe) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          files();
          RunResult here = run(recipe, name + "-local", "local", SMALL);
          RunResult there = run(recipe, name + "-spark", "spark", SMALL);
          assertThat(DigestTest.essence(there)).isEqualTo(DigestTest.essence(here));
          assertThat(there.status()).isEqualTo(here.status());
          assertThat(metrics(there)).isEqualTo(metrics(here));
          assertThat(quarantined(there)).isEqualTo(quarantined(here));
          for (String beside : List.of("changes", "verdicts", "aside")) {
            assertThat(lines(there, beside)).as(beside).isEqualTo(lines(here, beside));
          }
          assertThat(there.report()).containsEntry("engine", "spark");
        });
  }

  private static Object metrics(RunResult result) {
    Object model = result.report().get("model");
    return model == null ? "none" : Scene.part(result.report(), "model").get("metrics");
  }

  /** With place and line, in order. */
  private static String quarantined(RunResult result) throws Exception {
    StringBuilder all = new StringBuilder();
    for (Path file : Scene.files(result.folder().resolve("quarantine"))) {
      all.append(Files.readString(file, StandardCharsets.UTF_8));
    }
    return all.toString();
  }

  /** The lines of the files in a folder of the run, whichever file holds them. */
  private static List<String> lines(RunResult result, String name) throws Exception {
    List<String> lines = new ArrayList<>();
    for (Path file : Scene.files(result.folder().resolve(name))) {
      lines.addAll(Files.readAllLines(file));
    }
    return lines.stream().sorted().toList();
  }

  /**
   * What references, the log of attempts and models of other thresholds tell, beside the samples.
   */
  @Test
  void referencesAttemptsAndKeepCurvesAreToldAsHere() throws Exception {
    if (!TestSpark.isWhole()) {
      return;
    }
    List<RunResult> runs = new ArrayList<>();
    List<String> tried = new ArrayList<>();
    for (String engine : List.of("local", "spark")) {
      String workspace = "beside-" + engine;
      run(BEFORE, workspace, engine, SMALL);
      RunResult result = run(COMPARED, workspace, engine, SMALL);
      assertThat(result.status()).isEqualTo(RunResult.Status.DONE);
      runs.add(result);
      tried.add(tried(workspace));
    }
    RunResult here = runs.get(0);
    RunResult there = runs.get(1);
    assertThat(DigestTest.essence(there)).isEqualTo(DigestTest.essence(here));
    assertThat(metrics(there)).isEqualTo(metrics(here));
    assertThat(there.report().get("keep_curves"))
        .isNotNull()
        .isEqualTo(here.report().get("keep_curves"));
    assertThat(tried.get(1)).isNotEmpty().isEqualTo(tried.get(0));
  }

  private String tried(String workspace) throws Exception {
    StringBuilder all = new StringBuilder();
    for (String source : List.of("web.csv", "app.jsonl.gz", "cities.csv")) {
      for (Attempts one :
          new Workspace(folder.resolve(workspace)).availability().of("source " + source)) {
        all.append(source).append(' ').append(one.successes()).append(' ').append(one.failures());
        all.append(' ').append(one.bytes()).append('\n');
      }
    }
    return all.toString();
  }

  @Test
  void aFinishedRunIsCachedWhateverTheEngine() throws Exception {
    RunResult first = run(DigestTest.LINE, "workspace", "spark", SMALL);
    RunResult second = run(DigestTest.LINE, "workspace", "local", SMALL);
    assertThat(Scene.digest(second)).isEqualTo(Scene.digest(first));
    assertThat(Scene.parts(second.report(), "work")).allSatisfy(RecipeParityTest::isCached);
  }

  private static void isCached(Map<String, ?> work) {
    assertThat(String.valueOf(work.get("status"))).isEqualTo("cached");
  }

  @Test
  void theFirstFaultByPlaceIsToldAsHere() throws Exception {
    byte[] whole = Files.readAllBytes(folder.resolve("app.jsonl.gz"));
    scene.write("app.jsonl.gz", java.util.Arrays.copyOf(whole, whole.length / 2));
    Throwable here = catchThrowable(() -> run(MODEL, "fault-local", "local", SMALL));
    Throwable there = catchThrowable(() -> run(MODEL, "fault-spark", "spark", SMALL));
    assertThat(here).isInstanceOf(DataException.class).hasMessageContaining("must be whole");
    assertThat(there).isInstanceOf(DataException.class);
    assertThat(((DataException) there).code()).isEqualTo(((DataException) here).code());
  }
}
