package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Field;
import dev.quern.engine.EngineProvider;
import dev.quern.engine.SortKey;
import dev.quern.operator.Example;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import dev.quern.operator.Transformation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operator gives on Spark what the verbs in memory give; in the build one of each kind does.
 */
class SparkParityTest {
  private static final Registry REGISTRY = Registry.load(SparkParityTest.class.getClassLoader());
  private static final EngineSamples.Way WAY = new EngineSamples.Way(2, 3, 64 << 20);
  private static final AtomicInteger TRIALS = new AtomicInteger();

  @TempDir private static Path folder;

  private final EngineProvider spark = TestSpark.start();

  @TestFactory
  List<DynamicNode> operatorsAreEqualOnSpark() {
    List<DynamicNode> tests = new ArrayList<>();
    Set<Class<?>> kinds = new HashSet<>();
    for (OperatorSpec spec : REGISTRY.operators()) {
      if (!ContractSuiteTest.isTried(spec)) {
        continue;
      }
      for (Example example : spec.examples()) {
        Operator operator = Trial.of(spec, example.parameters(), example.input()).operator();
        if (kinds.add(operator.getClass().getInterfaces()[0]) || TestSpark.isWhole()) {
          tests.add(
              DynamicTest.dynamicTest(
                  spec.name() + " " + example.parameters(), () -> isEqual(spec, example)));
        }
      }
    }
    assertThat(tests.size()).isGreaterThan(TestSpark.isWhole() ? 40 : 4);
    return tests;
  }

  private void isEqual(OperatorSpec spec, Example example) {
    List<Batch> written = JsonSamples.inputs(example.input());
    List<Batch> generated = ContractSuiteTest.generated(example, 1);
    isEqual(() -> Trial.of(spec, example.parameters(), written));
    isEqual(() -> Trial.of(spec, example.parameters(), generated));
    Operator operator = Trial.of(spec, example.parameters(), example.input()).operator();
    if (operator instanceof Transformation step && step.heedsOrder()) {
      Field field =
          generated.get(0).schema().fields().stream()
              .filter(one -> one.type().isScalar())
              .findFirst()
              .orElseThrow();
      List<SortKey> order = List.of(new SortKey(field.name(), SortKey.Direction.DESCENDING));
      isEqual(() -> Trial.of(spec, example.parameters(), generated).order(order));
    }
  }

  private void isEqual(Supplier<Trial> trial) {
    Path passes = folder.resolve("trial" + TRIALS.incrementAndGet());
    assertThat(ContractSuiteTest.outcome(trial.get().engine(spark, WAY, passes)))
        .isEqualTo(ContractSuiteTest.outcome(trial.get()));
  }
}
