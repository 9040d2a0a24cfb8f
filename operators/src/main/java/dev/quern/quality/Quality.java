package dev.quern.quality;

import dev.quern.operator.OperatorSpec;
import java.util.List;

/** The operators of the stage quality. */
public final class Quality {
  /** All of them, in the order of the documentation. */
  public static final List<OperatorSpec> OPERATORS =
      List.of(
          ParseMissing.SPEC,
          Cast.SPEC,
          Trim.SPEC,
          Rename.SPEC,
          Select.SPEC,
          Where.SPEC,
          Derive.SPEC,
          Explode.SPEC,
          DropMissing.SPEC,
          DropDuplicates.SPEC,
          Impute.SPEC,
          Standardize.SPEC,
          NormalizeDates.SPEC,
          NormalizeNumbers.SPEC,
          NormalizeUnits.SPEC,
          NormalizePhones.SPEC,
          NormalizeAddresses.SPEC,
          RepairText.SPEC,
          ConvertChinese.SPEC,
          OutOfFold.SPEC,
          LabelErrors.SPEC,
          DropLabelErrors.SPEC,
          Relabel.SPEC,
          LabelConflicts.SPEC,
          Agreement.SPEC,
          ResolveAnnotations.SPEC,
          DropLabelConflicts.SPEC,
          Score.SPEC,
          ScoreFilter.SPEC,
          Count.SPEC,
          Completeness.SPEC,
          Accuracy.SPEC,
          Consistency.SPEC,
          Timeliness.SPEC,
          Uniqueness.SPEC,
          Distinctness.SPEC,
          Distinct.SPEC,
          Representativeness.SPEC,
          Diversity.SPEC,
          Mean.SPEC,
          Quantile.SPEC,
          TopValues.SPEC,
          Profile.SPEC,
          Validity.SPEC,
          Compliance.SPEC,
          Min.SPEC,
          Max.SPEC,
          Sum.SPEC,
          Deviation.SPEC,
          ZScores.SPEC,
          Monotonicity.SPEC,
          Overlap.SPEC,
          Modes.SPEC,
          Fields.SPEC,
          FieldMatch.SPEC,
          Drift.SPEC);

  private Quality() {}
}
