package dev.quern.quality;

import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.HashCounts;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * coverage = Σ min(n_k, e_k) / Σ e_k over the groups k of a field, a fraction: how much of what is
 * expected of each group is there; what one group has too much of makes up for no other. e_k is the
 * share of the group times the number of samples expected in all. Shares are given, or those of the
 * groups of a reference version.
 *
 * <p>Further {@code [groups]}, the fraction of groups with n_k ≥ min_ratio · e_k; {@code
 * [worst_ratio]}, the least n_k / e_k; {@code [unexpected]}, the fraction of samples of none of the
 * groups. Missing values are samples of no group. Without shares and without a version to refer to
 * there is no value. Exact; a 128-bit hash and a count are held for each group.
 *
 * @param field the field of the groups; its values are compared as they are written
 * @param shares share by group, scaled to sum 1
 * @param expected samples expected in all; absent: as many as there are of the groups, so that the
 *     metric tells of their balance alone
 * @param reference a version whose groups are expected, {@code NAME[@V]}
 * @param minRatio part of the expected samples from which a group is covered, in [0, 1]
 * @param where the condition for which samples are measured
 */
public record Coverage(
    String field,
    Optional<Map<String, Double>> shares,
    Optional<Long> expected,
    Optional<String> reference,
    double minRatio,
    Optional<String> where)
    implements Analyzer<GroupCounts> {
  private static final String NAME = "coverage";

  private static final Param<String> FIELD =
      Param.field("field", new Localized("The field of the groups.", "分组所依据的字段。"));

  private static final Param<Map<String, Double>> SHARES =
      Param.weights(
              "shares",
              Param.Kind.MAP,
              new Localized(
                  "The share of each group that is expected, scaled to sum 1.",
                  "各组应有的份额，按总和为 1 缩放。"))
          .optional();

  private static final Param<Long> EXPECTED =
      Param.integer(
              "expected",
              "samples",
              1,
              Long.MAX_VALUE,
              new Localized(
                  "Samples expected in all; by default as many as there are of the groups.",
                  "应有的样本总数；默认为各组现有的样本数。"))
          .optional();

  private static final Param<String> REFERENCE =
      Param.text(
              "reference",
              new Localized(
                  "The version whose groups are expected, NAME[@VERSION].",
                  "以其分组为期望的版本：NAME[@VERSION]。"))
          .where("a dataset version, NAME or NAME@V", text -> text.matches(Drift.VERSION))
          .optional();

  private static final Param<Double> MIN_RATIO =
      Param.fraction(
              "min_ratio",
              new Localized(
                  "The part of the expected samples from which a group is covered.",
                  "一组达到应有样本数的多大比例才算被覆盖。"))
          .or(0.8);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.coverage",
          new Localized("How much of the samples expected of each group is there.", "各组应有样本的到位程度。"),
          "ISO/IEC 5259-2, representativeness (own definition)",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELD, SHARES, EXPECTED, REFERENCE, MIN_RATIO, Restriction.WHERE),
          List.of(
              new Example(
                  "{field: region, shares: {north: 0.5, south: 0.25, west: 0.25}, expected: 8}",
                  "[{\"region\": \"north\"}, {\"region\": \"north\"}, {\"region\": \"north\"},"
                      + " {\"region\": \"north\"}, {\"region\": \"north\"}, {\"region\":"
                      + " \"south\"}, {\"region\": \"east\"}, {\"region\": null}]",
                  "{\"coverage(region)\": 0.625, \"coverage(region)[groups]\": 0.3333333333333333,"
                      + " \"coverage(region)[worst_ratio]\": 0.0,"
                      + " \"coverage(region)[unexpected]\": 0.25}"),
              new Example(
                  "{field: region, reference: census}",
                  "[[{\"region\": \"north\"}, {\"region\": \"north\"}], [{\"region\": \"north\"},"
                      + " {\"region\": \"south\"}]]",
                  "{\"coverage(region)\": 0.5}"),
              new Example(
                  "{field: region, shares: {north: 1}}",
                  "[{\"region\": null}]",
                  "{\"coverage(region)\": null}")),
          Coverage::create);

  /** Makes an analyzer. */
  public Coverage {
    shares = shares.map(given -> Collections.unmodifiableMap(new TreeMap<>(given)));
  }

  private static Coverage create(Params params) {
    return new Coverage(
        params.get(FIELD),
        params.find(SHARES),
        params.find(EXPECTED),
        params.find(REFERENCE),
        params.get(MIN_RATIO),
        params.find(Restriction.WHERE));
  }

  @Override
  public Judging judging() {
    return Judging.none(
        "a group has too few samples; none of those it has is wrong", "组内样本过少；已有的样本本身没有错");
  }

  @Override
  public void check(Schema input) {
    if (shares.isPresent() == reference.isPresent()) {
      throw new BindException(
          SHARES.name(),
          "or reference must be given; found: " + (shares.isPresent() ? "both" : "none"));
    }
    position(input);
  }

  @Override
  public GroupCounts zero(Schema input, StepRun run) {
    return new GroupCounts(position(input));
  }

  @Override
  public GroupCounts read(DataInput in, Schema input, StepRun run) throws IOException {
    return GroupCounts.read(in, position(input));
  }

  @Override
  public List<Metric> metrics(GroupCounts state, Schema input) {
    Map<Group, Double> weights = new TreeMap<>();
    Hash128 hash = new Hash128();
    shares
        .orElse(Map.of())
        .forEach((name, share) -> weights.put(Group.of(GroupCounts.hash(hash, name)), share));
    return metrics(state, weights);
  }

  @Override
  public List<Metric> metrics(
      GroupCounts state, Schema input, GroupCounts others, Schema referenceInput) {
    Map<Group, Double> weights = new TreeMap<>();
    others.groups().forEach((high, low, n) -> weights.put(new Group(high, low), (double) n));
    return metrics(state, weights);
  }

  /** A group by its hash, in an order that does not depend on where it was seen. */
  private record Group(long high, long low) implements Comparable<Group> {
    static Group of(Hash128 hash) {
      return new Group(hash.high(), hash.low());
    }

    @Override
    public int compareTo(Group other) {
      int order = Long.compare(high, other.high);
      return order == 0 ? Long.compare(low, other.low) : order;
    }
  }

  private List<Metric> metrics(GroupCounts state, Map<Group, Double> weights) {
    weights.values().removeIf(weight -> weight == 0);
    Map<Group, Long> found = new TreeMap<>();
    HashCounts groups = state.groups();
    groups.forEach(
        (high, low, n) -> {
          Group group = new Group(high, low);
          if (weights.containsKey(group)) {
            found.put(group, n);
          }
        });
    double sum = weights.values().stream().mapToDouble(weight -> weight).sum();
    long known = found.values().stream().mapToLong(n -> n).sum();
    double all = expected.map(n -> (double) n).orElse((double) known);
    double there = 0;
    double worst = Double.POSITIVE_INFINITY;
    long covered = 0;
    boolean none = weights.isEmpty() || all == 0;
    for (Map.Entry<Group, Double> one : weights.entrySet()) {
      double wanted = one.getValue() / sum * all;
      long n = found.getOrDefault(one.getKey(), 0L);
      there += Math.min(n, wanted);
      worst = none ? 0 : Math.min(worst, n / wanted);
      covered += n >= minRatio * wanted ? 1 : 0;
    }
    long samples = weights.isEmpty() ? 0 : state.samples();
    List<String> fields = List.of(field);
    List<Metric> metrics = new ArrayList<>();
    metrics.add(Metric.proportion(NAME, fields, there, none ? 0 : all));
    metrics.add(part("groups", covered, none ? 0 : weights.size()));
    metrics.add(part("worst_ratio", none ? 0 : worst, none ? 0 : 1));
    metrics.add(part("unexpected", samples - (samples == 0 ? 0 : known), samples));
    return reference.isPresent()
        ? metrics.stream().map(metric -> metric.on(Metric.Basis.REFERENCE)).toList()
        : metrics;
  }

  private Metric part(String part, double numerator, double denominator) {
    return Metric.proportion(NAME, List.of(field), numerator, denominator).part(part);
  }

  private int position(Schema input) {
    return FieldChoice.named(
        input,
        "field",
        List.of(field),
        "text, long, bool or another scalar",
        found -> found.type().isScalar() && found.type().kind() != Type.Kind.BYTES)[0];
  }
}
