package dev.quern.privacy.anonymity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values in a given order become runs of neighbours, written {@code first–last}, then {@code *}.
 * Values that are not listed are unknown.
 *
 * @param values the values in order
 * @param sizes how many neighbours go together at each level, each a multiple of the one before
 */
public record OrderHierarchy(List<String> values, List<Integer> sizes) implements Hierarchy {

  /**
   * Makes a hierarchy.
   *
   * @throws IllegalArgumentException if a value stands twice or the sizes do not nest
   */
  public OrderHierarchy {
    values = List.copyOf(values);
    sizes = List.copyOf(sizes);
    if (places(values).size() != values.size()) {
      throw new IllegalArgumentException("order must name each value once; found: one twice");
    }
    for (int i = 0; i < sizes.size(); i++) {
      int before = i == 0 ? 1 : sizes.get(i - 1);
      if (sizes.get(i) <= before || sizes.get(i) % before != 0) {
        throw new IllegalArgumentException(
            "groups must be above 1, each a multiple of the one before; found: " + sizes);
      }
    }
  }

  private static Map<String, Integer> places(List<String> values) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (String value : values) {
      places.put(value, places.size());
    }
    return places;
  }

  @Override
  public int levels() {
    return sizes.size() + 2;
  }

  @Override
  public @Nullable String at(String value, int level) {
    int place = values.indexOf(value);
    if (place < 0 || level == 0) {
      return place < 0 ? null : value;
    }
    if (level == levels() - 1) {
      return ANY;
    }
    int size = sizes.get(level - 1);
    int first = place / size * size;
    int last = Math.min(first + size, values.size()) - 1;
    return first == last ? values.get(first) : values.get(first) + "–" + values.get(last);
  }
}
