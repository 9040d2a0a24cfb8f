package dev.quern.privacy;

import dev.quern.operator.Misfits;
import dev.quern.privacy.anonymity.DateHierarchy;
import dev.quern.privacy.anonymity.Hierarchy;
import dev.quern.privacy.anonymity.IntervalHierarchy;
import dev.quern.privacy.anonymity.MaskHierarchy;
import dev.quern.privacy.anonymity.OrderHierarchy;
import dev.quern.privacy.anonymity.TableHierarchy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads how a field becomes coarser from plain values: {@code {hierarchy: lines}}, {@code
 * {intervals: [5, 20], origin: 0}}, {@code {mask: 3, side: end}}, {@code {dates: [month, year]}},
 * {@code {order: [a, b, c], groups: [2]}}, or nothing for value, then {@code *}.
 */
final class HierarchyRule {
  private static final Set<String> KEYS =
      Set.of("hierarchy", "intervals", "origin", "mask", "side", "dates", "order", "groups");

  /** How the rule reads in errors. */
  static final String RULE =
      "{hierarchy: CSV file or lines}, {intervals: [widths], origin: number}, {mask: characters,"
          + " side: end or start}, {dates: [day, month, quarter, year, decade, century]}, {order:"
          + " [values], groups: [sizes]} or {}";

  /** How a rule with a level reads in errors. */
  static final String LEVEL_RULE =
      RULE + ", each with level: 1 (above the value) to the highest (*), or without";

  private static final String LEVEL = "level";

  /**
   * A hierarchy and one of its levels.
   *
   * @param level in [1, highest]
   */
  record At(Hierarchy hierarchy, int level) {}

  private HierarchyRule() {}

  /**
   * Returns the hierarchy of {@code plain} and the level it names: without one the coarsest below
   * {@code *}, or {@code *} where there is no other.
   */
  static At at(@Nullable Object plain) {
    Map<Object, @Nullable Object> rule =
        plain instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : new LinkedHashMap<>();
    Object level = rule.remove(LEVEL);
    Hierarchy hierarchy = of(plain instanceof Map<?, ?> ? rule : plain);
    int highest = hierarchy.levels() - 1;
    if (level == null) {
      boolean ends = hierarchy.missingAt(highest) != null;
      return new At(hierarchy, ends ? Math.max(1, highest - 1) : highest);
    }
    if (!(level instanceof Long given) || given < 1 || given > highest) {
      throw new IllegalArgumentException(LEVEL_RULE);
    }
    return new At(hierarchy, given.intValue());
  }

  /**
   * Returns what {@code reading} reads for a field; a rule that one hierarchy alone breaks, such as
   * widths that do not nest, is told at its field.
   */
  static <T> T ofField(String field, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      if (message == null || message.equals(RULE) || message.equals(LEVEL_RULE)) {
        throw e;
      }
      Misfits told = new Misfits(List.of(new Misfits.Misfit(List.of(field), message)));
      told.initCause(e);
      throw told;
    }
  }

  static Hierarchy of(@Nullable Object plain) {
    if (plain == null || plain instanceof Map<?, ?> map && map.isEmpty()) {
      return Hierarchy.all();
    }
    if (!(plain instanceof Map<?, ?> map) || !KEYS.containsAll(map.keySet())) {
      throw new IllegalArgumentException(RULE);
    }
    if (map.get("hierarchy") instanceof List<?> lines) {
      alone(map, "hierarchy");
      return new TableHierarchy(lines(lines));
    }
    if (map.get("intervals") != null) {
      alone(map, "intervals", "origin");
      return new IntervalHierarchy(
          list(map.get("intervals")).stream().map(HierarchyRule::number).toList(),
          map.get("origin") == null ? BigDecimal.ZERO : number(map.get("origin")));
    }
    if (map.get("mask") instanceof Long characters && characters <= 1000) {
      alone(map, "mask", "side");
      Object side = map.get("side");
      if (side != null && !side.equals("end") && !side.equals("start")) {
        throw new IllegalArgumentException(RULE);
      }
      return new MaskHierarchy(
          characters.intValue(),
          "start".equals(side) ? MaskHierarchy.From.START : MaskHierarchy.From.END);
    }
    if (map.get("dates") != null) {
      alone(map, "dates");
      return new DateHierarchy(list(map.get("dates")).stream().map(HierarchyRule::unit).toList());
    }
    if (map.get("order") instanceof List<?> values) {
      alone(map, "order", "groups");
      return new OrderHierarchy(
          values.stream().map(String::valueOf).toList(),
          list(map.get("groups")).stream().map(HierarchyRule::size).toList());
    }
    throw new IllegalArgumentException(RULE);
  }

  /** Returns those of {@code hierarchies} as plain values whose labels no looks tell. */
  static Map<String, Object> untold(Map<String, Hierarchy> hierarchies) {
    Map<String, Object> plain = new LinkedHashMap<>();
    hierarchies.forEach(
        (field, hierarchy) -> {
          if (hierarchy instanceof TableHierarchy table) {
            plain.put(field, Map.of("hierarchy", table.lines()));
          } else if (hierarchy instanceof OrderHierarchy order) {
            List<Long> groups = order.sizes().stream().map(Integer::longValue).toList();
            plain.put(field, Map.of("order", order.values(), "groups", groups));
          }
        });
    return plain;
  }

  private static void alone(Map<?, ?> map, String... keys) {
    if (!Set.of(keys).containsAll(map.keySet())) {
      throw new IllegalArgumentException(RULE);
    }
  }

  static List<List<String>> lines(List<?> plain) {
    List<List<String>> lines = new ArrayList<>();
    for (Object line : plain) {
      if (!(line instanceof List<?> cells) || cells.isEmpty()) {
        throw new IllegalArgumentException(RULE);
      }
      lines.add(cells.stream().map(String::valueOf).toList());
    }
    return lines;
  }

  private static List<?> list(@Nullable Object plain) {
    return plain == null ? List.of() : plain instanceof List<?> list ? list : List.of(plain);
  }

  private static BigDecimal number(@Nullable Object plain) {
    try {
      return new BigDecimal(String.valueOf(plain));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(RULE, e);
    }
  }

  private static int size(Object plain) {
    try {
      return number(plain).intValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(RULE, e);
    }
  }

  private static DateHierarchy.Unit unit(Object plain) {
    for (DateHierarchy.Unit unit : DateHierarchy.Unit.values()) {
      if (unit.name().toLowerCase(Locale.ROOT).equals(plain)) {
        return unit;
      }
    }
    throw new IllegalArgumentException(RULE);
  }
}
