package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.quern.data.Batch;
import dev.quern.data.Digest;
import dev.quern.data.Field;
import dev.quern.engine.SortKey;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Metric;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.operator.Transformation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What every operator of the catalogs promises; a new operator is covered without a new line. */
class ContractSuiteTest {
  private static final Path GOLDEN =
      Path.of(System.getProperty("quern.root"), "testkit/src/test/resources/golden/operators.json");

  private static final int GENERATED = 100;

  /** Threads, morsels, memory (bytes): none of it may be seen in a result. */
  private static final List<EngineSamples.Way> WAYS =
      List.of(
          new EngineSamples.Way(1, 1, 64 << 20),
          new EngineSamples.Way(2, 3, 64 << 20),
          new EngineSamples.Way(1, 7, 1),
          new EngineSamples.Way(2, 7, 1));

  private static final Registry REGISTRY = Registry.load(ContractSuiteTest.class.getClassLoader());

  @TempDir private Path folder;
  private final AtomicInteger trials = new AtomicInteger();

  @TestFactory
  Stream<DynamicNode> namesArePathsOfTheirClasses() {
    return all("name is the path", this::nameIsThePath);
  }

  @Test
  void noOperatorIsForgotten() throws ReflectiveOperationException {
    List<String> described = new ArrayList<>();
    for (JavaClass found :
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("dev.quern")) {
      if (found.tryGetField("SPEC").isPresent()) {
        described.add(((OperatorSpec) found.reflect().getField("SPEC").get(null)).name());
      }
    }
    assertThat(REGISTRY.names()).containsExactlyInAnyOrderElementsOf(described);
  }

  @TestFactory
  Stream<DynamicNode> everythingIsDocumentedInBothLanguages() {
    return all("documented", ContractSuiteTest::isDocumented);
  }

  @TestFactory
  Stream<DynamicNode> parametersSurviveYamlAndJson() {
    return all("parameters", ContractSuiteTest::parametersRoundTrip);
  }

  @TestFactory
  Stream<DynamicNode> examplesHold() {
    return tried("example", ContractSuiteTest::holds);
  }

  @TestFactory
  Stream<DynamicNode> shardsDoNotMatter() {
    return tried("1, 3 and 7 shards", ContractSuiteTest::isEqualForAnyShards);
  }

  @TestFactory
  Stream<DynamicNode> theEngineGivesWhatTheVerbsInMemoryGive() {
    return tried("engine", this::isEqualOnTheEngine);
  }

  @TestFactory
  Stream<DynamicNode> orderedStepsAreEqualOnTheEngine() {
    return tried("order", this::isEqualInOrder);
  }

  @TestFactory
  Stream<DynamicNode> theSameSeedGivesTheSameResult() {
    return tried(
        "same seed",
        (spec, example) ->
            assertThat(result(spec, example, generated(example), 1))
                .isEqualTo(result(spec, example, generated(example), 1)));
  }

  @TestFactory
  Stream<DynamicNode> noSampleIsLost() {
    return tried("conservation", ContractSuiteTest::isConserved);
  }

  @TestFactory
  Stream<DynamicNode> noMessageTellsATextOfASample() {
    return tried("canary", ContractSuiteTest::keepsTheCanary);
  }

