package dev.quern.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of two samples as features of a linear classifier, made of both together, so that they say
 * nothing of where a row comes from: of a number its rank in [−1, 1], the rank's square and whether
 * it is missing; of a category whether it is one of the most frequent; products of ranks of the
 * first fields, so that a change of how fields go together shows.
 */
final class Features {
  private static final int CATEGORIES = 12;
  private static final int MULTIPLIED = 10;

  private final List<Number> numbers = new ArrayList<>();
  private final List<Category> categories = new ArrayList<>();
  private int width;

  /** A number slot: its position in rows of both samples and the values of both, sorted. */
  private record Number(int[] at, double[] sorted) {}

  /** A category slot: its position in rows of both samples and its most frequent codes. */
  private record Category(int[] at, double[] codes) {}

  static Features of(RowSample reference, RowSample current) {
    Features features = new Features();
    Map<String, Integer> before = positions(reference.slots());
    Map<String, Integer> after = positions(current.slots());
    after.forEach(
        (name, second) -> {
          Integer first = before.get(name);
          if (first != null) {
            RowSample.Kind kind = current.slots().get(second).kind();
            features.add(kind, reference, current, new int[] {first, second});
          }
        });
    int multiplied = Math.min(MULTIPLIED, features.numbers.size());
    int width = 3 * features.numbers.size() + multiplied * (multiplied - 1) / 2;
    for (Category category : features.categories) {
      width += category.codes.length;
    }
    features.width = width;
    return features;
  }

  private static Map<String, Integer> positions(List<RowSample.Slot> slots) {
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      RowSample.Slot slot = slots.get(i);
      positions.put(slot.field() + "\n" + slot.aspect() + slot.kind(), i);
    }
    return positions;
  }

  private void add(RowSample.Kind kind, RowSample reference, RowSample current, int[] at) {
    double[] pooled = new double[reference.rows().size() + current.rows().size()];
    int size = 0;
    for (double[] row : reference.rows().values()) {
      pooled[size++] = row[at[0]];
    }
    for (double[] row : current.rows().values()) {
      pooled[size++] = row[at[1]];
    }
    double[] there = Arrays.stream(pooled).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (kind == RowSample.Kind.NUMBER) {
      numbers.add(new Number(at, there));
    } else {
      categories.add(new Category(at, frequent(there)));
    }
  }

  private static double[] frequent(double[] codes) {
    Map<Double, Integer> counts = new TreeMap<>();
    for (double code : codes) {
      counts.merge(code, 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.<Double, Integer>comparingByValue().reversed())
        .limit(CATEGORIES)
        .mapToDouble(Map.Entry::getKey)
        .toArray();
  }

  /** Returns the number of features but for the constant. */
  int width() {
    return width;
  }

  /** Returns the features of a row of the reference (0) or the current sample (1). */
  double[] row(int from, double[] row) {
    double[] features = new double[width + 1];
    int next = 0;
    double[] ranks = new double[numbers.size()];
    for (int i = 0; i < ranks.length; i++) {
      Number number = numbers.get(i);
      double value = row[number.at[from]];
      boolean missing = Double.isNaN(value);
      ranks[i] = missing ? 0 : rank(number.sorted, value);
      features[next++] = ranks[i];
      features[next++] = missing ? 0 : ranks[i] * ranks[i] - 1.0 / 3;
      features[next++] = missing ? 1 : 0;
    }
    int multiplied = Math.min(MULTIPLIED, ranks.length);
    for (int i = 0; i < multiplied; i++) {
      for (int j = i + 1; j < multiplied; j++) {
        features[next++] = ranks[i] * ranks[j];
      }
    }
    for (Category category : categories) {
      double value = row[category.at[from]];
      for (double code : category.codes) {
        features[next++] = value == code ? 1 : 0;
      }
    }
    features[next] = 1;
    return features;
  }

  /** Returns the middle rank of {@code value} among {@code sorted}, in [−1, 1]. */
  private static double rank(double[] sorted, double value) {
    int below = lower(sorted, value);
    int upTo = lower(sorted, Math.nextUp(value));
    return sorted.length == 0 ? 0 : (double) (below + upTo) / sorted.length - 1;
  }

  /** Returns how many of {@code sorted} are below {@code value}. */
  private static int lower(double[] sorted, double value) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }
}
