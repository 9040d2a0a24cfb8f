package dev.quern.quality;

import dev.quern.data.Column;
import dev.quern.data.Type;
import dev.quern.operator.Finding;
import dev.quern.operator.Fit;
import dev.quern.operator.Limits;
import dev.quern.operator.SampleJudge;
import dev.quern.statistics.Scalars;
import java.util.List;
import java.util.Map;

/** Tells of the samples whose number lies beyond what a check wants of all of them. */
final class LimitJudge {
  private static final String LIMITS = "limits";

  private LimitJudge() {}

  /** Returns a fit by which samples beyond {@code limits} fail. */
  static Fit fit(Limits limits) {
    return new Fit(Map.of(LIMITS, limits.plain()));
  }

  /** Returns what tells of samples whose finite value of {@code field} lies beyond the limits. */
  static SampleJudge judge(String field, int position, Fit fit) {
    Limits limits = Limits.read(fit.values().get(LIMITS));
    Finding below = Finding.of(List.of(field), "below_limit");
    Finding above = Finding.of(List.of(field), "above_limit");
    return (batch, findings) -> {
      Column column = batch.column(position);
      Type type = column.type();
      for (int i = 0; i < batch.count(); i++) {
        int row = batch.row(i);
        double value =
            Scalars.isMissing(column, row)
                ? Double.NaN
                : Scale.value(type, Scalars.at(column, row));
        if (!Double.isFinite(value)) {
          findings.notApplicable(row);
        } else if (limits.isAbove(value)) {
          findings.fail(row, below);
        } else if (limits.isBelow(value)) {
          findings.fail(row, above);
        }
      }
    };
  }
}
