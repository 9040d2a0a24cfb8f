package dev.quern.privacy.anonymity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a search has found out about choices of levels. Classes are made of those of the choice
 * below that has the fewest rows; some are kept for that, within a bound on their rows.
 */
final class Evaluations {
  private static final int KEPT = 64;

  private final CombinationTable table;
  private final Levels[] hierarchies;
  private final List<PrivacyModel> models;
  private final Measure measure;
  private final long limit;
  private final Lattice lattice;
  private final List<Classes> kept = new ArrayList<>();
  private final Map<Long, Double> losses = new HashMap<>();
  private final long most;
  private long rows;
  private long best = -1;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private @Nullable Judged bestJudged;

  Evaluations(
      CombinationTable table,
      Levels[] hierarchies,
      List<PrivacyModel> models,
      Measure measure,
      long limit) {
    this.table = table;
    this.hierarchies = hierarchies;
    this.models = models;
    this.measure = measure;
    this.limit = limit;
    lattice = new Lattice(Arrays.stream(hierarchies).mapToInt(Levels::count).toArray());
    most = 2L * table.size() + 100_000;
  }

  Lattice lattice() {
    return lattice;
  }

  Measure measure() {
    return measure;
  }

  /** Returns whether a choice that is too fine stays so at all finer choices. */
  boolean isMonotone() {
    return limit == 0 || models.stream().allMatch(PrivacyModel::isMonotone);
  }

  /** Returns the number of choices that were judged. */
  int count() {
    return losses.size();
  }

  /** Judges {@code node}. */
  Judged judge(long node) {
    Judged judged = Judged.of(classes(node), models);
    boolean fits = judged.suppressed() <= limit;
    double loss = fits ? measure.loss(judged) : Double.POSITIVE_INFINITY;
    losses.put(node, loss);
    if (fits && (loss < bestLoss || loss == bestLoss && node < best)) {
      best = node;
      bestLoss = loss;
      bestJudged = judged;
    }
    return judged;
  }

  boolean fits(Judged judged) {
    return judged.suppressed() <= limit;
  }

  /** Returns the loss of {@code node}, infinite where too many samples are suppressed. */
  double loss(long node) {
    Double known = losses.get(node);
    if (known == null) {
      judge(node);
      known = losses.get(node);
    }
    return known == null ? Double.POSITIVE_INFINITY : known;
  }

  boolean isKnown(long node) {
    return losses.containsKey(node);
  }

  private Classes classes(long node) {
    int[] levels = lattice.levels(node);
    Classes below = null;
    for (Classes one : kept) {
      if ((below == null || one.rows() < below.rows()) && isBelow(one.levels(), levels)) {
        below = one;
      }
    }
    Classes made = below == null ? Classes.of(table, hierarchies, levels) : below.up(levels);
    if (2L * made.rows() < (below == null ? table.size() : below.rows()) || made.rows() < 1000) {
      keep(made);
    }
    return made;
  }

  /** The largest go first: they save least. */
  private void keep(Classes made) {
    kept.add(made);
    rows += made.rows();
    if (kept.size() > KEPT || rows > most) {
      Classes largest = Collections.max(kept, (a, b) -> Integer.compare(a.rows(), b.rows()));
      kept.remove(largest);
      rows -= largest.rows();
    }
  }

  private static boolean isBelow(int[] low, int[] high) {
    for (int i = 0; i < low.length; i++) {
      if (low[i] > high[i]) {
        return false;
      }
    }
    return true;
  }

  double bestLoss() {
    return bestLoss;
  }

  long best() {
    return best;
  }

  @Nullable Judged bestJudged() {
    return bestJudged;
  }
}
