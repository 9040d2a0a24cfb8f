package dev.quern.quality.repair;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts findings of one row together and applies them. */
final class Repairs {
  private Repairs() {}

  /** Returns {@code row} with the repairs of at least {@code least} confidence. */
  static @Nullable String[] apply(@Nullable String[] row, List<Finding> findings, double least) {
    @Nullable String[] mended = row.clone();
    double[] best = new double[row.length];
    for (Finding finding : findings) {
      if (finding.repair() != null
          && finding.confidence() >= least
          && finding.confidence() > best[finding.field()]) {
        best[finding.field()] = finding.confidence();
        mended[finding.field()] = finding.repair();
      }
    }
    return mended;
  }

  /** Returns {@code row} with what {@code policy} makes of the findings. */
  static @Nullable String[] apply(@Nullable String[] row, List<Finding> findings, Policy policy) {
    @Nullable String[] mended = apply(row, findings, policy.confidence());
    for (Finding finding : findings) {
      int field = finding.field();
      boolean gone =
          switch (policy.unrepaired()) {
            case KEEP -> false;
            case IMPOSSIBLE -> finding.impossible();
            case MISSING -> finding.repair() == null;
          };
      if (gone
          && finding.certain() >= policy.confidence()
          && Objects.equals(mended[field], row[field])) {
        mended[field] = null;
      }
    }
    return mended;
  }
}
