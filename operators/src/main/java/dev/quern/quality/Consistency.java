package dev.quern.quality;

import dev.quern.data.Batch;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.ChangedCells;
import dev.quern.expression.BoundExpression;
import dev.quern.expression.Expression;
import dev.quern.expression.ExpressionException;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Limits;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.SecondLook;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.HashCounts;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * consistency = what agrees / what can be compared, a fraction. What that is depends on {@code of};
 * values that are missing are not compared.
 *
 * <ul>
 *   <li>dependency: the fields but the last, x, determine the last, y: pairs of samples of one x
 *       that have one y / pairs of one x, Σ_x Σ_y C(n_xy, 2) / Σ_x C(n_x, 2); no pair is
 *       enumerated. {@code [majority]} = Σ_x max_y n_xy / n = 1 − g3 (Kivinen, Mannila 1995)
 *   <li>majority: the same, checks compare {@code [majority]}
 *   <li>label: samples whose last field has the most frequent value among the samples that are
 *       equal in the other fields / samples that have such equals
 *   <li>source: as dependency, of samples of one x from different values of {@code source}
 *   <li>reference: 1 − orphans / references; values of the first field that do not occur in the
 *       second are orphans
 *   <li>format: texts of the most frequent mask (letters, digits, signs; runs once) / texts
 *   <li>rule: samples that fulfil {@code rule} / samples for which it is true or false
 * </ul>
 *
 * <p>Exact: values are told apart by 64-bit hashes, 24 bytes for each pair.
 *
 * @param fields the fields compared; none for a rule
 * @param of what is compared
 * @param source the field that names where a sample comes from; for source
 * @param rule a condition over several fields; for rule
 */
