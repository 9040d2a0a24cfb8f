package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.SampleId;
import dev.quern.data.Split;
import dev.quern.engine.ChangedCells;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every analyzer of the catalogs says which samples it holds responsible, or why none, and keeps to
 * it: a new one is covered without a new line.
 */
class AnalyzerVerdictsTest {
  private static final Registry REGISTRY =
      Registry.load(AnalyzerVerdictsTest.class.getClassLoader());
  private static final int SAMPLES = 60;
  private static final int SEEDS = 4;

  @TempDir private Path folder;
  private int trials;

  private interface Law {
    void holds(OperatorSpec spec, Example example, Analyzer<?> analyzer, Batch batch);
  }

  @Test
  void everyAnalyzerSaysWhichSamplesFailOrWhyNoneDo() {
    for (OperatorSpec spec : REGISTRY.operators()) {
      for (Example example : spec.examples()) {
        if (ContractSuiteTest.isTried(spec)
            && operator(spec, example) instanceof Analyzer<?> analyzer) {
          Judging judging = analyzer.judging();
          assertThat(judging)
              .as("%s %s must override judging()", spec.name(), example.parameters())
              .isNotEqualTo(Judging.UNSTATED);
          assertThat(judging.says().english()).isNotBlank().doesNotEndWith(".");
          assertThat(judging.says().chinese()).matches("(?s).*\\p{IsHan}.*").doesNotEndWith("。");
        }
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> thereAreAsManyVerdictsAsTheMetricCounts() {
    return analyzers(
        SEEDS,
        (spec, example, analyzer, batch) -> {
          Limits limits = limits(spec, example, analyzer, batch);
          JudgedTrial judged = trial(spec, example, batch).judge(limits, ChangedCells.NONE);
          Metric metric = judged.metric();
          int told = judged.verdicts().size();
          switch (analyzer.judging().verdicts()) {
            case FAILURES ->
                assertThat((double) told).isEqualTo(metric.denominator() - metric.numerator());
            case VALUE -> assertThat((double) told).isEqualTo(metric.value().orElse(0.0));
            case RESPONSIBLE -> {
              boolean perfect = metric.value().isEmpty() || metric.value().get() >= 1;
              assertThat(told == 0).as("%s and %d verdicts", metric, told).isEqualTo(perfect);
            }
            case BELOW, ABOVE, BEYOND ->
                assertThat(told > 0).isEqualTo(analyzer.judging().mayFail(metric, limits));
            case NONE -> assertThat(told).isZero();
          }
        });
  }

  /** Else the laws above would hold of judges that tell nothing. */
  @TestFactory
  Stream<DynamicTest> whatJudgesSamplesTellsOfSome() {
    Map<Analyzer<?>, Integer> told = new HashMap<>();
    Map<Analyzer<?>, Integer> seen = new HashMap<>();
    return analyzers(
        SEEDS,
        (spec, example, analyzer, batch) -> {
          Limits limits = limits(spec, example, analyzer, batch);
          int verdicts =
              trial(spec, example, batch).judge(limits, ChangedCells.NONE).verdicts().size();
          told.merge(analyzer, verdicts, Integer::sum);
          if (seen.merge(analyzer, 1, Integer::sum) == 2 * SEEDS) {
            boolean none = analyzer.judging().verdicts() == Judging.Verdicts.NONE;
            assertThat(told.get(analyzer) == 0).isEqualTo(none);
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> verdictsAreEqualForAnyShardsAndThreads() {
    return analyzers(
        1,
        (spec, example, analyzer, batch) -> {
          Limits limits = limits(spec, example, analyzer, batch);
          List<String> whole = told(trial(spec, example, batch), limits);
          assertThat(told(trial(spec, example, batch).shards(7), limits)).isEqualTo(whole);
          Path passes = folder.resolve("trial" + trials++);
          EngineSamples.Way way = new EngineSamples.Way(2, 7, 1);
          assertThat(told(trial(spec, example, batch).engine(way, passes), limits))
              .isEqualTo(whole);
        });
  }

  @TestFactory
  Stream<DynamicTest> withoutTheSamplesThatFailTheMetricIsPerfect() {
    return analyzers(
        SEEDS,
        (spec, example, analyzer, batch) -> {
          // Others fail again: what is far from the mean, or ties, are so among those that stay.
          Set<String> settled =
              Set.of(
                  "quality.completeness",
                  "quality.compliance",
                  "quality.validity",
                  "quality.uniqueness",
                  "quality.distinctness",
                  "quality.consistency",
                  "quality.accuracy",
                  "quality.label_conflicts",
                  "quality.agreement");
          if (!settled.contains(spec.name())) {
            return;
          }
          JudgedTrial judged = trial(spec, example, batch).judge(Limits.NONE, ChangedCells.NONE);
          Set<String> failing = new HashSet<>();
          judged.verdicts().forEach(verdict -> failing.add(String.valueOf(verdict.get("id"))));
          JudgedTrial again =
              trial(spec, example, without(batch, failing)).judge(Limits.NONE, ChangedCells.NONE);
          if (spec.name().equals("quality.consistency")
              && example.parameters().contains("reference")) {
            return; // Others may refer to a sample that is gone.
          }
          assertThat(again.verdicts()).isEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> valuesAndRepairsAreToldOnRequestAlone() {
    return analyzers(
        SEEDS,
        (spec, example, analyzer, batch) -> {
          Limits limits = limits(spec, example, analyzer, batch);
          for (ChangedCells told : List.of(ChangedCells.NONE, ChangedCells.IDS)) {
            for (Map<String, @Nullable Object> verdict :
                trial(spec, example, batch).judge(limits, told).verdicts()) {
              assertThat(verdict.get("value")).isNull();
              assertThat(verdict.get("repair")).isNull();
            }
          }
          JudgedTrial open = trial(spec, example, batch).judge(limits, ChangedCells.VALUES);
          for (Map<String, @Nullable Object> verdict : open.verdicts()) {
            assertThat(verdict.get("value") == null).isEqualTo(verdict.get("mask") == null);
            assertThat(verdict.get("reason")).asString().matches("[a-z][a-z0-9_]*");
            assertThat(Json.list(verdict.get("fields"))).isNotEmpty();
          }
        });
  }

  /** Over what the generator makes, most of it different, and over values that meet again. */
  private static Stream<DynamicTest> analyzers(int seeds, Law law) {
    List<DynamicTest> tests = new ArrayList<>();
    Set<Judging.Verdicts> kinds = new TreeSet<>();
    for (OperatorSpec spec : REGISTRY.operators()) {
      for (Example example : spec.examples()) {
        if (ContractSuiteTest.isTried(spec)
            && operator(spec, example) instanceof Analyzer<?> analyzer
            && analyzer.reference().isEmpty()) {
          kinds.add(analyzer.judging().verdicts());
          tests.add(
              DynamicTest.dynamicTest(
                  spec.name() + " " + example.parameters(),
                  () -> {
                    for (long seed = 1; seed <= seeds; seed++) {
                      Batch made = ContractSuiteTest.generated(example, seed).get(0);
                      law.holds(spec, example, analyzer, made);
                      law.holds(spec, example, analyzer, mixed(example, seed));
                    }
                  }));
        }
      }
    }
    assertThat(tests.size()).as("examples of analyzers").isGreaterThan(40);
    assertThat(kinds).contains(Judging.Verdicts.values());
    return tests.stream();
  }

  private static Object operator(OperatorSpec spec, Example example) {
    return spec.create().apply(Trial.params(spec, example.parameters()));
  }

  private static Trial trial(OperatorSpec spec, Example example, Batch batch) {
    return Trial.of(spec, example.parameters(), List.of(batch));
  }

  /** Limits beyond which some samples lie: a little off the metric's own value. */
  private static Limits limits(
      OperatorSpec spec, Example example, Analyzer<?> analyzer, Batch batch) {
    List<Metric> metrics = trial(spec, example, batch).metrics();
    double value = metrics.isEmpty() ? 0 : metrics.get(0).value().orElse(0.0);
    return analyzer.judging().verdicts() == Judging.Verdicts.ABOVE
        ? Limits.to(Math.nextDown(value))
        : Limits.from(Math.nextUp(value));
  }

  private static List<String> told(Trial trial, Limits limits) {
    return trial.judge(limits, ChangedCells.VALUES).verdicts().stream()
        .map(Json::write)
        .sorted()
        .toList();
  }

  /** Samples whose fields come from those of the example, each from any of them. */
  private static Batch mixed(Example example, long seed) {
    Batch given = JsonSamples.inputs(example.input()).get(0);
    SplittableRandom random = new SplittableRandom(seed);
    BatchBuilder builder = new BatchBuilder(given.schema());
    for (int i = 0; i < SAMPLES; i++) {
      SampleId id = SampleId.of("mixed", "file", i, 0);
      builder.keys().append(id.high(), id.low(), 0, i, 0, Split.NONE.code());
      for (int field = 0; field < given.schema().size(); field++) {
        int row = given.row(random.nextInt(given.count()));
        builder.column(field).append(given.column(field), row);
      }
    }
    return builder.build();
  }

  private static Batch without(Batch batch, Set<String> ids) {
    int[] rows = new int[batch.count()];
    int count = 0;
    for (int i = 0; i < batch.count(); i++) {
      if (!ids.contains(batch.keys().id(batch.row(i)).toString())) {
        rows[count++] = batch.row(i);
      }
    }
    return batch.select(rows, count);
  }
}
