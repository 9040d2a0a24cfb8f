package dev.quern.privacy;

import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import dev.quern.privacy.anonymity.CombinationTable;
import dev.quern.privacy.anonymity.Hierarchy;
import dev.quern.privacy.anonymity.LDiversity;
import dev.quern.privacy.anonymity.Levels;
import dev.quern.privacy.anonymity.PrivacyModel;
import dev.quern.privacy.anonymity.TCloseness;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The fields whose values a class must not give away, each with what is asked of a class.
 *
 * @param rules by name of the field, in written order
 * @param plain the same as plain values
 */
record SensitiveFields(Map<String, Rule> rules, Map<String, Object> plain) {
  private static final Set<String> KEYS =
      Set.of("l", "diversity", "c", "t", "distance", "order", "hierarchy");

  private static final String RULE =
      "a map from field name to {l: number >= 1, diversity: distinct, entropy or recursive, c:"
          + " number > 0, t: number in [0, 1], distance: equal, ordered or hierarchical, order:"
          + " [values], hierarchy: CSV file or lines}, with l or t";

  static final Param<SensitiveFields> PARAM =
      new Param<>(
              "sensitive",
              Param.Kind.FIELD_TABLES,
              "-",
              RULE,
              new Localized(
                  "The sensitive fields, each with the l-diversity or t-closeness of a class.",
                  "敏感字段及每个等价类须满足的 l-多样性或 t-接近性。"),
              Param.Necessity.REQUIRED,
              null,
              SensitiveFields::read,
              SensitiveFields::plain,
              Map.of("type", "object"))
          .optional();

  /** How far values lie from each other. */
  enum Distance {
    EQUAL,
    ORDERED,
    HIERARCHICAL
  }

  /**
   * What is asked of a class.
   *
   * @param l how diverse it must be
   * @param kind how diversity is measured
   * @param c of recursive diversity
   * @param t largest distance from the table
   * @param order the values in order, empty for that of numbers or of texts
   * @param hierarchy of the values, for the hierarchical distance
   */
  record Rule(
      OptionalDouble l,
      LDiversity.Kind kind,
      double c,
      OptionalDouble t,
      Distance distance,
      List<String> order,
      Optional<Hierarchy> hierarchy) {

    /** Returns the models of the sensitive field {@code attribute} of {@code table}. */
    List<PrivacyModel> models(CombinationTable table, int position, int attribute) {
      List<PrivacyModel> models = new ArrayList<>();
      l.ifPresent(value -> models.add(new LDiversity(attribute, kind, value, c)));
      if (t.isPresent()) {
        models.add(
            new TCloseness(
                attribute,
                t.getAsDouble(),
                distance(table.domains()[position]),
                table.counts(position)));
      }
      return models;
    }

    TCloseness.Distance distance(@Nullable String[] domain) {
      return switch (distance) {
        case EQUAL -> new TCloseness.Equal();
        case ORDERED -> new TCloseness.Ordered(SensitiveFields.order(domain, order));
        case HIERARCHICAL ->
            new TCloseness.Hierarchical(Levels.of(hierarchy.orElseThrow(), domain));
      };
    }
  }

  /**
   * Returns the codes of {@code domain} in the order of {@code given}, of their numbers where all
   * are numbers, else of their bytes. Missing values come first where there are any, and values
   * that {@code given} lacks last.
   */
  static int[] order(@Nullable String[] domain, List<String> given) {
    boolean numbers = given.isEmpty() && domain.length > 1;
    for (int code = 1; code < domain.length; code++) {
      numbers &= number(domain[code]) != null;
    }
    boolean numeric = numbers;
    return IntStream.range(1, domain.length)
        .boxed()
        .sorted(
            (a, b) ->
                numeric
                    ? compare(domain[a], domain[b])
                    : Integer.compare(place(given, domain[a]), place(given, domain[b])))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int compare(@Nullable String a, @Nullable String b) {
    BigDecimal one = number(a);
    BigDecimal two = number(b);
    return one == null || two == null ? 0 : one.compareTo(two);
  }

  private static int place(List<String> given, @Nullable String value) {
    int place = value == null ? -1 : given.indexOf(value);
    return place < 0 ? given.size() : place;
  }

  private static @Nullable BigDecimal number(@Nullable String value) {
    try {
      return value == null ? null : new BigDecimal(value);
    } catch (NumberFormatException e) {
      return null; // a text
    }
  }

  private static SensitiveFields read(Object plain) {
    if (!(plain instanceof Map<?, ?> map) || map.isEmpty()) {
      throw new IllegalArgumentException(RULE);
    }
    Map<String, Rule> rules = new LinkedHashMap<>();
    Map<String, Object> written = new LinkedHashMap<>();
    map.forEach(
        (field, rule) -> {
          if (!(rule instanceof Map<?, ?> given) || !KEYS.containsAll(given.keySet())) {
            throw new IllegalArgumentException(RULE);
          }
          rules.put(String.valueOf(field), rule(given));
          written.put(String.valueOf(field), given);
        });
    return new SensitiveFields(rules, written);
  }

  private static Rule rule(Map<?, ?> given) {
    OptionalDouble l = number(given, "l");
    OptionalDouble t = number(given, "t");
    LDiversity.Kind kind = choice(given, "diversity", LDiversity.Kind.DISTINCT);
    Distance distance = choice(given, "distance", Distance.EQUAL);
    double c = number(given, "c").orElse(1);
    Optional<Hierarchy> hierarchy =
        given.get("hierarchy") == null
            ? Optional.empty()
            : Optional.of(HierarchyRule.of(Map.of("hierarchy", given.get("hierarchy"))));
    boolean whole = kind == LDiversity.Kind.ENTROPY || l.orElse(1) == Math.rint(l.orElse(1));
    if (l.isEmpty() && t.isEmpty()
        || l.orElse(1) < 1
        || !whole
        || !(c > 0)
        || t.orElse(0) < 0
        || t.orElse(0) > 1
        || (distance == Distance.HIERARCHICAL) != hierarchy.isPresent()) {
      throw new IllegalArgumentException(RULE);
    }
    List<String> order =
        given.get("order") instanceof List<?> values
            ? values.stream().map(String::valueOf).toList()
            : List.of();
    return new Rule(l, kind, c, t, distance, order, hierarchy);
  }

  private static OptionalDouble number(Map<?, ?> given, String key) {
    Object value = given.get(key);
    if (value == null) {
      return OptionalDouble.empty();
    }
    if (!(value instanceof Number number)) {
      throw new IllegalArgumentException(RULE);
    }
    return OptionalDouble.of(number.doubleValue());
  }

  private static <E extends Enum<E>> E choice(Map<?, ?> given, String key, E fallback) {
    Object value = given.get(key);
    if (value == null) {
      return fallback;
    }
    for (E constant : fallback.getDeclaringClass().getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(RULE);
  }
}
