package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.Scalars;
import dev.quern.text.ValueWriter;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * accuracy = values equal to their reference / compared values, a fraction. The first field is
 * compared with the second: trusted data joined by key (by a check with {@code reference} and
 * {@code by}, or by {@code combine.lookup}), what people found of an audited sample, or the truth a
 * prediction is held against. A sample without a reference is not compared; a missing value beside
 * a reference is wrong. {@code reference_coverage} = compared / samples tells how many found their
 * reference.
 *
 * <p>Comparison with a reference counts all samples, so its interval is the value; an audit and
 * predictions are samples of what they stand for, so theirs is Wilson's.
 *
 * @param fields the field and its reference
 * @param compare when two values are equal
 * @param tolerance greatest difference of equal numbers, inclusive, in the unit of the field
 * @param similarity least edit similarity 1 − d / max(length) of equal texts, in [0, 1]
 * @param basis what the reference is
 */
public record Accuracy(
    List<String> fields, Compare compare, double tolerance, double similarity, Basis basis)
    implements Analyzer<ComparedCells> {
  /** When two values are equal. */
  public enum Compare {
    /** As they stand; numbers of different types by their value. */
    EXACT,
    /** Texts after NFKC, in lower case, white space at the ends removed, inside collapsed. */
    NORMALISED,
    /** Numbers that differ by no more than a tolerance; other values as normalised. */
    TOLERANCE,
    /** Normalised texts whose edit similarity is high enough; other values as normalised. */
    EDIT
  }

  /** What the reference is. */
  public enum Basis {
    REFERENCE,
    AUDIT,
    MODEL
  }

  private static final Param<List<String>> FIELDS =
      Param.fields(
              "fields",
              new Localized(
                  "The field, then the field of its reference, and so on pair by pair; none for a check"
                      + " with a reference: all fields that both have.",
                  "字段，以及其参考值所在的字段，可成对重复；带 reference 的检查可省略：比较双方共有的全部字段。"))
          .where(
              "a list of pairs of field names, or of at most one where the check has a reference",
              fields -> fields.size() < 2 || fields.size() % 2 == 0)
          .or(List.of());

  private static final Param<Compare> COMPARE =
      Param.choice(
              "compare",
              Compare.class,
              new Localized(
                  "When values are equal: exactly, normalised (NFKC, case and white space do not"
                      + " count), within a tolerance, or similar by edits.",
                  "何时视为相等：完全相等、规范化后相等（NFKC，忽略大小写与空白）、在容差内，或编辑相似。"))
          .or(Compare.NORMALISED);

  private static final Param<Double> TOLERANCE =
      Param.number(
              "tolerance",
              "of the field",
              0,
              Double.POSITIVE_INFINITY,
              new Localized(
                  "Greatest difference of equal numbers, for compare: tolerance.",
                  "compare: tolerance 时，相等数值的最大差。"))
          .or(0.0);

  private static final Param<Double> SIMILARITY =
      Param.fraction(
              "similarity",
              new Localized(
                  "Least edit similarity of equal texts, for compare: edit.",
                  "compare: edit 时，相等文本的最小编辑相似度。"))
          .or(0.9);

  private static final Param<Basis> BASIS =
      Param.choice(
              "basis",
              Basis.class,
              new Localized(
                  "What the reference is: trusted data, a sample people have checked, or the truth"
                      + " of predictions.",
                  "参考值的来源：可信数据、人工核查的样本，或预测所对应的真值。"))
          .or(Basis.REFERENCE);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.accuracy",
          new Localized("The fraction of values that equal their reference.", "与参考值相等的值所占的比例。"),
          "ISO/IEC 25012, accuracy (own definition); interval: Wilson 1927",
          2,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, COMPARE, TOLERANCE, SIMILARITY, BASIS),
          List.of(
              new Example(
                  "{fields: [city, true_city]}",
                  "[{\"city\": \" Rome\", \"true_city\": \"rome\"}, {\"city\": \"Paris\","
                      + " \"true_city\": \"Lyon\"}, {\"city\": \"Bonn\", \"true_city\": null}]",
                  "{\"accuracy(city, true_city)\": 0.5, \"reference_coverage(city, true_city)\":"
                      + " 0.6666666666666666}"),
              new Example(
                  "{fields: [predicted, label], compare: exact, basis: model}",
                  "[{\"predicted\": 1, \"label\": 1}, {\"predicted\": 0, \"label\": 1},"
                      + " {\"predicted\": null, \"label\": 0}, {\"predicted\": 0, \"label\": 0}]",
                  "{\"accuracy(predicted, label)\": 0.5}"),
              new Example(
                  "{fields: [x, y], compare: tolerance, tolerance: 0.5}",
                  "[{\"x\": 1.0, \"y\": 1.5}, {\"x\": 1.0, \"y\": 2.0}]",
                  "{\"accuracy(x, y)\": 0.5}"),
              new Example(
                  "{fields: [a, b], compare: edit, similarity: 0.75}",
                  "[{\"a\": \"abcd\", \"b\": \"abxd\"}, {\"a\": \"abcd\", \"b\": \"axxd\"}]",
                  "{\"accuracy(a, b)\": 0.5}")),
          params ->
              new Accuracy(
                  params.get(FIELDS),
                  params.get(COMPARE),
                  params.get(TOLERANCE),
                  params.get(SIMILARITY),
                  params.get(BASIS)));

  @Override
  public Judging judging() {
    return Judging.failures("each value that differs from its reference", "与参考值不同的每个值");
  }

  @Override
  public void check(Schema input) {
    positions(input);
  }

  @Override
  public ComparedCells zero(Schema input, StepRun run) {
    return new ComparedCells(positions(input), likeness());
  }

  @Override
  public ComparedCells read(DataInput in, Schema input, StepRun run) throws IOException {
    // Stored states of a comparison with a reference are read where its field is no more.
    boolean there = fields.stream().allMatch(name -> input.indexOf(name) >= 0);
    return ComparedCells.read(in, there ? positions(input) : new int[0], likeness());
  }

  private Likeness likeness() {
    return new Likeness(compare, tolerance, similarity);
  }

  @Override
  public List<Metric> metrics(ComparedCells state, Schema input) {
    List<Metric> metrics = new ArrayList<>();
    long same = 0;
    long compared = 0;
    for (int pair = 0; pair < state.pairs(); pair++) {
      same += state.same(pair);
      compared += state.compared(pair);
    }
    List<String> named = state.pairs() == 1 ? fields : List.of();
    metrics.add(accuracy(named, same, compared));
    metrics.add(
        Metric.proportion("reference_coverage", named, compared, state.samples() * state.pairs()));
    for (int pair = 0; state.pairs() > 1 && pair < state.pairs(); pair++) {
      List<String> both = fields.subList(2 * pair, 2 * pair + 2);
      metrics.add(accuracy(both, state.same(pair), state.compared(pair)));
    }
    return metrics;
  }

  private Metric accuracy(List<String> of, long same, long compared) {
    return switch (basis) {
      case REFERENCE ->
          Metric.proportion("accuracy", of, same, compared).on(Metric.Basis.REFERENCE);
      case AUDIT -> Metric.sampled("accuracy", of, same, compared, Metric.Basis.AUDIT);
      case MODEL -> Metric.sampled("accuracy", of, same, compared, Metric.Basis.MODEL);
    };
  }

  private int[] positions(Schema input) {
    if (fields.isEmpty() || fields.size() % 2 != 0) {
      throw new BindException(
          "fields", "must name a field and its reference; found: " + String.join(", ", fields));
    }
    int[] positions = FieldChoice.named(input, "fields", fields);
    for (int position : positions) {
      if (!input.field(position).type().isScalar()) {
        throw new BindException(
            "fields",
            "must name scalar fields; found: "
                + input.field(position).name()
                + ", "
                + input.field(position).type());
      }
    }
    return positions;
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    int[] positions = positions(input);
    Likeness likeness = likeness();
    ValueWriter writer = new ValueWriter();
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        for (int pair = 0; pair < positions.length; pair += 2) {
          Column value = batch.column(positions[pair]);
          Column reference = batch.column(positions[pair + 1]);
          if (Scalars.isMissing(reference, row)) {
            findings.notApplicable(row);
            continue;
          }
          boolean there = !Scalars.isMissing(value, row);
          if (!there || !likeness.same(value, reference, row)) {
            String reason = there ? "differs_from_reference" : "missing";
            Optional<String> repair = Optional.of(writer.text(reference, row));
            List<String> atFault = fields.subList(pair, pair + 1);
            findings.fail(row, new Finding(atFault, reason, Double.NaN, repair));
          }
        }
      }
    };
  }
}