  @TestFactory
  Stream<DynamicNode> equalRevisionsGiveEqualOutput() throws IOException {
    Map<String, @Nullable Object> golden =
        Files.exists(GOLDEN) ? Json.parseObject(Files.readString(GOLDEN)) : Map.of();
    Map<String, @Nullable Object> found = new TreeMap<>();
    for (OperatorSpec spec : REGISTRY.operators()) {
      if (isTried(spec)) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("revision", (long) spec.revision());
        entry.put("digest", digest(spec));
        found.put(spec.name(), entry);
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, Json.pretty(found));
      return Stream.empty();
    }
    assertThat(golden.keySet())
        .as("run with -Dgolden.update=true to record operators")
        .isEqualTo(found.keySet());
    return found.keySet().stream()
        .map(
            name ->
                DynamicTest.dynamicTest(
                    name,
                    () ->
                        assertThat(found.get(name))
                            .as(
                                "output of %s changed: raise its revision, then run with"
                                    + " -Dgolden.update=true",
                                name)
                            .isEqualTo(golden.get(name))));
  }

  private interface Check {
    void check(OperatorSpec spec) throws Exception;
  }

  private interface ExampleCheck {
    void check(OperatorSpec spec, Example example) throws Exception;
  }

  private static Stream<DynamicNode> all(String what, Check check) {
    assertThat(REGISTRY.operators().size()).as("operators found").isGreaterThan(20);
    return REGISTRY.operators().stream()
        .map(spec -> test(spec.name() + ": " + what, () -> check.check(spec)));
  }

  private static Stream<DynamicNode> tried(String what, ExampleCheck check) {
    List<DynamicNode> tests = new ArrayList<>();
    for (OperatorSpec spec : REGISTRY.operators()) {
      if (isTried(spec)) {
        for (Example example : spec.examples()) {
          tests.add(
              test(
                  spec.name() + " " + example.parameters() + ": " + what,
                  () -> check.check(spec, example)));
        }
      }
    }
    assertThat(tests.size()).as("examples found").isGreaterThan(30);
    return tests.stream();
  }

  private static DynamicNode test(String name, Executable body) {
    return DynamicTest.dynamicTest(name, body);
  }

  /** Readers, writers and trainers need files and have suites of their own. */
  static boolean isTried(OperatorSpec spec) {
    Operator operator =
        spec.create().apply(Trial.params(spec, spec.examples().get(0).parameters()));
    return operator instanceof Transformation || operator instanceof Analyzer;
  }

  private void nameIsThePath(OperatorSpec spec) throws ClassNotFoundException {
    StringBuilder simple = new StringBuilder();
    for (String word : spec.name().substring(spec.stage().length() + 1).split("_")) {
      simple.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    Class<?> named = Class.forName("dev.quern." + spec.stage() + "." + simple);
    assertThat(Operator.class).isAssignableFrom(named);
    Operator operator =
        spec.create().apply(Trial.params(spec, spec.examples().get(0).parameters()));
    assertThat(operator.getClass().getPackageName()).isEqualTo(named.getPackageName());
  }

  private static void isDocumented(OperatorSpec spec) {
    assertThat(spec.summary().english()).isNotBlank().endsWith(".");
    assertThat(spec.summary().chinese()).matches("(?s).*\\p{IsHan}.*").endsWith("。");
    assertThat(spec.source()).isNotBlank();
    assertThat(spec.revision()).isPositive();
    assertThat(spec.examples()).isNotEmpty();
    for (Param<?> param : spec.params()) {
      assertThat(param.name()).matches("[a-z][a-z0-9_]*");
      assertThat(param.rule()).isNotBlank();
      assertThat(param.unit()).isNotBlank();
      assertThat(param.help().english()).as(param.name()).isNotBlank().endsWith(".");
      assertThat(param.help().chinese()).as(param.name()).matches("(?s).*\\p{IsHan}.*");
    }
  }

  private static void parametersRoundTrip(OperatorSpec spec) {
    for (Example example : spec.examples()) {
      Params params = Trial.params(spec, example.parameters());
      // JSON is YAML in flow style, so one text serves both ways.
      Params back = Trial.params(spec, params.canonical());
      assertThat(back.canonical()).isEqualTo(params.canonical());
      List<Params.Problem> problems = new ArrayList<>();
      Params json =
          Params.read(spec.params(), Json.parseObject(Json.write(params.plain())), problems)
              .orElseThrow();
      assertThat(json.canonical()).isEqualTo(params.canonical());
      assertThat(spec.create().apply(json)).isEqualTo(spec.create().apply(params));
    }
  }

  private static void holds(OperatorSpec spec, Example example) {
    Trial trial = Trial.of(spec, example.parameters(), example.input());
    if (trial.operator() instanceof Analyzer) {
      Map<String, @Nullable Double> metrics = new LinkedHashMap<>();
      trial.metrics().forEach(metric -> metrics.put(metric.written(), metric.value().orElse(null)));
      Map<String, @Nullable Double> expected = new LinkedHashMap<>();
      Json.parseObject(example.expected())
          .forEach(
              (name, value) ->
                  expected.put(name, value instanceof Number n ? n.doubleValue() : null));
      assertThat(expected).isNotEmpty();
      assertThat(metrics).containsAllEntriesOf(expected);
    } else {
      assertThat(Json.write(trial.run().plain()))
          .isEqualTo(Json.write(Json.parse(example.expected())));
    }
  }

  private static void isEqualForAnyShards(OperatorSpec spec, Example example) {
    List<Batch> inputs = generated(example);
    String whole = result(spec, example, inputs, 1);
    assertThat(result(spec, example, inputs, 3)).isEqualTo(whole);
    assertThat(result(spec, example, inputs, 7)).isEqualTo(whole);
  }

  private void isEqualOnTheEngine(OperatorSpec spec, Example example) {
    List<Batch> written = JsonSamples.inputs(example.input());
    List<Batch> generated = generated(example, 1);
    List<Batch> none = none(example);
    isEqualOnTheEngine(() -> Trial.of(spec, example.parameters(), written), WAYS.subList(1, 2));
    isEqualOnTheEngine(() -> Trial.of(spec, example.parameters(), generated), WAYS);
    isEqualOnTheEngine(() -> Trial.of(spec, example.parameters(), none), WAYS.subList(0, 1));
  }

  /** Each way to run makes what the verbs in memory make: samples, fits, metrics, accounting. */
  private void isEqualOnTheEngine(Supplier<Trial> trial, List<EngineSamples.Way> ways) {
    Outcome expected = outcome(trial.get());
    for (EngineSamples.Way way : ways) {
      Path passes = folder.resolve("trial" + trials.incrementAndGet());
      assertThat(outcome(trial.get().engine(way, passes))).as("%s", way).isEqualTo(expected);
    }
  }

  private void isEqualInOrder(OperatorSpec spec, Example example) {
    if (!(spec.create().apply(Trial.params(spec, example.parameters()))
            instanceof Transformation step)
        || !step.heedsOrder()) {
      return;
    }
    List<Batch> inputs = generated(example, 1);
    for (SortKey.Direction direction : SortKey.Direction.values()) {
      for (Field field : inputs.get(0).schema().fields()) {
        if (field.type().isScalar()) {
          List<SortKey> order = List.of(new SortKey(field.name(), direction));
          isEqualOnTheEngine(
              () -> Trial.of(spec, example.parameters(), inputs).order(order), WAYS.subList(3, 4));
        }
      }
    }
  }

  private static void isConserved(OperatorSpec spec, Example example) {
    Trial trial = Trial.of(spec, example.parameters(), generated(example)).shards(3);
    if (trial.operator() instanceof Transformation) {
      Trial.Result result = trial.run();
      assertThat(result.outcome().counts().isConserved())
          .as("%s", result.outcome().counts())
          .isTrue();
    } else {
      assertThat(trial.metrics()).allSatisfy(metric -> assertThat(metric.unit()).isNotBlank());
    }
  }

  private static void keepsTheCanary(OperatorSpec spec, Example example) {
    List<String> told = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      List<Batch> inputs = generated(example, seed);
      try {
        Trial trial = Trial.of(spec, example.parameters(), inputs);
        if (trial.operator() instanceof Transformation) {
          StepResult outcome = trial.run().outcome();
          outcome.quarantined().forEach(one -> told.add(one.field() + one.fault()));
          outcome.dropped().forEach(drop -> told.add(drop.reason()));
        } else {
          trial.metrics().forEach(metric -> told.add(metric.name() + metric.unit()));
        }
      } catch (RuntimeException e) {
        fail("must not fail on generated samples", e);
      }
    }
    assertThat(told).noneMatch(message -> message.contains(Gen.CANARY));
  }

  /** No samples at all, with the fields of the example's. */
  private static List<Batch> none(Example example) {
    return JsonSamples.inputs(example.input()).stream()
        .map(input -> input.select(new int[0], 0))
        .toList();
  }

  private static List<Batch> generated(Example example) {
    return generated(example, 1);
  }

  /** Samples with the fields of the example's. */
  static List<Batch> generated(Example example, long seed) {
    Gen gen = new Gen(seed);
    List<Batch> inputs = new ArrayList<>();
    for (Batch input : JsonSamples.inputs(example.input())) {
      inputs.add(gen.samples(inputs.size(), input.schema(), GENERATED));
    }
    return inputs;
  }

  private static String result(OperatorSpec spec, Example example, List<Batch> inputs, int shards) {
    return result(Trial.of(spec, example.parameters(), inputs).shards(shards));
  }

  /**
   * Everything that came out.
   *
   * @param text digest, samples, fits, what was left out, metrics
   * @param states of the folds, as written, in hexadecimal digits
   */
  record Outcome(String text, List<String> states) {}

  private static String result(Trial trial) {
    return outcome(trial).text();
  }

  static Outcome outcome(Trial trial) {
    StringBuilder text = new StringBuilder();
    List<byte[]> states;
    if (trial.operator() instanceof Transformation) {
      Trial.Result result = trial.run();
      text.append(result.digest()).append('\n');
      text.append(Json.write(result.plain())).append('\n');
      result.fit().ifPresent(fit -> text.append(Json.write(fit.values())).append('\n'));
      result.outcome().dropped().forEach(drop -> text.append(drop).append('\n'));
      result.outcome().quarantined().forEach(one -> text.append(one).append('\n'));
      text.append(result.outcome().counts());
      states = result.states();
    } else {
      Trial.Analysis analysis = trial.analyze();
      for (Metric metric : analysis.metrics()) {
        text.append(metric).append('\n');
      }
      states = List.of(analysis.state());
    }
    return new Outcome(text.toString(), states.stream().map(HexFormat.of()::formatHex).toList());
  }

  private static String digest(OperatorSpec spec) {
    StringBuilder text = new StringBuilder();
    for (Example example : spec.examples()) {
      text.append(result(spec, example, JsonSamples.inputs(example.input()), 1));
      text.append(result(spec, example, generated(example), 1));
    }
    return Digest.ofText(text.toString());
  }
}
