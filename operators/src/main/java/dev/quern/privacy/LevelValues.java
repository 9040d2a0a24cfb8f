package dev.quern.privacy;

import dev.quern.data.Column;
import dev.quern.privacy.anonymity.Hierarchy;
import dev.quern.statistics.Scalars;
import dev.quern.text.ValueWriter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a field at one level of its hierarchy. One instance serves one thread. */
final class LevelValues {
  /** Values that are remembered; beyond that all are forgotten, so that memory stays bounded. */
  private static final int MOST = 100_000;

  private final Hierarchy hierarchy;
  private final int level;
  private final Label missing;
  private final Map<String, Label> known = new HashMap<>();
  private final ValueWriter writer = new ValueWriter();

  /**
   * A value at the level.
   *
   * @param text null where it is missing or unknown
   * @param origin where it comes from
   */
  record Label(@Nullable String text, Origin origin) {
    /** Where a label comes from. */
    enum Origin {
      /** The value itself. */
      SAME,
      /** Another value stands for it. */
      COARSER,
      /** The hierarchy does not know the value. */
      UNKNOWN
    }

    boolean isUnknown() {
      return origin == Origin.UNKNOWN;
    }

    boolean isCoarser() {
      return origin == Origin.COARSER;
    }
  }

  LevelValues(Hierarchy hierarchy, int level) {
    this.hierarchy = hierarchy;
    this.level = level;
    String label = hierarchy.missingAt(level);
    missing = new Label(label, label == null ? Label.Origin.SAME : Label.Origin.COARSER);
  }

  /** Returns the value in {@code row} at the level. */
  Label of(Column column, int row) {
    if (Scalars.isMissing(column, row)) {
      return missing;
    }
    String value = writer.text(column, row);
    Label label = known.get(value);
    if (label == null) {
      if (known.size() >= MOST) {
        known.clear();
      }
      label = made(value);
      known.put(value, label);
    }
    return label;
  }

  private Label made(String value) {
    String label = hierarchy.at(value, level);
    if (label == null) {
      return new Label(null, Label.Origin.UNKNOWN);
    }
    return new Label(label, label.equals(value) ? Label.Origin.SAME : Label.Origin.COARSER);
  }

  /** Returns the value in {@code row}, which is not missing, as it is. */
  String text(Column column, int row) {
    return writer.text(column, row);
  }

  /** Returns whether {@link Hierarchy#ANY} is another value than that in {@code row}. */
  boolean isHidden(Column column, int row) {
    return Scalars.isMissing(column, row) || !writer.text(column, row).equals(Hierarchy.ANY);
  }
}