public record Consistency(
    Optional<List<String>> fields, Of of, Optional<String> source, Optional<String> rule)
    implements Analyzer<Counted> {
  /** What is compared. */
  public enum Of {
    DEPENDENCY,
    MAJORITY,
    LABEL,
    SOURCE,
    REFERENCE,
    FORMAT,
    RULE
  }

  private static final String USUAL = "usual";

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "The fields compared, of a dependency the determined one last.",
                  "要比较的字段；依赖关系中被决定的字段写在最后。"))
          .optional();

  private static final Param<Of> OF =
      Param.choice(
              "of",
              Of.class,
              new Localized(
                  "What must agree: a dependency (by pairs or by majority), labels of equal inputs,"
                      + " sources, references, the format of a text, or a rule.",
                  "必须一致的内容：依赖关系（按对或按多数）、相同输入的标签、不同来源、引用、文本格式或规则。"))
          .or(Of.DEPENDENCY);

  private static final Param<String> SOURCE =
      Param.field(
              "source",
              new Localized(
                  "The field that names where a sample comes from, for of: source.",
                  "of: source 时，说明样本来源的字段。"))
          .optional();

  private static final Param<String> RULE =
      Param.expression(
              "rule",
              new Localized(
                  "A condition over several fields, for of: rule.", "of: rule 时，涉及多个字段的条件。"))
          .optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.consistency",
          new Localized(
              "The fraction of values that agree: with a dependency, a rule, a reference, each"
                  + " other.",
              "相互一致的值所占的比例：依赖关系、规则、引用或彼此之间。"),
          "ISO/IEC 25012, consistency (own definition); g3: Kivinen, Mannila 1995",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, OF, SOURCE, RULE),
          List.of(
              new Example(
                  "{fields: [zip, city]}",
                  "[{\"zip\": 1, \"city\": \"a\"}, {\"zip\": 1, \"city\": \"a\"}, {\"zip\": 1,"
                      + " \"city\": \"b\"}, {\"zip\": 2, \"city\": \"c\"}, {\"zip\": 2, \"city\":"
                      + " null}]",
                  "{\"consistency(zip, city)\": 0.3333333333333333,"
                      + " \"consistency(zip, city)[majority]\": 0.75}"),
              new Example(
                  "{fields: [text, label], of: label}",
                  "[{\"text\": \"a\", \"label\": 1}, {\"text\": \"a\", \"label\": 1}, {\"text\":"
                      + " \"a\", \"label\": 0}, {\"text\": \"b\", \"label\": 0}]",
                  "{\"consistency(text, label)[label]\": 0.6666666666666666}"),
              new Example(
                  "{fields: [id, name], of: source, source: from}",
                  "[{\"id\": 1, \"name\": \"a\", \"from\": \"x\"}, {\"id\": 1, \"name\": \"a\","
                      + " \"from\": \"y\"}, {\"id\": 1, \"name\": \"b\", \"from\": \"y\"}]",
                  "{\"consistency(id, name)[source]\": 0.5}"),
              new Example(
                  "{fields: [parent, id], of: reference}",
                  "[{\"id\": 1, \"parent\": null}, {\"id\": 2, \"parent\": 1}, {\"id\": 3,"
                      + " \"parent\": 9}]",
                  "{\"consistency(parent, id)[reference]\": 0.5}"),
              new Example(
                  "{fields: [code], of: format}",
                  "[{\"code\": \"AB-12\"}, {\"code\": \"XYZ-7\"}, {\"code\": \"12\"}, {\"code\":"
                      + " null}]",
                  "{\"consistency(code)[format]\": 0.6666666666666666}"),
              new Example(
                  "{of: rule, rule: \"low <= high\"}",
                  "[{\"low\": 1, \"high\": 2}, {\"low\": 3, \"high\": 2}, {\"low\": null, \"high\":"
                      + " 2}]",
                  "{\"consistency(low, high)[rule]\": 0.5}")),
          params ->
              new Consistency(
                  params.find(FIELDS), params.get(OF), params.find(SOURCE), params.find(RULE)));

  @Override
  public Judging judging() {
    return switch (of) {
      case DEPENDENCY ->
          Judging.responsible(
              "each sample whose last field is not the most frequent one of its group",
              "末字段的值不是组内最常见值的每个样本");
      case MAJORITY, LABEL ->
          Judging.failures(
              "each sample whose last field is not the most frequent one of its group",
              "末字段的值不是组内最常见值的每个样本");
      case SOURCE ->
          Judging.responsible(
              "in groups of several sources, each sample whose last field is not the most frequent"
                  + " one",
              "在有多个来源的组中，末字段的值不是最常见值的每个样本");
      case REFERENCE -> Judging.failures("each sample whose reference is an orphan", "引用无对应值的每个样本");
      case FORMAT ->
          Judging.failures(
              "each sample whose text has not the most frequent mask", "文本格式不是最常见格式的每个样本");
      case RULE -> Judging.failures("each sample for which the rule is false", "不满足规则的每个样本");
    };
  }

  @Override
  public void check(Schema input) {
    adding(input);
  }

  @Override
  public Counted zero(Schema input, StepRun run) {
    return new Counted(adding(input));
  }

  @Override
  public Counted read(DataInput in, Schema input, StepRun run) throws IOException {
    return Counted.read(in, adding(input));
  }

  @Override
  public List<Metric> metrics(Counted state, Schema input) {
    PairCounts counts = PairCounts.of(state.pairs);
    List<String> names = fields.orElseGet(() -> List.copyOf(condition(input).fields()));
    Metric pairs = Metric.proportion("consistency", names, counts.agreeing(), counts.pairs());
    Metric majority =
        Metric.proportion("consistency", names, counts.majority(), counts.samples())
            .part("majority");
    return switch (of) {
      case DEPENDENCY -> List.of(pairs, majority);
      case MAJORITY -> List.of(majority, pairs);
      case LABEL -> List.of(part(names, "label", counts.repeatedMajority(), counts.repeated()));
      case SOURCE -> {
        double agreeing = counts.agreeing() - PairCounts.of(state.sourcedPairs).agreeing();
        double compared = counts.pairs() - PairCounts.of(state.sources).agreeing();
        yield List.of(part(names, "source", agreeing, compared));
      }
      case REFERENCE -> List.of(part(names, "reference", found(state), state.pairs.total()));
      case FORMAT -> List.of(part(names, "format", Mask.most(state.masks), state.masks.total()));
      case RULE -> List.of(part(names, "rule", state.satisfied, state.applicable));
    };
  }

  private static Metric part(List<String> names, String part, double numerator, double of) {
    return Metric.proportion("consistency", names, numerator, of).part(part);
  }

  private static long found(Counted state) {
    return state.pairs.total() - orphans(state).total();
  }

  /** Both counts come ascending, so one walk finds what is in both. */
  private static HashCounts orphans(Counted state) {
    long[] known = new long[2 * state.sources.distinct()];
    int[] at = {0};
    state.sources.forEach(
        (high, low, count) -> {
          known[at[0]++] = high;
          known[at[0]++] = low;
        });
    HashCounts orphans = new HashCounts();
    at[0] = 0;
    state.pairs.forEach(
        (high, low, count) -> {
          while (at[0] < known.length && compare(known, at[0], high, low) < 0) {
            at[0] += 2;
          }
          if (at[0] == known.length || compare(known, at[0], high, low) != 0) {
            orphans.add(high, low, count);
          }
        });
    return orphans;
  }

  private static int compare(long[] known, int at, long high, long low) {
    int order = Long.compareUnsigned(known[at], high);
    return order != 0 ? order : Long.compareUnsigned(known[at + 1], low);
  }

  private BiConsumer<Batch, Counted> adding(Schema input) {
    if (of == Of.RULE) {
      return Countings.satisfaction(condition(input));
    }
    int least = of == Of.FORMAT ? 1 : 2;
    List<String> names = fields.orElse(List.of());
    if (names.size() < least || least == 1 && names.size() > 1) {
      throw new BindException(
          "fields",
          "must name "
              + (least == 1 ? "one field" : "at least two fields")
              + " for this kind; found: "
              + names.size());
    }
    if (of == Of.FORMAT) {
      int[] text =
          FieldChoice.named(input, "fields", names, "text", f -> f.type().equals(Type.TEXT));
      return Countings.masks(text[0]);
    }
    int[] positions = FieldChoice.named(input, "fields", names);
    if (of == Of.REFERENCE) {
      return references(input, positions);
    }
    RowHash determining = new RowHash(determining(positions));
    RowHash determined = new RowHash(positions[positions.length - 1]);
    if (of != Of.SOURCE) {
      return Countings.pairs(determining, determined);
    }
    if (source.isEmpty()) {
      throw new BindException("source", "must be given for this kind; found: nothing");
    }
    int from = FieldChoice.named(input, "source", List.of(source.get()))[0];
    return Countings.sources(determining, determined, new RowHash(from));
  }

  private static BiConsumer<Batch, Counted> references(Schema input, int[] positions) {
    Type one = input.field(positions[0]).type();
    Type other = input.field(positions[1]).type();
    if (positions.length != 2 || !one.equals(other)) {
      throw new BindException(
          "fields",
          "must name two fields of one type, whose values are references and whose are referred to;"
              + " found: "
              + positions.length
              + " fields, "
              + one
              + " and "
              + other);
    }
    return Countings.references(new RowHash(positions[0]), new RowHash(positions[1]));
  }

  private BoundExpression condition(Schema input) {
    if (rule.isEmpty()) {
      throw new BindException("rule", "must be given for this kind; found: nothing");
    }
    try {
      return Expression.parse(rule.get()).bindCondition(input);
    } catch (ExpressionException e) {
      throw new BindException("rule", String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Fit judged(Counted state, Schema input, Limits limits) {
    return switch (of) {
      case DEPENDENCY, MAJORITY, LABEL -> Majorities.fit(state.pairs, Optional.empty());
      case SOURCE -> Majorities.fit(state.pairs, Optional.of(state.sources));
      case REFERENCE -> KnownHashes.fit(orphans(state));
      case FORMAT -> new Fit(Map.of(USUAL, Mask.mostFrequent(state.masks)));
      case RULE -> new Fit(Map.of());
    };
  }

  /** The values of majorities are known by their hashes until somebody wants to see them. */
  @Override
  public Optional<SecondLook<?>> secondLook(Schema input, Fit fit, ChangedCells told) {
    return switch (of) {
      case DEPENDENCY, MAJORITY, LABEL, SOURCE -> {
        if (told != ChangedCells.VALUES || Majorities.read(fit).isEmpty()) {
          yield Optional.empty();
        }
        int[] positions = FieldChoice.named(input, "fields", fields.orElse(List.of()));
        yield Optional.of(
            Majorities.texts(fit, determining(positions), positions[positions.length - 1]));
      }
      case REFERENCE, FORMAT, RULE -> Optional.empty();
    };
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    if (of == Of.RULE) {
      return ConsistencyJudges.condition(condition(input), "breaks_rule");
    }
    List<String> names = fields.orElse(List.of());
    int[] positions = FieldChoice.named(input, "fields", names);
    if (of == Of.FORMAT) {
      String usual = String.valueOf(fit.values().get(USUAL));
      return ConsistencyJudges.masks(usual, positions[0], names.get(0));
    }
    if (of == Of.REFERENCE) {
      return ConsistencyJudges.orphans(
          KnownHashes.read(fit), new RowHash(positions[0]), names.subList(0, 1));
    }
    int last = positions.length - 1;
    List<String> atFault = new ArrayList<>();
    atFault.add(names.get(last));
    atFault.addAll(names.subList(0, last));
    Optional<RowHash> from =
        of == Of.SOURCE
            ? source.map(name -> new RowHash(FieldChoice.named(input, "source", List.of(name))))
            : Optional.empty();
    return ConsistencyJudges.minorities(
        Majorities.read(fit),
        new RowHash(determining(positions)),
        new RowHash(positions[last]),
        from,
        atFault);
  }

  private static int[] determining(int[] positions) {
    return Arrays.copyOf(positions, positions.length - 1);
  }
}
