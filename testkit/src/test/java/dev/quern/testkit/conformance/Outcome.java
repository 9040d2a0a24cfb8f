package dev.quern.testkit.conformance;

import dev.quern.check.Check;
import dev.quern.check.CheckReader;
import dev.quern.check.CheckResult;
import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.engine.Accumulator;
import dev.quern.engine.Folding;
import dev.quern.engine.RunContext;
import dev.quern.engine.Task;
import dev.quern.format.json.Json;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.OperatorTasks;
import dev.quern.operator.Params;
import dev.quern.operator.Registry;
import dev.quern.operator.Restriction;
import dev.quern.testkit.MemorySamples;
import dev.quern.testkit.Trial;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a case.
 *
 * @param one the case
 * @param checks the checks it was translated to; none if it cannot be
 * @param kind whether both say the same
 * @param reason why they differ, or why there are no checks
 */
record Outcome(Fixtures.Case one, List<String> checks, Kind kind, String reason) {
  /** Whether both say the same. */
  enum Kind {
    AGREES,
    DIFFERS,
    NOT_EXPRESSIBLE
  }

  boolean isExpressed() {
    return kind != Kind.NOT_EXPRESSIBLE;
  }

  boolean agrees() {
    return kind == Kind.AGREES;
  }

  /** A check with its metrics and result. */
  private record Measured(List<Metric> metrics, CheckResult result) {
    Metric metric() {
      return metrics.get(0);
    }
  }

  /** What the checks of a case say; a problem where a recipe with them would be refused. */
  private record Answer(List<Measured> measured, Optional<String> problem) {
    boolean passed() {
      return measured.stream().allMatch(one -> one.result().isPassed());
    }

    boolean lacksEvidence() {
      return measured.stream()
          .anyMatch(one -> one.result().status() == CheckResult.Status.NO_EVIDENCE);
    }
  }

  static Outcome of(Fixtures.Case one, Registry registry) {
    List<String> checks;
    try {
      checks = Translations.checks(one.expectation(), one.in(), one.data().schema());
    } catch (Translations.NotExpressible e) {
      return new Outcome(one, List.of(), Kind.NOT_EXPRESSIBLE, String.valueOf(e.getMessage()));
    }
    if (!one.isTelling()) {
      return new Outcome(
          one, List.of(), Kind.NOT_EXPRESSIBLE, "the case tells nothing to compare with");
    }
    Optional<String> difference = difference(one, answer(checks, one.data(), registry));
    return new Outcome(
        one, checks, difference.isEmpty() ? Kind.AGREES : Kind.DIFFERS, difference.orElse(""));
  }

  private static Answer answer(List<String> checks, Batch data, Registry registry) {
    List<Measured> measured = new ArrayList<>();
    for (String line : checks) {
      List<Params.Problem> problems = new ArrayList<>();
      Optional<Check> check = CheckReader.read(line, registry, problems);
      if (check.isEmpty()) {
        return new Answer(List.of(), Optional.of(problems.get(0).message()));
      }
      try {
        List<Metric> metrics = metrics(check.get(), data, registry);
        measured.add(new Measured(metrics, check.get().evaluate(metrics.get(0))));
      } catch (BindException e) {
        return new Answer(List.of(), Optional.of(String.valueOf(e.getMessage())));
      }
    }
    return new Answer(measured, Optional.empty());
  }

