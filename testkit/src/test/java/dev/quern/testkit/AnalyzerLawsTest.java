package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.RunContext;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import dev.quern.operator.StepRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The laws by which stored states of shards and versions are merged without reading samples again,
 * for every analyzer of the catalogs: a new one is covered without a new line.
 */
class AnalyzerLawsTest {
  private static final StepRun STEP = new StepRun("step", new RunContext(42), Trial.SECRETS);
  private static final Registry REGISTRY = Registry.load(AnalyzerLawsTest.class.getClassLoader());

  @TestFactory
  Stream<DynamicTest> statesObeyTheLaws() {
    List<DynamicTest> tests = new ArrayList<>();
    for (OperatorSpec spec : REGISTRY.operators()) {
      for (Example example : spec.examples()) {
        if (!ContractSuiteTest.isTried(spec)) {
          continue;
        }
        var operator = spec.create().apply(Trial.params(spec, example.parameters()));
        if (operator instanceof Analyzer<?> analyzer) {
          tests.add(
              DynamicTest.dynamicTest(
                  spec.name() + " " + example.parameters(), () -> laws(analyzer, example)));
        }
      }
    }
    assertThat(tests.size()).as("examples of analyzers").isGreaterThan(20);
    return tests.stream();
  }

  private static <A extends Accumulator<A>> void laws(Analyzer<A> analyzer, Example example)
      throws IOException {
    for (long seed = 1; seed <= 3; seed++) {
      Batch batch = ContractSuiteTest.generated(example, seed).get(0);
      Schema schema = batch.schema();
      List<Batch> parts = thirds(batch);
      byte[] whole = written(folded(analyzer, batch));
      byte[] a = written(folded(analyzer, parts.get(0)));
      byte[] b = written(folded(analyzer, parts.get(1)));
      byte[] c = written(folded(analyzer, parts.get(2)));
      byte[] none = written(analyzer.zero(schema, STEP));
      assertThat(merged(analyzer, schema, a, merged(analyzer, schema, b, c)))
          .as("associative")
          .isEqualTo(merged(analyzer, schema, merged(analyzer, schema, a, b), c))
          .as("state of the whole")
          .isEqualTo(whole);
      assertThat(merged(analyzer, schema, a, b))
          .as("commutative")
          .isEqualTo(merged(analyzer, schema, b, a));
      assertThat(merged(analyzer, schema, none, whole)).as("neutral").isEqualTo(whole);
      assertThat(merged(analyzer, schema, whole, none)).as("neutral").isEqualTo(whole);
      assertThat(written(read(analyzer, schema, whole))).as("written and read").isEqualTo(whole);
      assertThat(analyzer.metrics(read(analyzer, schema, whole), schema))
          .as("metrics")
          .isEqualTo(analyzer.metrics(folded(analyzer, batch), schema));
    }
  }

  private static List<Batch> thirds(Batch batch) {
    List<Batch> parts = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      int[] rows = new int[batch.rows()];
      int count = 0;
      for (int row = part; row < batch.rows(); row += 3) {
        rows[count++] = row;
      }
      parts.add(batch.select(rows, count));
    }
    return parts;
  }

  private static <A extends Accumulator<A>> A folded(Analyzer<A> analyzer, Batch batch) {
    A state = analyzer.zero(batch.schema(), STEP);
    state.add(batch);
    return state;
  }

  private static <A extends Accumulator<A>> byte[] merged(
      Analyzer<A> analyzer, Schema schema, byte[] one, byte[] other) throws IOException {
    A state = read(analyzer, schema, one);
    state.merge(read(analyzer, schema, other));
    return written(state);
  }

  private static <A extends Accumulator<A>> A read(
      Analyzer<A> analyzer, Schema schema, byte[] state) throws IOException {
    return analyzer.read(new DataInputStream(new ByteArrayInputStream(state)), schema, STEP);
  }

  private static byte[] written(Accumulator<?> state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }
}
