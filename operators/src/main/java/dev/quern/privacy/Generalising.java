package dev.quern.privacy;

import dev.quern.data.Batch;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Field;
import dev.quern.data.Hash128;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Mapping;
import dev.quern.engine.Outcome;
import dev.quern.privacy.anonymity.Anonymized;
import dev.quern.privacy.anonymity.Hierarchy;
import dev.quern.statistics.HashCounts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces quasi-identifiers by their values at the chosen levels; see {@link Anonymize}. */
final class Generalising implements Mapping {
  private final Schema output;
  private final int[] positions;
  private final LevelValues[] values;
  private final HashCounts kept;
  private final Anonymize.Suppressed suppressed;
  private final Map<List<@Nullable String>, Boolean> verdicts = new HashMap<>();
  private final Hash128 hash = new Hash128();

  Generalising(
      Schema output,
      int[] positions,
      List<Hierarchy> hierarchies,
      int[] levels,
      HashCounts kept,
      Anonymize.Suppressed suppressed) {
    this.output = output;
    this.positions = positions;
    values = new LevelValues[positions.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = new LevelValues(hierarchies.get(i), levels[i]);
    }
    this.kept = kept;
    this.suppressed = suppressed;
  }

  @Override
  public void map(Batch batch, Outcome out) {
    ColumnBuilder[] builders = new ColumnBuilder[positions.length];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(Type.TEXT);
    }
    long[] coarser = new long[positions.length];
    long[] hidden = new long[positions.length];
    LevelValues.Label[] labels = new LevelValues.Label[positions.length];
    int[] rows = new int[batch.count()];
    int count = 0;
    int next = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      for (; next < row; next++) {
        append(builders, null); // rows that are not selected
      }
      next = row + 1;
      @Nullable String @Nullable [] texts = texts(batch, row, labels);
      if (texts != null && isKept(texts)) {
        append(builders, texts);
        rows[count++] = row;
        for (int field = 0; field < labels.length; field++) {
          coarser[field] += labels[field].isCoarser() ? 1 : 0;
        }
      } else if (suppressed == Anonymize.Suppressed.STAR) {
        append(builders, stars());
        rows[count++] = row;
        for (int field = 0; field < labels.length; field++) {
          hidden[field] += values[field].isHidden(batch.column(positions[field]), row) ? 1 : 0;
        }
      } else {
        append(builders, null);
        out.drop(batch, row, "suppressed", Double.NaN);
      }
    }
    for (; next < batch.rows(); next++) {
      append(builders, null);
    }
    for (int field = 0; field < positions.length; field++) {
      String name = output.field(positions[field]).name();
      out.changed(name, "generalize", coarser[field]);
      out.changed(name, "suppressed", hidden[field]);
    }
    out.keep(replaced(batch, builders).select(rows, count));
  }

  private Batch replaced(Batch batch, ColumnBuilder[] builders) {
    Batch changed = batch;
    for (int i = 0; i < positions.length; i++) {
      Field field = output.field(positions[i]);
      changed = changed.with(field, builders[i].build());
    }
    return changed;
  }

  private @Nullable String[] stars() {
    @Nullable String[] stars = new String[positions.length];
    java.util.Arrays.fill(stars, Hierarchy.ANY);
    return stars;
  }

  private static void append(ColumnBuilder[] builders, @Nullable String @Nullable [] labels) {
    for (int i = 0; i < builders.length; i++) {
      String label = labels == null ? null : labels[i];
      if (label == null) {
        builders[i].appendNull();
      } else {
        builders[i].appendText(label);
      }
    }
  }

  /** Returns the generalised values of {@code row}, null if a hierarchy does not know one. */
  private @Nullable String @Nullable [] texts(Batch batch, int row, LevelValues.Label[] labels) {
    @Nullable String[] texts = new String[positions.length];
    for (int i = 0; i < texts.length; i++) {
      labels[i] = values[i].of(batch.column(positions[i]), row);
      if (labels[i].isUnknown()) {
        return null;
      }
      texts[i] = labels[i].text();
    }
    return texts;
  }

  private boolean isKept(@Nullable String[] labels) {
    return verdicts.computeIfAbsent(
        java.util.Collections.unmodifiableList(java.util.Arrays.asList(labels.clone())),
        key -> {
          Anonymized.hash(labels, hash);
          return kept.contains(hash);
        });
  }
}
