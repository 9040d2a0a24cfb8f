package dev.quern.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quern.data.Batch;
import dev.quern.data.BatchBuilder;
import dev.quern.data.Field;
import dev.quern.data.Role;
import dev.quern.data.Sample;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Outcome;
import dev.quern.engine.Place;
import dev.quern.engine.RunContext;
import dev.quern.onnx.ElementType;
import dev.quern.onnx.OnnxGraph;
import dev.quern.operator.BindException;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Judge;
import dev.quern.operator.Params;
import dev.quern.operator.Secrets;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.operator.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WhereAndDeriveTest {
  private static final StepRun RUN = new StepRun("01-step", new RunContext(1), Secrets.NONE);
  private static final Schema SCHEMA =
      Schema.of(
          Field.of("age", Type.LONG).with(Role.QUASI_IDENTIFIER), Field.of("country", Type.TEXT));

  private static Batch batch(Object[]... rows) {
    BatchBuilder builder = new BatchBuilder(SCHEMA);
    for (Object[] row : rows) {
      builder.column(0).appendValue(row[0]);
      builder.column(1).appendValue(row[1]);
      builder.keys().append(0, builder.count(), 0, 0, 0, (byte) 0);
    }
    return builder.build();
  }

  private static final Batch BATCH =
      batch(
          new Object[] {30L, "CN"},
          new Object[] {12L, "CN"},
          new Object[] {null, "CN"},
          new Object[] {40L, null},
          new Object[] {18L, "DE"});

  private static final class Kept implements Outcome {
    private final List<Batch> batches = new ArrayList<>();

    @Override
    public void keep(Batch batch) {
      batches.add(batch);
    }

    @Override
    public void created(long samples) {
      throw new IllegalStateException("nothing must be created");
    }

    @Override
    public void merged(long samples) {
      throw new IllegalStateException("nothing must be merged");
    }

    @Override
    public void drop(Batch batch, int row, String reason, double measured) {
      throw new IllegalStateException("nothing must be dropped");
    }

    @Override
    public void quarantine(Batch batch, int row, String field, Fault fault) {
      throw new IllegalStateException("nothing must be quarantined");
    }

    @Override
    public void quarantine(Place place, String field, Fault fault, byte[] raw) {
      throw new IllegalStateException("nothing must be quarantined");
    }
  }

  private static List<Boolean> kept(Where where, Batch batch) {
    Judge judge = where.bind(SCHEMA, RUN);
    List<Boolean> kept = new ArrayList<>();
    Sample sample = new Sample();
    // Twice: the second batch must not see the first.
    for (int twice = 0; twice < 2; twice++) {
      kept.clear();
      judge.begin(batch);
      for (int i = 0; i < batch.count(); i++) {
        Verdict verdict = judge.judge(sample.at(batch, batch.row(i)));
        kept.add(verdict instanceof Verdict.Keep);
      }
    }
    return kept;
  }

  @Test
  void whereKeepsWhatIsTrueAndDropsFalseAndMissing() {
    assertThat(kept(new Where("age >= 18 AND country = 'CN'", "where"), BATCH))
        .containsExactly(true, false, false, false, false);
    assertThat(kept(new Where("age >= 18 OR country = 'CN'", "where"), BATCH))
        .containsExactly(true, true, true, true, true);
    assertThat(kept(new Where("NOT age >= 18", "where"), BATCH))
        .containsExactly(false, true, false, false, false);
  }

  @Test
  void whereLooksAtSelectedRowsAloneAndInAnyOrder() {
    Batch some = BATCH.select(new int[] {1, 3, 4}, 3);
    assertThat(kept(new Where("age > 12", "where"), some)).containsExactly(false, true, true);
    Judge judge = new Where("age > 12", "where").bind(SCHEMA, RUN);
    judge.begin(BATCH);
    Sample sample = new Sample();
    assertThat(judge.judge(sample.at(BATCH, 4))).isEqualTo(Verdict.KEEP);
    assertThat(judge.judge(sample.at(BATCH, 0))).isEqualTo(Verdict.KEEP);
    assertThat(judge.judge(sample.at(BATCH, 0))).isEqualTo(Verdict.KEEP);
    assertThat(judge.judge(sample.at(BATCH, 1))).isInstanceOf(Verdict.Drop.class);
  }

  @Test
  void whereDropsUnderItsReason() {
    Judge judge = new Where("FALSE", "too_young").bind(SCHEMA, RUN);
    judge.begin(BATCH);
    assertThat(judge.judge(new Sample().at(BATCH, 0)))
        .isEqualTo(new Verdict.Drop("too_young", Double.NaN));
    List<Params.Problem> problems = new ArrayList<>();
    Map<String, Object> given = new LinkedHashMap<>(Map.of("keep", "TRUE", "reason", "Too young"));
    assertThat(Params.read(Where.SPEC.params(), given, problems)).isEmpty();
    assertThat(problems)
        .containsExactly(
            new Params.Problem("reason", "must be a snake_case name; found: \"Too young\""));
  }

  @Test
  void mistakesAreBindProblemsOfTheParameter() {
    assertThatThrownBy(() -> new Where("ag > 1", "where").check(SCHEMA))
        .isInstanceOfSatisfying(BindException.class, e -> assertThat(e.param()).isEqualTo("keep"))
        .hasMessage(
            "column 1: name must be a field; found: ag; did you mean 'age'?; known: age, country");
    assertThatThrownBy(() -> new Where("age", "where").check(SCHEMA))
        .hasMessage("column 1: condition must be true or false; found: long");
    assertThatThrownBy(() -> derive("x", "age +").output(SCHEMA))
        .isInstanceOfSatisfying(BindException.class, e -> assertThat(e.param()).isEqualTo("fields"))
        .hasMessage(
            "x: column 6: value must be a field, a number, a 'text', a function or (; found: the"
                + " end");
    assertThatThrownBy(() -> new Derive(new TreeMap<>()).output(SCHEMA))
        .hasMessage("must have a field at least; found: none");
  }

  private static Derive derive(String... namesAndExpressions) {
    TreeMap<String, String> fields = new TreeMap<>();
    for (int i = 0; i < namesAndExpressions.length; i += 2) {
      fields.put(namesAndExpressions[i], namesAndExpressions[i + 1]);
    }
    return new Derive(fields);
  }

  @Test
  void deriveSetsFieldsFromTheSampleAsItCameIn() {
    Derive derive = derive("z", "age * 2", "age", "age + 1", "b", "country || '!'");
    Schema output = derive.output(SCHEMA);
    assertThat(output.names()).containsExactly("age", "country", "b", "z");
    assertThat(output.field(0).is(Role.QUASI_IDENTIFIER)).isTrue();
    Kept out = new Kept();
    derive.bind(SCHEMA, output, RUN).map(BATCH.select(new int[] {0, 3}, 2), out);
    Batch made = out.batches.get(0);
    assertThat(made.schema()).isEqualTo(output);
    assertThat(made.count()).isEqualTo(2);
    assertThat(made.column(0).valueAt(0)).isEqualTo(31L);
    assertThat(made.column(3).valueAt(0)).isEqualTo(60L);
    assertThat(made.column(2).valueAt(0)).isEqualTo("CN!");
    assertThat(made.column(2).valueAt(3)).isNull();
    assertThat(made.compact().rows()).isEqualTo(2);
  }

  @Test
  void deriveServesInTheGraphWhereEveryExpressionCan() {
    Derive graph = derive("adult", "age >= 18 AND country = 'CN'", "age", "age + 1");
    assertThat(graph.serving(SCHEMA, Serving.GRAPH)).isEqualTo(Serving.GRAPH);
    assertThat(derive("x", "age", "y", "lower(country)").serving(SCHEMA, Serving.GRAPH))
        .isEqualTo(Serving.HOST);
    OnnxGraph onnx = new OnnxGraph("derive");
    GraphFields scope = new GraphFields(onnx);
    for (Field field : SCHEMA.fields()) {
      boolean text = field.type().equals(Type.TEXT);
      scope.set(field, onnx.input(field.name(), text ? ElementType.STRING : ElementType.DOUBLE, 1));
    }
    graph.emit(scope);
    assertThat(scope.values().keySet()).containsExactly("age", "country", "adult");
    assertThat(scope.value("adult").field().type()).isEqualTo(Type.BOOL);
    assertThat(scope.value("age").tensor()).isNotEqualTo("age");
  }
}
