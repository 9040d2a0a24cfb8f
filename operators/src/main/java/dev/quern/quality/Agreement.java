package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.label.CohenKappa;
import dev.quern.label.Difference;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.SampleJudge;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * How far annotators agree beyond chance; each of several fields holds the labels of one annotator.
 *
 * <ul>
 *   <li>krippendorff_alpha: any number of annotators, missing labels allowed; nominal, ordinal,
 *       interval or ratio
 *   <li>fleiss_kappa: every sample got the same number of labels
 *   <li>cohen_kappa: two annotators; samples that both labelled; plain or weighted
 * </ul>
 *
 * <p>Labels that are all numbers are ordered as numbers, others as texts. [ci_low] and [ci_high]
 * are kappa ± 1.96 standard errors (Cohen), [chance_error] the standard error where agreement is
 * chance alone (Fleiss). Without evidence a metric has no value. For a table with one sample per
 * label name unit and label instead of fields; memory then grows with the units, else with the
 * different combinations of labels.
 *
 * @param fields one field per annotator
 * @param measure what is computed
 * @param difference how far labels are apart, for alpha
 * @param weights how much a disagreement counts, for Cohen's kappa
 */
public record Agreement(
    List<String> fields, Measure measure, Difference difference, CohenKappa.Weights weights)
    implements Analyzer<AnnotatorVotes> {

  /** What is computed. */
  public enum Measure {
    KRIPPENDORFF_ALPHA,
    FLEISS_KAPPA,
    COHEN_KAPPA
  }

  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("One field per annotator.", "每位标注者一个字段。")).optional();

  private static final Param<String> UNIT =
      Param.field(
              "unit",
              new Localized(
                  "In a table with one sample per label, the field that names what was labelled.",
                  "在每个标注占一行的表中，标识对象的字段。"))
          .optional();

  private static final Param<String> LABEL =
      Param.field(
              "label",
              new Localized(
                  "In a table with one sample per label, the field with the label.",
                  "在每个标注占一行的表中，存放标签的字段。"))
          .optional();

  private static final Param<Measure> MEASURE =
      Param.choice("measure", Measure.class, new Localized("What is computed.", "计算哪种指标。"))
          .or(Measure.KRIPPENDORFF_ALPHA);

  private static final Param<Difference> DIFFERENCE =
      Param.choice(
              "difference",
              Difference.class,
              new Localized("How far labels are apart, for alpha.", "标签间的距离，用于 alpha。"))
          .or(Difference.NOMINAL);

  private static final Param<CohenKappa.Weights> WEIGHTS =
      Param.choice(
              "weights",
              CohenKappa.Weights.class,
              new Localized(
                  "How much a disagreement counts, for Cohen's kappa.", "分歧的权重，用于 Cohen kappa。"))
          .or(CohenKappa.Weights.NONE);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.agreement",
          new Localized(
              "How far annotators agree beyond chance: Krippendorff's alpha, Fleiss' or Cohen's"
                  + " kappa.",
              "标注者间超出偶然的一致程度：Krippendorff alpha、Fleiss kappa 或 Cohen kappa。"),
          "Krippendorff 2011; Fleiss 1971, Psychological Bulletin 76(5); Cohen 1960, 1968",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, UNIT, LABEL, MEASURE, DIFFERENCE, WEIGHTS),
          List.of(
              new Example(
                  "{fields: [ann, bob], measure: cohen_kappa}",
                  "[{\"ann\": \"x\", \"bob\": \"x\"}, {\"ann\": \"y\", \"bob\": \"y\"}, {\"ann\":"
                      + " \"x\", \"bob\": \"y\"}, {\"ann\": \"y\", \"bob\": \"y\"}]",
                  "{\"agreement(ann, bob)\": 0.5, \"agreement(ann, bob)[items]\": 4.0}"),
              new Example(
                  "{fields: [ann, bob, eve], difference: interval}",
                  "[{\"ann\": 1, \"bob\": 1, \"eve\": null}, {\"ann\": 3, \"bob\": 3, \"eve\": 3}]",
                  "{\"agreement(ann, bob, eve)\": 1.0, \"agreement(ann, bob, eve)[items]\": 2.0}"),
              new Example(
                  "{unit: text, label: mood}",
                  "[{\"text\": 1, \"mood\": \"a\"}, {\"text\": 1, \"mood\": \"a\"}, {\"text\": 2,"
                      + " \"mood\": \"b\"}, {\"text\": 2, \"mood\": \"b\"}]",
                  "{\"agreement(mood)\": 1.0, \"agreement(mood)[items]\": 2.0}")),
          Agreement::create);

  private static Analyzer<?> create(Params params) {
    Optional<List<String>> fields = params.find(FIELDS);
    Optional<String> unit = params.find(UNIT);
    Optional<String> label = params.find(LABEL);
    Measure measure = params.get(MEASURE);
    boolean table = unit.isPresent() && label.isPresent();
    if (fields.isPresent() == table || unit.isPresent() != label.isPresent()) {
      throw new IllegalArgumentException(
          "quality.agreement must name either fields, one per annotator, or unit and label; found: "
              + (fields.isPresent() ? "fields" : "no fields")
              + (unit.isPresent() ? ", unit" : "")
              + (label.isPresent() ? ", label" : ""));
    }
    if (table) {
      if (measure == Measure.COHEN_KAPPA) {
        throw new IllegalArgumentException(
            "quality.agreement.fields must name the two annotators for measure: cohen_kappa; found:"
                + " unit and label");
      }
      return new TableAgreement(unit.get(), label.get(), measure, params.get(DIFFERENCE));
    }
    List<String> names = fields.orElseThrow();
    boolean two = measure == Measure.COHEN_KAPPA ? names.size() == 2 : names.size() >= 2;
    if (!two) {
      throw new IllegalArgumentException(
          "quality.agreement.fields must name "
              + (measure == Measure.COHEN_KAPPA ? "two annotators" : "two annotators or more")
              + "; found: "
              + names.size());
    }
    return new Agreement(names, measure, params.get(DIFFERENCE), params.get(WEIGHTS));
  }

  @Override
  public Judging judging() {
    return Judging.responsible(
        "each sample whose annotators gave different labels", "标注者给出不同标签的每个样本");
  }

  @Override
  public void check(Schema input) {
    positions(input);
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input, "fields", fields, "text, long, double or bool", f -> AnnotatorVotes.fits(f.type()));
  }

  @Override
  public AnnotatorVotes zero(Schema input, StepRun run) {
    return AnnotatorVotes.of(positions(input));
  }

  @Override
  public AnnotatorVotes read(DataInput in, Schema input, StepRun run) throws IOException {
    return AnnotatorVotes.read(in, positions(input));
  }

  @Override
  public List<Metric> metrics(AnnotatorVotes state, Schema input) {
    return measure == Measure.COHEN_KAPPA
        ? AgreementMetrics.of(fields, CohenKappa.of(state.patterns().pairs(), weights))
        : AgreementMetrics.of(fields, state.patterns().coincidences(), measure, difference);
  }

  @Override
  public SampleJudge judge(Schema input, Fit fit, StepRun run) {
    int[] positions = positions(input);
    return (batch, findings) -> {
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        List<Optional<String>> votes = AnnotatorVotes.votes(batch, row, positions);
        long given = votes.stream().filter(Optional::isPresent).count();
        long different = votes.stream().flatMap(Optional::stream).distinct().count();
        if (given < 2) {
          findings.notApplicable(row);
        } else if (different > 1) {
          findings.fail(row, new Finding(fields, "disagreement", different, Optional.empty()));
        }
      }
    };
  }
}
