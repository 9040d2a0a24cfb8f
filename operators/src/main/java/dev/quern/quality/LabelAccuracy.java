package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.label.Collisions;
import dev.quern.label.ConfidentCounts;
import dev.quern.label.Thresholds;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Params;
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.io.DataInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * label_accuracy = 1 − η, the fraction of labels that are right by the confident joint of given and
 * true labels, see {@link LabelErrors}; η is its share off the diagonal. An estimate from
 * out-of-sample probabilities, with Wilson's interval over the samples it rests on: it says how
 * sure the counts are, not how good the model is.
 *
 * <p>Samples without a label or without a probability for each class are left out. The joint is
 * taken of up to {@code samples} of them, drawn by their ids where there are more; each holds 8
 * bytes for each class.
 *
 * @param label the label field; absent: the one with the role label
 * @param probabilities one field that lists them, or one field per class
 * @param classes in the order of the probabilities; absent: the labels there are, ascending
 * @param declared whether the recipe says that the probabilities are out of sample
 * @param collisions which class counts where a sample is confident of several
 * @param samples how many the joint is taken of at most
 * @param where the condition for which samples are measured
 */
public record LabelAccuracy(
    Optional<String> label,
    List<String> probabilities,
    Optional<List<String>> classes,
    boolean declared,
    Collisions collisions,
    int samples,
    Optional<String> where)
    implements Analyzer<LabelledRows> {
  private static final Param<Long> SAMPLES =
      Param.integer(
              "samples",
              "samples",
              1,
              10_000_000,
              new Localized(
                  "How many samples the estimate rests on at most; of more, these are drawn.",
                  "估计最多依据多少样本；超出则抽样。"))
          .or(50_000L);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.label_accuracy",
          new Localized(
              "The fraction of labels that are right, by confident learning: 1 - noise rate.",
              "按置信学习估计的正确标签比例，即 1 减去标签噪声率。"),
          "Northcutt, Jiang and Chuang 2021, JAIR 70",
          1,
          Serving.TRAINING_ONLY,
          List.of(
              LabelErrors.LABEL,
              LabelErrors.PROBABILITIES,
              LabelErrors.CLASSES,
              LabelErrors.ARE,
              LabelErrors.COLLISIONS,
              SAMPLES,
              Restriction.WHERE),
          List.of(
              new Example(
                  "{label: y, probabilities: p, probabilities_are: out_of_sample}",
                  "[{\"y\": \"a\", \"p\": [0.9, 0.1]}, {\"y\": \"a\", \"p\": [0.8, 0.2]}, {\"y\":"
                      + " \"b\", \"p\": [0.95, 0.05]}, {\"y\": \"b\", \"p\": [0.1, 0.9]}]",
                  "{\"label_accuracy(y)\": 0.75}"),
              new Example(
                  "{label: y, probabilities: p, probabilities_are: out_of_sample}",
                  "[{\"y\": null, \"p\": [0.9, 0.1]}]",
                  "{\"label_accuracy(y)\": null}")),
          LabelAccuracy::create);

  private static LabelAccuracy create(Params params) {
    return new LabelAccuracy(
        params.find(LabelErrors.LABEL),
        params.get(LabelErrors.PROBABILITIES),
        params.find(LabelErrors.CLASSES),
        params.find(LabelErrors.ARE).isPresent(),
        params.get(LabelErrors.COLLISIONS),
        Math.toIntExact(params.get(SAMPLES)),
        params.find(Restriction.WHERE));
  }

  @Override
  public Judging judging() {
    return Judging.none(
        "the rate of wrong labels is estimated over all; quality.label_errors tells which are likely wrong",
        "错误标签率由全部样本估计；可能有错的样本见 quality.label_errors");
  }

  @Override
  public void check(Schema input) {
    zero(input);
  }

  @Override
  public LabelledRows zero(Schema input, StepRun run) {
    return zero(input);
  }

  private LabelledRows zero(Schema input) {
    int position = Relabel.labelPosition(input, label);
    classes.ifPresent(names -> LabelErrors.check(names, input.field(position)));
    return new LabelledRows(
        position,
        ProbabilityFields.of(input, probabilities, declared, classes.orElse(null)),
        samples);
  }

  @Override
  public LabelledRows read(DataInput in, Schema input, StepRun run) throws IOException {
    return zero(input).filled(in);
  }

  @Override
  public List<Metric> metrics(LabelledRows state, Schema input) {
    int position = Relabel.labelPosition(input, label);
    List<String> fields = List.of(input.field(position).name());
    List<String> names =
        classes.orElseGet(() -> ClassNames.ordered(state.labels(), input.field(position).type()));
    List<Judged> judged = new ArrayList<>();
    state.forEach(
        (name, p) -> {
          if (names.contains(name) && p.length == names.size()) {
            judged.add(new Judged(names.indexOf(name), p));
          }
        });
    Thresholds thresholds = new Thresholds(names.size());
    judged.forEach(one -> thresholds.add(one.p(), one.given()));
    double[] least = thresholds.values();
    ConfidentCounts counts = new ConfidentCounts(names.size());
    judged.forEach(one -> counts.add(one.p(), one.given(), least, collisions));
    int n = judged.size();
    double noise = n == 0 ? 0 : counts.joint(thresholds.counts()).noise();
    return List.of(
        Metric.sampled("label_accuracy", fields, n * (1 - noise), n, Metric.Basis.MODEL));
  }

  private record Judged(int given, double[] p) {}
}
