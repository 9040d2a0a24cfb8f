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
          Count.SPEC,
          Completeness.SPEC,
          Uniqueness.SPEC,
          Distinct.SPEC,
          Mean.SPEC,
          Quantile.SPEC,
          TopValues.SPEC,
          Score.SPEC,
          ScoreFilter.SPEC,
          Drift.SPEC,
          Profile.SPEC);

  private Quality() {}
}
