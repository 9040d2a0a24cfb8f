package dev.quern.label;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fleiss' kappa, (observed − chance agreement) / (1 − chance agreement), for items that all got the
 * same number of labels (Fleiss 1971, Psychological Bulletin 76(5)), with the standard error of no
 * agreement but chance (Fleiss, Nee and Landis 1979).
 *
 * @param kappa absent where numbers of labels differ, or labels do not vary
 * @param error standard error where agreement is chance alone
 * @param observed share of agreeing pairs of labels of an item
 * @param items all items
 */
public record FleissKappa(
    Optional<Double> kappa, Optional<Double> error, double observed, long items) {

  /** Returns the kappa of what {@code coincidences} has seen. */
  public static FleissKappa of(Coincidences coincidences) {
    long items = 0;
    long agreeing = 0;
    int raters = -1;
    boolean equal = true;
    Map<String, Long> totals = new TreeMap<>();
    for (Map.Entry<List<String>, Long> entry : coincidences.items().entrySet()) {
      int size = entry.getKey().size();
      raters = raters < 0 ? size : raters;
      equal &= size == raters;
      items += entry.getValue();
      Map<String, Long> counts = new TreeMap<>();
      entry.getKey().forEach(label -> counts.merge(label, 1L, Long::sum));
      for (Map.Entry<String, Long> count : counts.entrySet()) {
        agreeing += entry.getValue() * count.getValue() * (count.getValue() - 1);
        totals.merge(count.getKey(), entry.getValue() * count.getValue(), Long::sum);
      }
    }
    if (!equal || raters < 2) {
      return new FleissKappa(Optional.empty(), Optional.empty(), Double.NaN, items);
    }
    double pairs = (double) items * raters * (raters - 1);
    double observed = agreeing / pairs;
    double chance = 0;
    double cubes = 0;
    for (long total : totals.values()) {
      double p = (double) total / (items * (double) raters);
      chance += p * p;
      cubes += p * (1 - p) * (1 - 2 * p);
    }
    double rest = 1 - chance;
    if (rest <= 0) {
      return new FleissKappa(Optional.empty(), Optional.empty(), observed, items);
    }
    double error = Math.sqrt(2 / pairs * Math.max(0, rest * rest - cubes)) / rest;
    return new FleissKappa(
        Optional.of((observed - chance) / rest), Optional.of(error), observed, items);
  }
}
