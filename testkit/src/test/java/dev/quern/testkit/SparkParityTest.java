package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.engine.EngineProvider;
import dev.quern.operator.Example;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every operator gives on Spark what the verbs in memory give. */
@Tag("spark")
class SparkParityTest {
  private static final Registry REGISTRY = Registry.load(SparkParityTest.class.getClassLoader());
  private static final EngineSamples.Way WAY = new EngineSamples.Way(2, 3, 64 << 20);

  private static SparkContext context;

  @TempDir private static Path folder;
  private static final AtomicInteger TRIALS = new AtomicInteger();

  @BeforeAll
  static void start() {
    context =
        new SparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("parity")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.local.dir", folder.resolve("spark").toString()));
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  @TestFactory
  List<DynamicNode> everyOperatorIsEqualOnSpark() {
    EngineProvider spark =
        ServiceLoader.load(EngineProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.name().equals("spark"))
            .findFirst()
            .orElseThrow();
    List<DynamicNode> tests = new ArrayList<>();
    for (OperatorSpec spec : REGISTRY.operators()) {
      if (ContractSuiteTest.isTried(spec)) {
        for (Example example : spec.examples()) {
          tests.add(
              DynamicTest.dynamicTest(
                  spec.name() + " " + example.parameters(), () -> isEqual(spark, spec, example)));
        }
      }
    }
    assertThat(tests.size()).isGreaterThan(30);
    return tests;
  }

  private static void isEqual(EngineProvider spark, OperatorSpec spec, Example example) {
    List<Batch> written = JsonSamples.inputs(example.input());
    List<Batch> generated = ContractSuiteTest.generated(example, 1);
    isEqual(spark, () -> Trial.of(spec, example.parameters(), written));
    isEqual(spark, () -> Trial.of(spec, example.parameters(), generated));
  }

  private static void isEqual(EngineProvider spark, Supplier<Trial> trial) {
    Path passes = folder.resolve("trial" + TRIALS.incrementAndGet());
    assertThat(ContractSuiteTest.outcome(trial.get().engine(spark, WAY, passes)))
        .isEqualTo(ContractSuiteTest.outcome(trial.get()));
  }
}
