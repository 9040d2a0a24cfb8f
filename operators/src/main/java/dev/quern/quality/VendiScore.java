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
import dev.quern.operator.Restriction;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.statistics.SymmetricEigenvalues;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * vendi_score = exp(−Σ λ·ln λ) over the eigenvalues λ of K / n: how many different samples there
 * are in effect, from 1 (all alike) to n (none like another). K is the matrix of likenesses of the
 * n samples: the mean over the fields of exp(−(x − y)² / (2·(bandwidth·s)²)) for numbers, s being
 * their standard deviation, and of 1 for equal and 0 for different values of other fields. A
 * missing value is like another missing one and like nothing else.
 *
 * <p>Up to {@code samples} samples are compared: fewer are exact. Of more a uniform sample is drawn
 * by their ids, and the metric, which can be no larger than the sample, is an estimate that says
 * how different so many of the samples are; only scores of samples of one size are to be compared.
 *
 * @param fields what is compared, scalars
 * @param bandwidth how far apart numbers are still alike, in standard deviations, above 0
 * @param samples how many are compared at most, in [2, 2000]
 * @param where the condition for which samples are measured
 */
public record VendiScore(List<String> fields, double bandwidth, int samples, Optional<String> where)
    implements Analyzer<SimilarRows> {
  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("The fields that are compared.", "参与比较的字段。"));

  private static final Param<Double> BANDWIDTH =
      Param.number(
              "bandwidth",
              "standard deviations",
              0,
              1e6,
              new Localized("How far apart numbers are still alike.", "数值相距多远仍算相似。"))
          .where("a number above 0, up to 1e6", width -> width > 0)
          .or(1.0);

  private static final Param<Long> SAMPLES =
      Param.integer(
              "samples",
              "samples",
              2,
              2_000,
              new Localized(
                  "How many samples are compared; of more, these are drawn.", "最多比较多少样本；超出则抽样。"))
          .or(500L);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.vendi_score",
          new Localized(
              "The effective number of different samples, by the likeness of fields.",
              "按字段相似度计算的有效不同样本数（Vendi 分数）。"),
          "Friedman and Dieng 2023, arXiv:2210.02410",
          1,
          Serving.TRAINING_ONLY,
          List.of(FIELDS, BANDWIDTH, SAMPLES, Restriction.WHERE),
          List.of(
              new Example(
                  "{fields: [kind]}",
                  "[{\"kind\": \"a\"}, {\"kind\": \"a\"}, {\"kind\": \"a\"}]",
                  "{\"vendi_score(kind)\": 1.0}")),
          params ->
              new VendiScore(
                  params.get(FIELDS),
                  params.get(BANDWIDTH),
                  Math.toIntExact(params.get(SAMPLES)),
                  params.find(Restriction.WHERE)));

  /** Makes an analyzer. */
  public VendiScore {
    fields = List.copyOf(fields);
  }

  @Override
  public Judging judging() {
    return Judging.none(
        "how alike samples are is decided by all of them together", "样本之间的相似程度由全部样本共同决定");
  }

  @Override
  public void check(Schema input) {
    positions(input);
  }

  @Override
  public SimilarRows zero(Schema input, StepRun run) {
    return new SimilarRows(input, positions(input), samples);
  }

  @Override
  public SimilarRows read(DataInput in, Schema input, StepRun run) throws IOException {
    return zero(input, run).filled(in);
  }

  @Override
  public List<Metric> metrics(SimilarRows state, Schema input) {
    List<long[]> rows = state.rows();
    int n = rows.size();
    double score = n == 0 ? 0 : score(likeness(rows, state));
    boolean exact = state.samples() <= samples;
    return List.of(
        new Metric(
            "vendi_score",
            fields,
            "",
            n == 0 ? Optional.empty() : Optional.of(score),
            score,
            n,
            Metric.Basis.RULE,
            "samples",
            exact ? Metric.Precision.EXACT : Metric.Precision.ESTIMATED));
  }

  /** Returns exp of the entropy of the eigenvalues of {@code likeness} / n. */
  private static double score(double[][] likeness) {
    int n = likeness.length;
    double entropy = 0;
    for (double value : SymmetricEigenvalues.of(likeness)) {
      double share = value / n;
      // Rounding makes tiny negative ones of those that are zero.
      entropy -= share > 0 ? share * StrictMath.log(share) : 0;
    }
    return Math.max(1, Math.min(n, StrictMath.exp(entropy)));
  }

  private double[][] likeness(List<long[]> rows, SimilarRows state) {
    int n = rows.size();
    double[][] matrix = new double[n][n];
    for (int field = 0; field < fields.size(); field++) {
      double width = state.isNumber(field) ? bandwidth * deviation(rows, field) : 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
          double alike = alike(rows.get(i)[field], rows.get(j)[field], width);
          matrix[i][j] += alike / fields.size();
        }
      }
    }
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 1;
    }
    return matrix;
  }

  private static double alike(long one, long other, double width) {
    if (one == other) {
      return 1;
    }
    if (width == 0 || one == SimilarRows.MISSING || other == SimilarRows.MISSING) {
      return 0;
    }
    double apart = (Double.longBitsToDouble(one) - Double.longBitsToDouble(other)) / width;
    return StrictMath.exp(-apart * apart / 2);
  }

  private static double deviation(List<long[]> rows, int field) {
    double mean = 0;
    long count = 0;
    for (long[] row : rows) {
      if (row[field] != SimilarRows.MISSING) {
        count++;
        mean += (Double.longBitsToDouble(row[field]) - mean) / count;
      }
    }
    double squares = 0;
    for (long[] row : rows) {
      if (row[field] != SimilarRows.MISSING) {
        double apart = Double.longBitsToDouble(row[field]) - mean;
        squares += apart * apart / count;
      }
    }
    return Double.isFinite(squares) ? Math.sqrt(squares) : Double.MAX_VALUE;
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input,
        "fields",
        fields,
        "numbers, text, bool, times or other scalars",
        found -> found.type().isScalar() && found.type().kind() != Type.Kind.BYTES);
  }
}
