package dev.quern.privacy;

import dev.quern.data.Batch;
import dev.quern.data.Column;
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
import dev.quern.statistics.Scalars;
import dev.quern.text.ValueWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Replaces quasi-identifiers by their values at the chosen levels; see {@link Anonymize}. */
final class Generalising implements Mapping {
  private final Schema output;
  private final int[] positions;
  private final List<Hierarchy> hierarchies;
  private final int[] levels;
  private final HashCounts kept;
  private final Anonymize.Suppressed suppressed;
  private final List<Map<String, Optional<String>>> known = new ArrayList<>();
  private final Map<List<@Nullable String>, Boolean> verdicts = new HashMap<>();
  private final ValueWriter writer = new ValueWriter();
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
    this.hierarchies = hierarchies;
    this.levels = levels;
    this.kept = kept;
    this.suppressed = suppressed;
    hierarchies.forEach(hierarchy -> known.add(new HashMap<>()));
  }

  @Override
  public void map(Batch batch, Outcome out) {
    ColumnBuilder[] builders = new ColumnBuilder[positions.length];
    for (int i = 0; i < builders.length; i++) {
      builders[i] = ColumnBuilder.of(Type.TEXT);
    }
    int[] rows = new int[batch.count()];
    int count = 0;
    int next = 0;
    for (int i = 0; i < batch.count(); i++) {
      int row = batch.row(i);
      for (; next < row; next++) {
        append(builders, null); // rows that are not selected
      }
      @Nullable String @Nullable [] labels = labels(batch, row);
      boolean keeps = labels != null && isKept(labels);
      append(builders, keeps ? labels : stars());
      next = row + 1;
      if (keeps || suppressed == Anonymize.Suppressed.STAR) {
        rows[count++] = row;
      } else {
        out.drop(batch, row, "suppressed", Double.NaN);
      }
    }
    for (; next < batch.rows(); next++) {
      append(builders, null);
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
  private @Nullable String @Nullable [] labels(Batch batch, int row) {
    @Nullable String[] labels = new String[positions.length];
    for (int i = 0; i < labels.length; i++) {
      Column column = batch.column(positions[i]);
      Hierarchy hierarchy = hierarchies.get(i);
      if (Scalars.isMissing(column, row)) {
        labels[i] = hierarchy.missingAt(levels[i]);
        continue;
      }
      int level = levels[i];
      Optional<String> label =
          known
              .get(i)
              .computeIfAbsent(
                  writer.text(column, row),
                  value -> Optional.ofNullable(hierarchy.at(value, level)));
      if (label.isEmpty()) {
        return null;
      }
      labels[i] = label.get();
    }
    return labels;
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
