package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.BindException;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.quality.rule.ValueSet;
import dev.quern.statistics.BinCounts;
import dev.quern.statistics.ColumnState;
import dev.quern.statistics.ColumnStates;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a distribution is expected to be: weights of values, or of bins of numbers and of what lies
 * below and above them. Weights are relative: they are divided by their sum.
 *
 * @param values the values; empty for bins
 * @param bins the ends of the bins, ascending; empty for values
 * @param weights one for each value or bin
 * @param tails weights below and above the bins
 * @param unexpected the share of all weight that values or tails get which are not expected
 * @param empty the share of the weight of bins that those of weight 0 get
 */
record Partition(
    List<Object> values,
    List<Double> bins,
    List<Double> weights,
    Optional<List<Double>> tails,
    double unexpected,
    double empty) {
  static final Param<List<Object>> VALUES =
      Param.scalars("values", new Localized("The values that have weights.", "带权重的值。")).optional();

  static final Param<List<Object>> BINS =
      Param.scalars(
              "bins", new Localized("The ends of bins of numbers, ascending.", "数值分箱的端点（升序）。"))
          .where(
              "a list of at least two ascending numbers",
              bins -> bins.size() > 1 && isAscending(bins))
          .optional();

  static final Param<List<Object>> WEIGHTS =
      Param.scalars("weights", new Localized("The weight of each value or bin.", "每个值或分箱的权重。"))
          .where("a list of numbers >= 0, one of them > 0", Partition::areWeights);

  static final Param<List<Object>> TAILS =
      Param.scalars(
              "tail_weights", new Localized("The weights below and above the bins.", "分箱之下与之上的权重。"))
          .where(
              "a list of two numbers >= 0",
              tails -> tails.size() == 2 && tails.stream().allMatch(Partition::isWeight))
          .optional();

  static final Param<Double> UNEXPECTED =
      Param.fraction(
              "unexpected",
              new Localized(
                  "The share of weight that values or tails get which have none.",
                  "未列出的值或尾部所占的权重份额。"))
          .or(0.0);

  static final Param<Double> EMPTY =
      Param.fraction(
              "empty",
              new Localized(
                  "The share of the weight of bins that those of weight 0 get.",
                  "权重为 0 的分箱所占的权重份额。"))
          .or(0.0);

  Partition {
    boolean discrete = !values.isEmpty();
    if (discrete == !bins.isEmpty()) {
      throw new IllegalArgumentException(
          "values or bins must be given; found: " + (discrete ? "both" : "none"));
    }
    int size = discrete ? values.size() : bins.size() - 1;
    if (weights.size() != size) {
      throw new IllegalArgumentException(
          "weights must be one for each value or bin, " + size + "; found: " + weights.size());
    }
    if (discrete && (tails.isPresent() || empty > 0)) {
      throw new IllegalArgumentException(
          "tail_weights and empty must stand with bins; found: values");
    }
    if (tails.isPresent() && unexpected > 0) {
      throw new IllegalArgumentException("unexpected must stand without tail_weights; found: both");
    }
  }

  /**
   * Returns the partition that {@code params} state.
   *
   * @throws IllegalArgumentException if they contradict each other
   */
  static Partition of(Params params) {
    return new Partition(
        params.find(VALUES).map(List::copyOf).orElse(List.of()),
        numbers(params.find(BINS).orElse(List.of())),
        numbers(params.get(WEIGHTS)),
        params.find(TAILS).map(Partition::numbers),
        params.get(UNEXPECTED),
        params.get(EMPTY));
  }

  private static List<Double> numbers(List<Object> plain) {
    List<Double> numbers = new ArrayList<>();
    plain.forEach(number -> numbers.add(((Number) number).doubleValue()));
    return List.copyOf(numbers);
  }

  private static boolean isWeight(Object plain) {
    return plain instanceof Number number
        && number.doubleValue() >= 0
        && Double.isFinite(number.doubleValue());
  }

  private static boolean areWeights(List<Object> plain) {
    return plain.stream().allMatch(Partition::isWeight)
        && plain.stream().anyMatch(weight -> ((Number) weight).doubleValue() > 0);
  }

  private static boolean isAscending(List<Object> plain) {
    double last = Double.NEGATIVE_INFINITY;
    for (Object end : plain) {
      if (!(end instanceof Number number) || !(number.doubleValue() > last)) {
        return false;
      }
      last = number.doubleValue();
    }
    return Double.isFinite(last);
  }

  boolean isDiscrete() {
    return !values.isEmpty();
  }

  /** Returns the position of the field, which must have values like these. */
  int[] position(Schema input, String field) {
    int[] position =
        isDiscrete()
            ? FieldChoice.named(input, "field", List.of(field))
            : FieldChoice.named(
                input, "field", List.of(field), "numbers", found -> found.type().isNumber());
    if (isDiscrete()) {
      int different = ValueSet.of(input.field(position[0]), "values", values).size();
      if (different < values.size()) {
        throw new BindException(
            "values", "must name each value once; found: " + different + " of " + values.size());
      }
    }
    return position;
  }

  ColumnState zero(Type type) {
    return isDiscrete() ? ValueCounts.zero(type) : new BinCounts(ends());
  }

  ColumnState read(Type type, DataInput in) throws IOException {
    return isDiscrete() ? ValueCounts.read(type, in) : BinCounts.read(in, ends());
  }

  private double[] ends() {
    return bins.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * What was found and what was expected, in the same order.
   *
   * @param names of the parts: the number of a value or bin from 1, {@code below}, {@code above},
   *     {@code others}
   */
  record Shares(List<String> names, long[] found, double[] expected) {
    long total() {
      return Arrays.stream(found).sum();
    }
  }

  /** Returns what {@code states} has collected of {@code field} beside what is expected. */
  Shares shares(Field field, ColumnStates states) {
    return isDiscrete() ? ofValues(field, states) : ofBins(states);
  }

  /** Each value that is not expected is a part of its own. */
  private Shares ofValues(Field field, ColumnStates states) {
    long[] expected = new long[values.size()];
    List<Long> more = new ArrayList<>();
    ValueCounts.forEach(
        field.type(),
        states,
        ValueSet.of(field, "values", values),
        (number, occurrences) -> {
          if (number < 0) {
            more.add(occurrences);
          } else {
            expected[number] = occurrences;
          }
        });
    List<String> names = new ArrayList<>();
    List<Long> found = new ArrayList<>();
    for (int i = 0; i < expected.length; i++) {
      names.add(Integer.toString(i + 1));
      found.add(expected[i]);
    }
    for (long occurrences : more) {
      names.add("others");
      found.add(occurrences);
    }
    int others = more.size();
    double sum = weights.stream().mapToDouble(Double::doubleValue).sum();
    double[] shares = new double[found.size()];
    for (int i = 0; i < shares.length; i++) {
      shares[i] =
          i < weights.size()
              ? weights.get(i) / sum * (others > 0 ? 1 - unexpected : 1)
              : unexpected / others;
    }
    return new Shares(names, found.stream().mapToLong(Long::longValue).toArray(), shares);
  }

  private Shares ofBins(ColumnStates states) {
    int size = weights.size();
    double[] shares = new double[size + 2];
    long zeros = weights.stream().filter(weight -> weight == 0).count();
    double share = empty > 0 ? 1 - empty : 1;
    for (int i = 0; i < size; i++) {
      double weight = weights.get(i);
      shares[i + 1] = weight == 0 && empty > 0 ? empty / zeros : weight * share;
    }
    if (tails.isPresent()) {
      shares[0] = tails.get().get(0);
      shares[size + 1] = tails.get().get(1);
    } else {
      for (int i = 1; i <= size; i++) {
        shares[i] *= 1 - unexpected;
      }
      shares[0] = unexpected / 2;
      shares[size + 1] = unexpected / 2;
    }
    double sum = Arrays.stream(shares).sum();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
      names.add(i == 0 ? "below" : i <= size ? Integer.toString(i) : "above");
    }
    return new Shares(names, states.state(BinCounts.class, 0).counts(), shares);
  }
}
