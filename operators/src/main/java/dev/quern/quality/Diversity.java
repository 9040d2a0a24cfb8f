package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.DistinctCount;
import dev.quern.statistics.ExactSum;
import dev.quern.statistics.HashCounts;
import dev.quern.statistics.Interval;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How evenly the values of a field are spread: diversity = H / ln K, H = −Σ p·ln p over its K
 * different values, a fraction; of a single value 0.
 *
 * <p>Further {@code [effective]} = exp(H), the number of equally frequent values as diverse as
 * these (Hill number of order 1); {@code [simpson]} = 1 / Σ p² (order 2); {@code [balance]} = min n
 * / max n. With {@code words}: distinct-n, different runs of so many words / runs of words (Li et
 * al. 2016); exact up to 4,096 different runs, then estimated with relative standard error 0.81 %.
 *
 * @param field the field; of texts where words is given
 * @param words words of a run; absent: values are counted
 */
public record Diversity(String field, Optional<Integer> words) implements Analyzer<Spread> {
  /** 1.96 standard errors of the estimate of distinct values. */
  private static final double RELATIVE = 1.96 * 0.0081;

  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field.", "字段。"));

  private static final Param<Long> WORDS =
      Param.integer(
              "words",
              "words",
              1,
              16,
              new Localized(
                  "Count different runs of so many words instead of values.",
                  "统计这么多个词的不同连续片段，而不是值。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.diversity",
          new Localized(
              "How evenly the values of a field are spread, or how many runs of words differ.",
              "字段取值分布的均匀程度，或不同词片段的比例。"),
          "Shannon 1948; Hill 1973; distinct-n: Li et al. 2016, arXiv:1510.03055",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, WORDS),
          List.of(
              new Example(
                  "{field: kind}",
                  "[{\"kind\": \"a\"}, {\"kind\": \"a\"}, {\"kind\": \"b\"}, {\"kind\": \"b\"},"
                      + " {\"kind\": null}]",
                  "{\"diversity(kind)\": 1.0, \"diversity(kind)[effective]\": 2.0,"
                      + " \"diversity(kind)[simpson]\": 2.0, \"diversity(kind)[balance]\": 1.0}"),
              new Example(
                  "{field: text, words: 2}",
                  "[{\"text\": \"to be or not to be\"}, {\"text\": \"be\"}]",
                  "{\"diversity(text)[distinct_2]\": 0.8}")),
          params -> new Diversity(params.get(FIELD), params.find(WORDS).map(Long::intValue)));

  @Override
  public Judging judging() {
    return Judging.none(
        "how evenly values are spread is decided by all samples together", "取值分布的均匀程度由全部样本共同决定");
  }

  @Override
  public void check(Schema input) {
    position(input);
  }

  @Override
  public Spread zero(Schema input, StepRun run) {
    return new Spread(position(input), words.orElse(0));
  }

  @Override
  public Spread read(DataInput in, Schema input, StepRun run) throws IOException {
    return Spread.read(in, position(input), words.orElse(0));
  }

  @Override
  public List<Metric> metrics(Spread state, Schema input) {
    return words.isPresent()
        ? List.of(distinct(state, "distinct_" + words.get()))
        : spread(state.values());
  }

  private List<Metric> spread(HashCounts values) {
    long n = values.total();
    ExactSum entropy = new ExactSum();
    ExactSum squares = new ExactSum();
    long[] extrema = {Long.MAX_VALUE, 0};
    values.forEach(
        (high, low, count) -> {
          double p = (double) count / n;
          entropy.add(-p * StrictMath.log(p));
          squares.add(p * p);
          extrema[0] = Math.min(extrema[0], count);
          extrema[1] = Math.max(extrema[1], count);
        });
    int k = values.distinct();
    double h = Math.max(0, entropy.value());
    double even = k < 2 ? 0 : Math.min(1, h / StrictMath.log(k));
    return List.of(
        metric("", even, even * n, n, "fraction"),
        metric("effective", StrictMath.exp(h), k, n, "values"),
        metric("simpson", n == 0 ? 0 : 1 / squares.value(), k, n, "values"),
        Metric.proportion("diversity", List.of(field), n == 0 ? 0 : extrema[0], extrema[1])
            .part("balance"));
  }

  private Metric metric(String part, double value, double numerator, long n, String unit) {
    return new Metric(
        "diversity",
        List.of(field),
        part,
        n == 0 ? Optional.empty() : Optional.of(value),
        numerator,
        n,
        Metric.Basis.RULE,
        unit,
        Metric.Precision.EXACT);
  }

  private Metric distinct(Spread state, String part) {
    DistinctCount distinct = state.distinct();
    long runs = state.runs();
    double found = Math.min(distinct.value(), runs);
    boolean exact = distinct.isExact();
    double error = exact ? 0 : RELATIVE * found;
    return new Metric(
        "diversity",
        List.of(field),
        part,
        runs == 0 ? Optional.empty() : Optional.of(found / runs),
        found,
        runs,
        Metric.Basis.RULE,
        "fraction",
        exact ? Metric.Precision.EXACT : Metric.Precision.ESTIMATED,
        runs == 0
            ? Optional.empty()
            : Optional.of(
                new Interval((found - error) / runs, Math.min(1, (found + error) / runs))));
  }

  private int position(Schema input) {
    return words.isPresent()
        ? FieldChoice.named(
            input, "field", List.of(field), "text", found -> found.type().equals(Type.TEXT))[0]
        : FieldChoice.named(input, "field", List.of(field))[0];
  }
}