  /** As a run does: bound, folded in parts that are written, read and merged. */
  private static List<Metric> metrics(Check check, Batch data, Registry registry) {
    OperatorSpec spec = registry.find(check.analyzer()).orElseThrow();
    Task task =
        new Task(
            "check",
            spec.name(),
            spec.revision(),
            Json.canonical(check.parameters()),
            Task.Scope.ALL,
            Optional.empty());
    Analyzer<?> analyzer = (Analyzer<?>) OperatorTasks.operator(registry, task);
    Restriction.check(analyzer, data.schema());
    OperatorTasks tasks =
        new OperatorTasks(
            registry,
            key -> {
              throw new IllegalStateException("no fit is asked for");
            },
            Trial.SECRETS);
    Folding folding = tasks.folding(task, data.schema(), new RunContext(42));
    try {
      return metrics(analyzer, folded(folding, data), data.schema());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Accumulator<?> folded(Folding folding, Batch data) throws IOException {
    Accumulator whole = folding.zero();
    int part = 3;
    for (int from = data.count(); from > 0; from -= part) {
      int first = Math.max(0, from - part);
      int[] rows = new int[from - first];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = data.row(first + i);
      }
      Accumulator<?> some = folding.zero();
      some.add(data.select(rows, rows.length));
      whole.merge(folding.read(in(some)));
    }
    return folding.read(in(whole));
  }

  private static DataInputStream in(Accumulator<?> state) {
    return new DataInputStream(new ByteArrayInputStream(MemorySamples.state(state)));
  }

  @SuppressWarnings("unchecked")
  private static <A extends Accumulator<A>> List<Metric> metrics(
      Analyzer<A> analyzer, Accumulator<?> state, Schema schema) {
    return analyzer.metrics((A) Restriction.collected(state), schema);
  }

  private static Optional<String> difference(Fixtures.Case one, Answer answer) {
    if (one.refused()) {
      return answer.problem().isPresent()
          ? Optional.empty()
          : Optional.of("they refuse the arguments, we measure");
    }
    if (answer.problem().isPresent()) {
      return Optional.of("we refuse the check: " + Refusals.kind(answer.problem().get()));
    }
    Object success = one.out().get("success");
    if (success instanceof Boolean met && met != answer.passed()) {
      return Optional.of(
          answer.lacksEvidence()
              ? "nothing to measure: we say no evidence, they say success"
              : "we say " + answer.passed() + ", they say " + met);
    }
    return unexpected(one, answer).or(() -> observed(one, answer)).or(() -> partition(one, answer));
  }

  /** Compares the number of unexpected values. */
  private static Optional<String> unexpected(Fixtures.Case one, Answer answer) {
    Metric metric = answer.measured().get(0).metric();
    if (!metric.unit().equals("fraction")) {
      return Optional.empty();
    }
    boolean inverse = one.expectation().equals("expect_column_values_to_be_null");
    double ours = inverse ? metric.numerator() : metric.denominator() - metric.numerator();
    for (Map<String, @Nullable Object> out : outs(one)) {
      for (String key : List.of("unexpected_list", "unexpected_index_list", "unexpected_count")) {
        Object given = out.get(key);
        double theirs =
            given instanceof List<?> list
                ? list.size()
                : given instanceof Number number ? number.doubleValue() : ours;
        if (ours != theirs) {
          return Optional.of("unexpected values: we count another number");
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> observed(Fixtures.Case one, Answer answer) {
    for (Map<String, @Nullable Object> out : outs(one)) {
      if (!out.containsKey("observed_value")) {
        continue;
      }
      for (int i = 0; i < answer.measured().size(); i++) {
        Optional<Double> ours = answer.measured().get(i).metric().value();
        String unit = answer.measured().get(i).metric().unit();
        if (!isNear(out.get("observed_value"), ours, i, unit, one.tolerance())) {
          return Optional.of("observed value: we find another");
        }
      }
    }
    return Optional.empty();
  }

  /** Compares the fractions found of bins and beyond them. */
  private static Optional<String> partition(Fixtures.Case one, Answer answer) {
    if (!(one.out().get("observed_partition") instanceof Map<?, ?> found)) {
      return Optional.empty();
    }
    List<Object> theirs = new ArrayList<>(Json.list(found.get("weights")));
    List<@Nullable Object> tails = Json.list(found.get("tail_weights"));
    theirs.add(0, java.util.Objects.requireNonNull(tails.get(0)));
    theirs.add(java.util.Objects.requireNonNull(tails.get(1)));
    List<Metric> parts = answer.measured().get(0).metrics();
    boolean near = parts.size() == theirs.size() + 1;
    for (int i = 0; near && i < theirs.size(); i++) {
      near = isNear(theirs.get(i), parts.get(i + 1).value(), 0, "fraction", one.tolerance());
    }
    return near ? Optional.empty() : Optional.of("observed partition: we find another");
  }

  private static boolean isNear(
      @Nullable Object theirs, Optional<Double> ours, int check, String unit, double tolerance) {
    if (theirs == null) {
      return ours.isEmpty() || !Double.isFinite(ours.get());
    }
    if (theirs instanceof Map<?, ?> map && map.get("values") instanceof List<?> values) {
      return isNear(values.get(check), ours, 0, unit, tolerance);
    }
    if (theirs instanceof List<?> list) {
      // Values are told as a list, we tell how many there are.
      return check > 0 || !unit.equals("values") || ours.equals(Optional.of((double) list.size()));
    }
    double number;
    if (theirs instanceof Number given) {
      number = given.doubleValue();
    } else if (String.valueOf(theirs).matches("\\d{4}-.*")) {
      number = Fixtures.instant(String.valueOf(theirs)).getEpochSecond();
    } else if (String.valueOf(theirs).matches("\\d+ unexpected rows?")) {
      number = Double.parseDouble(String.valueOf(theirs).split(" ")[0]);
    } else {
      return true;
    }
    return ours.isPresent()
        && Math.abs(ours.get() - number) <= tolerance * Math.max(1, Math.abs(number));
  }

  private static List<Map<String, @Nullable Object>> outs(Fixtures.Case one) {
    Object result = one.out().get("result");
    return result instanceof Map<?, ?>
        ? List.of(one.out(), Json.object(result))
        : List.of(one.out());
  }
}
