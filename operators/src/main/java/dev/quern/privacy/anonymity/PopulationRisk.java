package dev.quern.privacy.anonymity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The risk that samples are matched to the right people of a population by the values they share.
 *
 * @param samples samples in classes
 * @param classes classes of samples
 * @param matched samples whose values somebody of the population has too
 * @param alone samples whose values exactly one person has
 * @param highest the greatest 1 / people
 * @param expected samples that are expected to be matched rightly: Σ samples / people
 */
public record PopulationRisk(
    long samples, long classes, long matched, long alone, double highest, double expected) {

  /**
   * Returns the risk of {@code classes} against the classes of a population, of the same fields; a
   * class is taken to have at least as many people as samples.
   */
  public static PopulationRisk of(CombinationTable classes, CombinationTable population) {
    Map<List<@Nullable String>, Long> people = new HashMap<>();
    for (int row = 0; row < population.size(); row++) {
      people.put(population.values(row), population.counts()[row]);
    }
    long samples = 0;
    long matched = 0;
    long alone = 0;
    double highest = 0;
    double expected = 0;
    for (int row = 0; row < classes.size(); row++) {
      long size = classes.counts()[row];
      long found = people.getOrDefault(classes.values(row), 0L);
      long all = Math.max(size, found);
      samples += size;
      matched += found > 0 ? size : 0;
      alone += found == 1 && size == 1 ? 1 : 0;
      highest = Math.max(highest, 1.0 / all);
      expected += (double) size / all;
    }
    return new PopulationRisk(samples, classes.size(), matched, alone, highest, expected);
  }

  /** Returns the fraction of samples that are expected to be matched rightly; 0 without any. */
  public double average() {
    return samples == 0 ? 0 : expected / samples;
  }
}
