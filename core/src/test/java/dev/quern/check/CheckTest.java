package dev.quern.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Mapping;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.io.DataInput;
import java.io.DataOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckTest {
  private static final Localized HELP = new Localized("A parameter.", "参数。");

  /** Counts samples: enough of an analyzer to be named by checks. */
  record Counting() implements Analyzer<Counting.Seen> {
    static final class Seen implements Accumulator<Seen> {
      private long samples;

      @Override
      public void add(Batch batch) {
        samples += batch.count();
      }

      @Override
      public void merge(Seen other) {
        samples += other.samples;
      }

      @Override
      public void write(DataOutput out) throws java.io.IOException {
        out.writeByte(1);
        out.writeLong(samples);
      }
    }

    @Override
    public void check(Schema input) {}

    @Override
    public Seen zero(Schema input, StepRun run) {
      return new Seen();
    }

    @Override
    public Seen read(DataInput in, Schema input, StepRun run) throws java.io.IOException {
      Seen seen = new Seen();
      in.readByte();
      seen.samples = in.readLong();
      return seen;
    }

    @Override
    public List<Metric> metrics(Seen state, Schema input) {
      return List.of(
          Metric.exact("count", List.of(), "", Optional.of((double) state.samples), "samples"));
    }
  }

  /** Hands samples on: no analyzer. */
  record Passing() implements Mapper {
    @Override
    public Schema output(Schema input) {
      return input;
    }

    @Override
    public Mapping bind(Schema input, Schema output, StepRun run) {
      return (batch, out) -> out.keep(batch);
    }
  }

  private static OperatorSpec spec(String name, Param<?>... params) {
    return new OperatorSpec(
        name,
        HELP,
        "definition",
        1,
        Serving.TRAINING_ONLY,
        List.of(params),
        List.of(),
        given -> name.endsWith("trim") ? new Passing() : new Counting());
  }

  private static final Registry REGISTRY =
      new Registry(
          List.of(
              () ->
                  List.of(
                      spec("quality.count"),
                      spec("quality.completeness", Param.fields("fields", HELP)),
                      spec("quality.uniqueness", Param.fields("fields", HELP)),
                      spec(
                          "quality.quantile",
                          Param.field("field", HELP),
                          Param.fraction("at", HELP).or(0.5),
                          Param.expression("where", HELP).optional()),
                      spec("privacy.k_anonymity", Param.fields("fields", HELP)),
                      spec("quality.trim"))));

  private static Check read(Object plain) {
    List<Params.Problem> problems = new ArrayList<>();
    Optional<Check> check = CheckReader.read(plain, REGISTRY, problems);
    assertThat(problems).isEmpty();
    return check.orElseThrow();
  }

  private static List<String> problems(Object plain) {
    List<Params.Problem> problems = new ArrayList<>();
    assertThat(CheckReader.read(plain, REGISTRY, problems)).isEmpty();
    return problems.stream()
        .map(p -> p.param().isEmpty() ? p.message() : p.param() + ": " + p.message())
        .toList();
  }

  private static Map<String, Object> map(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "completeness(workclass) >= 0.95|quality.completeness|{\"fields\":[\"workclass\"]}|>= 0.95",
        "uniqueness(id, \"zip code\") = 1|quality.uniqueness|{\"fields\":[\"id\",\"zip code\"]}|= 1",
        "quantile(年龄, 0.25) between -20 and 60|quality.quantile|{\"at\":0.25,\"field\":\"年龄\"}"
            + "|between -20 and 60",
        "count() > 100|quality.count|{}|> 100",
        "Count() == 1e3|quality.count|{}|= 1000",
        "privacy.k_anonymity(age) >= 5|privacy.k_anonymity|{\"fields\":[\"age\"]}|>= 5",
        "quantile(age) < 3 where country='CN' and age<9|quality.quantile"
            + "|{\"at\":0.5,\"field\":\"age\",\"where\":\"country = 'CN' AND age < 9\"}|< 3"
      })
  void readsLines(String line, String analyzer, String params, String constraint) {
    Check check = read(line);
    assertThat(check.analyzer()).isEqualTo(analyzer);
    assertThat(Json.canonical(check.parameters())).isEqualTo(params);
    assertThat(check.constraint().written()).isEqualTo(constraint);
    assertThat(check.level()).isEqualTo(Check.Level.ERROR);
    assertThat(check.name()).isEqualTo(line);
  }

  @Test
  void readsMaps() {
    Check check = read(map("metric", "uniqueness(id)", "equals", 1L, "level", "warning"));
    assertThat(check.name()).isEqualTo("uniqueness(id) = 1");
    assertThat(check.level()).isEqualTo(Check.Level.WARNING);
    assertThat(check.constraint()).isEqualTo(Constraint.of(Constraint.Kind.EQUALS, 1));
    check =
        read(
            map(
                "metric",
                "quantile(age, 0.9)",
                "between",
                List.of(20L, 60.5),
                "where",
                "age > 0",
                "name",
                "plausible"));
    assertThat(check.name()).isEqualTo("plausible");
    assertThat(check.constraint()).isEqualTo(new Constraint(Constraint.Kind.BETWEEN, 20, 60.5));
    assertThat(Json.canonical(check.parameters()))
        .isEqualTo("{\"at\":0.9,\"field\":\"age\",\"where\":\"age > 0\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "completness(a) >= 1|no metric is named 'completness'; did you mean 'completeness'?",
        "completeness(a) >=|column 19: value must be a number; found: the end",
        "completeness(a)|metric must be followed by =, !=, >=, <=, >, < or between; found: nothing",
        "completeness(a) is 1|column 17: metric must be followed by =, !=, >=, <=, >, < or between;"
            + " found: is",
        "completeness a|column 14: metric must be followed by its arguments in parentheses; found: a",
        "completeness() = 1|completeness.fields must be given: a list of field names; found: nothing",
        "quantile(age, 2) = 1|quantile.at must be a number in [0, 1] (fraction); found: 2",
        "quantile(age, 0.5, 3) = 1|column 20: quantile must have no more arguments; found: 3",
        "count() between 3 and 1|column 9: lower bound must be <= upper bound; found: 3, 1",
        "count() > 1 where age > 2|count must have no where; found: age > 2",
        "quantile(age) > 1 where age >|where: column 6: value must be a field, a number, a 'text',"
            + " a function or (; found: the end",
        "count() > 1 and 2|column 13: check must end here or go on with where; found: and",
        "quantile(age, at: 0.5, 1) = 1|column 24: arguments after a named one must be named too; found:"
            + " 1",
        "quantile(age, at: 0.5, at: 1) = 1|at must be given once; found: twice",
        "quantile(age, att: 0.5) = 1|quantile.att is no parameter; did you mean 'at'?; known: field,"
            + " at, where",
        "completeness([a, [b, [c]]]) = 1|column 22: list must not hold lists that hold lists; found:"
            + " [",
        "completeness(fields: [a b]) = 1|column 25: values of a list must be separated by , and"
            + " closed by ]; found: b",
        "quantile(age) > 'noon'|column 15: must be a number or a time like '2024-02-29T23:59:59Z';"
            + " found: 'noon'",
        "trim() = 1|metric must be an analyzer; found: quality.trim",
        "'count' > 1|column 1: check must begin with the name of a metric; found: the text 'count'"
      })
  void mistakesInALineAreNamed(String line, String message) {
    assertThat(problems(line)).containsExactly(message);
  }

  @Test
  void argumentsMayBeNamedAndLists() {
    assertThat(read("completeness(fields: [a, 'b c', 3]) >= 0.5").parameters())
        .containsEntry("fields", List.of("a", "b c", "3"));
    assertThat(read("quantile(age, at = 0.5) > -1"))
        .extracting(Check::parameters)
        .isEqualTo(read("quantile(age, at: 0.5) > -1").parameters());
    assertThat(read("quantile(age, at: 0.25) > -1").parameters())
        .containsEntry("field", "age")
        .containsEntry("at", 0.25);
    assertThat(read(map("metric", "quantile(age)", "arguments", map("at", 1L), "above", 0L)))
        .satisfies(check -> assertThat(check.parameters()).containsEntry("at", 1.0));
    assertThat(problems(map("metric", "quantile(age)", "arguments", "at", "above", 0L)))
        .containsExactly("arguments: must be a map from parameter to value; found: \"at\"");
    // What YAML makes of a line with a colon.
    assertThat(problems(map("quantile(age, at", "0.5) > 1", "metric", "count()", "above", 0L)))
        .containsExactly(
            "quantile(age, at: is no key of a check; write = for : between the parentheses, or quote"
                + " the check; known: metric, arguments, equals, not_equals, at_least, at_most, above,"
                + " below, between, not_between, where, level, name, reference, by, failing, anomaly,"
                + " period");
    assertThat(problems(map("metric", "count()", "arguments", map("at", 1L), "above", 0L)))
        .containsExactly("metric: count.at is no parameter; known: ");
  }

  @Test
  void boundsMayBeTimes() {
    assertThat(read("quantile(age) between '1970-01-02' and '1970-01-02T00:00:01.5Z'").constraint())
        .isEqualTo(new Constraint(Constraint.Kind.BETWEEN, 86400, 86401.5));
    assertThat(read(map("metric", "quantile(age)", "at_most", "1970-01-02")).constraint())
        .isEqualTo(Constraint.of(Constraint.Kind.AT_MOST, 86400));
  }

  @Test
  void allMistakesInAMapAreNamedTogether() {
    assertThat(problems(map("metric", "uniqueness(", "at_leest", 1L, "level", "fatal")))
        .containsExactly(
            "at_leest: is no key of a check; did you mean 'at_least'?; known: metric,"
                + " arguments, equals, not_equals, at_least, at_most, above, below, between, not_between, where,"
                + " level, name, reference, by, failing, anomaly, period",
            "level: must be error or warning; found: \"fatal\"",
            "check must have one of equals, not_equals, at_least, at_most, above, below, between,"
                + " not_between; found: none",
            "metric: column 12: argument must be a field, a number, a 'text' or a"
                + " [list]; found: the end");
    assertThat(problems(map("metric", "count()", "equals", 1L, "above", 2L)))
        .contains(
            "check must have one of equals, not_equals, at_least, at_most, above, below, between,"
                + " not_between; found: equals, above");
    assertThat(problems(map("metric", "count()", "between", List.of(1L))))
        .contains("between: must be two numbers [low, high]; found: [1]");
    assertThat(problems(map("metric", "count() > 1", "above", 1L)))
        .contains(
            "metric: must have its comparison in a key of its own; found: > 1; write above: …");
    assertThat(problems(map("equals", 1L)))
        .contains("metric: must be a metric like uniqueness(id); found: null");
    assertThat(problems(7L))
        .contains(
            "check must be a line like completeness(field) >= 0.95, or a map with metric; found:"
                + " 7");
  }

  @Test
  void aMetricPassesOrFailsOrGivesNoEvidence() {
    Check check = read("completeness(age) >= 0.95");
    CheckResult passed = check.evaluate(Metric.proportion("completeness", List.of("age"), 95, 100));
    assertThat(passed.isPassed()).isTrue();
    assertThat(passed.isError()).isFalse();
    CheckResult failed = check.evaluate(Metric.proportion("completeness", List.of("age"), 93, 100));
    assertThat(failed.status()).isEqualTo(CheckResult.Status.FAILED);
    assertThat(failed.isError()).isTrue();
    assertThat(failed.value()).hasValue(0.93);
    assertThat(failed.message())
        .isEqualTo(
            "check 'completeness(age) >= 0.95': completeness(age) must be >= 0.95 (fraction);"
                + " found: 0.93 (93 / 100)");
    CheckResult none = check.evaluate(Metric.proportion("completeness", List.of("age"), 0, 0));
    assertThat(none.status()).isEqualTo(CheckResult.Status.NO_EVIDENCE);
    assertThat(none.isPassed()).isFalse();
    assertThat(none.message())
        .endsWith("found: no evidence (nothing to measure, or to compare it with)");
    Check warning = read(map("metric", "count()", "above", 5L, "level", "warning"));
    CheckResult few =
        warning.evaluate(Metric.exact("count", List.of(), "", Optional.of(5.0), "samples"));
    assertThat(few.isPassed()).isFalse();
    assertThat(few.isError()).isFalse();
  }

  @Test
  void everyComparisonKnowsItsBounds() {
    for (Constraint.Kind kind : Constraint.Kind.values()) {
      Constraint constraint = Constraint.of(kind, 2);
      boolean not = kind == Constraint.Kind.NOT_EQUALS || kind == Constraint.Kind.NOT_BETWEEN;
      boolean equal = !not && kind != Constraint.Kind.ABOVE && kind != Constraint.Kind.BELOW;
      boolean less = not || kind == Constraint.Kind.AT_MOST || kind == Constraint.Kind.BELOW;
      boolean more = not || kind == Constraint.Kind.AT_LEAST || kind == Constraint.Kind.ABOVE;
      assertThat(constraint.holds(2)).as(kind.key()).isEqualTo(equal);
      assertThat(constraint.holds(Math.nextDown(2))).as(kind.key()).isEqualTo(less);
      assertThat(constraint.holds(Math.nextUp(2))).as(kind.key()).isEqualTo(more);
      assertThat(constraint.holds(Double.NaN)).isFalse();
    }
  }
}
