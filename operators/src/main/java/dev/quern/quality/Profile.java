package dev.quern.quality;

import dev.quern.data.Schema;
import dev.quern.operator.Analyzer;
import dev.quern.operator.Example;
import dev.quern.operator.Judging;
import dev.quern.operator.Localized;
import dev.quern.operator.Metric;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.quality.profile.ProfileState;
import java.io.DataInput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Profiles every field, and what relates fields to each other, in one pass.
 *
 * <p>Of each field: samples, missing, distinct and once (values that occur once), extrema, mean,
 * deviation, quantiles, histogram, frequent values, and whether it seems to be a key. Numbers are
 * described by their values, timestamps in µs and dates in days since 1970, bools as 0 and 1, texts
 * by their length in code points, bytes by their length in bytes. Of texts also masks of character
 * classes, formats, scripts. {@code suspicious} counts values that may stand for something else:
 * sentinels, words for missing, numbers with a unit, numbers outside robust fences, rare masks,
 * control characters, text decoded wrongly, white space around.
 *
 * <p>Of the samples: those that repeat another in every field. Of pairs of fields, from a sample of
 * at most 2,048: correlation, rank correlation, and which field determines which.
 *
 * <p>Values are counted exactly up to 4,096 distinct ones per field (2^20 in all fields together);
 * beyond, quantiles and histograms are estimates of relative error 0.8 %, distinct counts of 0.81 %
 * standard error. Estimates are marked. Values and masks are told where at least 5 samples share
 * them, values never where the field is sensitive, an identifier or a subject. Of a label also the
 * samples of each value in each split ({@code label_train} …).
 *
 * @param without fields that are not looked at
 */
public record Profile(Optional<List<String>> without) implements Analyzer<ProfileState> {
  private static final Param<List<String>> WITHOUT =
      Param.fields(
              "without",
              new Localized(
                  "Fields that are not looked at; those that a version encrypts are left out so.",
                  "不统计的字段；版本中加密的字段即如此略去。"))
          .optional();

  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.profile",
          new Localized(
              "Profiles every field and what relates fields: missing, distinct, extrema, mean,"
                  + " quantiles, histogram, frequent values, formats, suspicious values, likely"
                  + " keys, duplicates, correlations, dependencies.",
              "统计每个字段及字段间的关系：缺失、不同值、极值、均值、分位数、直方图、高频值、格式、可疑值、可能的主键、重复、相关性与依赖。"),
          "definition",
          3,
          Serving.TRAINING_ONLY,
          List.of(WITHOUT),
          List.of(
              new Example(
                  "{}",
                  "[{\"a\":1},{\"a\":3},{\"a\":null}]",
                  "{\"samples(a)\":3,\"missing(a)\":1,\"distinct(a)\":2,\"once(a)\":2,\"min(a)\":1,"
                      + "\"max(a)\":3,\"mean(a)\":2,\"duplicates()\":0}")),
          params -> new Profile(params.find(WITHOUT)));

  /** Makes one that looks at every field. */
  public Profile() {
    this(Optional.empty());
  }

  @Override
  public Judging judging() {
    return Judging.none("it describes fields and wants nothing of samples", "它描述字段，对样本没有要求");
  }

  @Override
  public void check(Schema input) {}

  @Override
  public ProfileState zero(Schema input, StepRun run) {
    return ProfileState.of(input, without.orElse(List.of()));
  }

  @Override
  public ProfileState read(DataInput in, Schema input, StepRun run) throws IOException {
    return ProfileState.read(in, input, without.orElse(List.of()));
  }

  @Override
  public List<Metric> metrics(ProfileState state, Schema input) {
    return state.metrics();
  }
}
