package dev.quern.privacy.anonymity;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How likely somebody finds a person's sample again who knows the person's quasi-identifiers and
 * that the person is in the table (prosecutor): 1 / class size.
 *
 * @param samples samples in classes
 * @param classes number of classes
 * @param smallest samples of the smallest class, 0 where there is none
 * @param unique samples that are alone in their class
 */
public record Risk(long samples, long classes, long smallest, long unique) {

  /** Returns the risk of classes of these sizes. */
  public static Risk of(long[] sizes) {
    long samples = 0;
    long smallest = 0;
    long unique = 0;
    for (long size : sizes) {
      samples += size;
      smallest = smallest == 0 ? size : Math.min(smallest, size);
      unique += size == 1 ? 1 : 0;
    }
    return new Risk(samples, sizes.length, smallest, unique);
  }

  /** Returns the highest risk of a sample, 0 where there is none. */
  public double highest() {
    return smallest == 0 ? 0 : 1.0 / smallest;
  }

  /** Returns the mean risk of the samples: classes / samples, 0 where there are none. */
  public double average() {
    return samples == 0 ? 0 : (double) classes / samples;
  }

  /** Returns the fraction of samples that are unique, 0 where there are none. */
  public double uniqueness() {
    return samples == 0 ? 0 : (double) unique / samples;
  }

  /** Returns the risk as plain values. */
  public Map<String, Object> plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    plain.put("samples", samples);
    plain.put("classes", classes);
    plain.put("smallest_class", smallest);
    plain.put("unique_samples", unique);
    plain.put("highest_risk", highest());
    plain.put("average_risk", average());
    plain.put("uniqueness", uniqueness());
    return plain;
  }
}
