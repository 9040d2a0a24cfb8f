package dev.quern.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.engine.RunContext;
import dev.quern.format.json.Json;
import dev.quern.operator.Example;
import dev.quern.operator.Fitter;
import dev.quern.operator.Mapper;
import dev.quern.operator.Operator;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Registry;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A served model asks for the raw fields that its steps say they read, so a step must not depend on
 * others: without them the fields it makes stay as they are.
 */
class FieldDependencyTest {
  private static final Registry REGISTRY =
      Registry.load(FieldDependencyTest.class.getClassLoader());

  @TestFactory
  Stream<DynamicNode> stepsDependOnTheFieldsTheyRead() {
    List<DynamicNode> tests = new ArrayList<>();
    for (OperatorSpec spec : REGISTRY.operators()) {
      for (Example example : spec.examples()) {
        Operator operator = spec.create().apply(Trial.params(spec, example.parameters()));
        boolean maps = operator instanceof Mapper || operator instanceof Fitter<?>;
        if (maps && spec.serving() != Serving.TRAINING_ONLY) {
          tests.add(
              DynamicTest.dynamicTest(
                  spec.name() + " " + example.parameters(), () -> check(spec, example, operator)));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(15);
    return tests.stream();
  }

  private static void check(OperatorSpec spec, Example example, Operator operator) {
    Schema input = JsonSamples.inputs(example.input()).get(0).schema();
    Batch batch = new Gen(3).samples(0, input, 100);
    Trial.Result whole = Trial.of(spec, example.parameters(), List.of(batch)).run();
    for (String made : whole.schema().names()) {
      Set<String> read =
          operator instanceof Mapper mapper
              ? mapper.reads(input, Set.of(made))
              : ((Fitter<?>) operator).reads(input, Set.of(made));
      assertThat(input.names()).containsAll(read);
      Map<String, String> expected = values(whole.samples(), made);
      Map<String, String> found = values(mapped(spec, operator, whole, only(batch, read)), made);
      assertThat(found).as(made).containsAllEntriesOf(expected);
    }
  }

  private static List<Batch> mapped(
      OperatorSpec spec, Operator operator, Trial.Result whole, Batch batch) {
    StepRun run = new StepRun(spec.name(), new RunContext(42), Trial.SECRETS);
    Mapping mapping =
        operator instanceof Mapper mapper
            ? mapper.bind(batch.schema(), whole.schema(), run)
            : ((Fitter<?>) operator)
                .bind(batch.schema(), whole.schema(), whole.fit().orElseThrow(), run);
    MemoryOutcome outcome = new MemoryOutcome();
    mapping.map(batch, outcome);
    return outcome.kept();
  }

  /** Returns the samples with all other fields missing. */
  private static Batch only(Batch batch, Set<String> fields) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < batch.schema().size(); i++) {
      Column column = batch.column(i);
      if (!fields.contains(batch.schema().field(i).name())) {
        ColumnBuilder missing = ColumnBuilder.of(column.type());
        for (int row = 0; row < batch.rows(); row++) {
          missing.appendNull();
        }
        column = missing.build();
      }
      columns.add(column);
    }
    return batch.with(batch.schema(), columns);
  }

  /** The values of a field by sample. */
  private static Map<String, String> values(List<Batch> batches, String field) {
    Map<String, String> values = new TreeMap<>();
    for (Batch batch : batches) {
      Column column = batch.column(batch.schema().indexOf(field));
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        @Nullable Object value = column.valueAt(row);
        values.put(
            batch.keys().id(row).toString(),
            value instanceof List || value instanceof Map
                ? Json.write(value)
                : String.valueOf(value));
      }
    }
    return values;
  }
}
