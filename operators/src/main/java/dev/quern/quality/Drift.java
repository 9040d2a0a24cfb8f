package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.drift.DriftComparison;
import dev.quern.drift.DriftRules;
import dev.quern.drift.DriftState;
import dev.quern.drift.Finding;
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
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * drift = the number of alarms when the samples are compared with another version; the fields of
 * the metric are those with an alarm. See {@link DriftComparison} for what is compared and {@link
 * DriftRules} for when a difference is an alarm. A dataset that has no version yet is nothing to
 * compare with: then the metric has no value.
 *
 * @param fields fields to compare; absent: all of both versions
 * @param compared the dataset version to compare with, {@code NAME[@V]}; without version the newest
 * @param rules level of false alarms and smallest effects
 */
public record Drift(Optional<List<String>> fields, String compared, DriftRules rules)
    implements Analyzer<DriftState> {
  static final String VERSION = "[a-z0-9][a-z0-9_-]{0,63}(@[0-9a-z-]{1,64})?";

  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Fields to compare; all by default.", "要比较的字段；默认全部。"))
          .optional();

  private static final Param<String> REFERENCE =
      Param.text(
              "reference",
              new Localized(
                  "The dataset version to compare with; without @V the newest.",
                  "用作比较基准的数据集版本；省略 @V 时取最新版本。"))
          .where("a dataset version, NAME or NAME@V", text -> text.matches(VERSION));

  private static final Param<Double> ALPHA =
      Param.fraction(
              "alpha",
              new Localized("Level of false alarms over all tests together.", "全部检验合计的误报水平。"))
          .where("a number above 0 and below 1", level -> level > 0 && level < 1)
          .or(DriftRules.DEFAULT.alpha());

  private static final Param<Double> ROWS =
      floor(
          "rows",
          new Localized("Smallest relative change of the number of samples.", "样本数相对变化的下限。"),
          DriftRules.DEFAULT.rows());

  private static final Param<Double> MISSING =
      floor(
          "missing",
          new Localized("Smallest change of the fraction of missing values.", "缺失比例变化的下限。"),
          DriftRules.DEFAULT.missing());

  private static final Param<Double> PSI =
      floor(
          "psi",
          new Localized("Smallest population stability index.", "群体稳定性指数的下限。"),
          DriftRules.DEFAULT.psi());

  private static final Param<Double> SHIFT =
      floor(
          "shift",
          new Localized(
              "Smallest Wasserstein-1 distance in interquartile ranges of the reference.",
              "Wasserstein-1 距离的下限（以基准的四分位距为单位）。"),
          DriftRules.DEFAULT.shift());

  private static final Param<Double> ASSOCIATION =
      floor(
          "association",
          new Localized("Smallest Cramér's V of categories.", "类别的 Cramér V 的下限。"),
          DriftRules.DEFAULT.association());

  private static final Param<Double> AUC =
      Param.number(
              "auc",
              "-",
              0.5,
              1,
              new Localized(
                  "Smallest area under the curve of a classifier that tells the versions apart.",
                  "区分两个版本的分类器的曲线下面积下限。"))
          .or(DriftRules.DEFAULT.auc());

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.drift",
          new Localized(
              "The number of significant and large differences from another dataset version.",
              "与另一数据集版本相比显著且足够大的差异的个数。"),
          "Benjamini and Hochberg 1995, JRSS B 57(1); Bergsma 2013, J. Korean Stat. Soc. 42(3);"
              + " Lopez-Paz and Oquab 2017, arXiv:1610.06545",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, REFERENCE, ALPHA, ROWS, MISSING, PSI, SHIFT, ASSOCIATION, AUC),
          List.of(
              new Example(
                  "{reference: visits@3}",
                  "[[{\"a\": 1, \"b\": \"x\"}, {\"a\": 2, \"b\": \"y\"}], [{\"a\": 1}, {\"a\": 2}]]",
                  "{\"drift(b)\": 1.0}"),
              new Example(
                  "{fields: [a], reference: visits}",
                  "[[{\"a\": 1}, {\"a\": 2}, {\"a\": 3}], [{\"a\": 2}, {\"a\": 3}, {\"a\": 1}]]",
                  "{\"drift()\": 0.0, \"shift(a)[value]\": 0.0}")),
          params ->
              new Drift(
                  params.find(FIELDS),
                  params.get(REFERENCE),
                  new DriftRules(
                      params.get(ALPHA),
                      params.get(ROWS),
                      params.get(MISSING),
                      params.get(PSI),
                      params.get(SHIFT),
                      params.get(ASSOCIATION),
                      params.get(AUC))));

  private static Param<Double> floor(String name, Localized help, double fallback) {
    return Param.number(name, "-", 0, Double.POSITIVE_INFINITY, help).or(fallback);
  }

  @Override
  public Optional<String> reference() {
    return Optional.of(compared);
  }

  @Override
  public Judging judging() {
    return Judging.none(
        "two versions differ as wholes; no sample of one is wrong by itself",
        "两个版本是整体上不同；其中没有哪个样本本身有错");
  }

  @Override
  public void check(Schema input) {
    fields.ifPresent(names -> FieldChoice.named(input, "fields", names));
  }

  /** The reference may lack a field: that is a finding, no mistake. */
  private List<Field> chosen(Schema input) {
    return input.fields().stream()
        .filter(field -> fields.isEmpty() || fields.get().contains(field.name()))
        .toList();
  }

  @Override
  public DriftState zero(Schema input, StepRun run) {
    return DriftState.of(input, chosen(input));
  }

  @Override
  public DriftState read(DataInput in, Schema input, StepRun run) throws IOException {
    return DriftState.read(in, input, chosen(input));
  }

  @Override
  public List<Metric> metrics(DriftState state, Schema input) {
    return List.of(
        new Metric(
            "drift",
            List.of(),
            "",
            Optional.empty(),
            0,
            0,
            Metric.Basis.REFERENCE,
            "alarms",
            Metric.Precision.EXACT));
  }

  @Override
  public List<Metric> metrics(
      DriftState state, Schema input, DriftState reference, Schema referenceInput) {
    List<Finding> findings = DriftComparison.compare(reference, state, rules);
    TreeSet<String> alarmed = new TreeSet<>();
    long alarms = 0;
    List<Metric> metrics = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.isAlarm()) {
        alarms++;
        alarmed.add(finding.field());
      }
      metrics.add(metric(finding));
    }
    alarmed.remove("");
    metrics.add(
        0,
        new Metric(
            "drift",
            List.copyOf(alarmed),
            "",
            Optional.of((double) alarms),
            alarms,
            findings.size(),
            Metric.Basis.REFERENCE,
            "alarms",
            Metric.Precision.EXACT));
    return metrics;
  }

  /** The effect as value; the statistic over what chance lets it reach. */
  private static Metric metric(Finding finding) {
    return new Metric(
        finding.measure().written(),
        finding.field().isEmpty() ? List.of() : List.of(finding.field()),
        finding.aspect().map(aspect -> aspect.written()).orElse(""),
        Optional.of(finding.effect()),
        finding.statistic(),
        finding.threshold().orElse(1.0),
        Metric.Basis.REFERENCE,
        "effect",
        Metric.Precision.EXACT);
  }
}
