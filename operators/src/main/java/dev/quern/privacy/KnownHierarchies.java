package dev.quern.privacy;

import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import dev.quern.privacy.anonymity.Hierarchy;
import dev.quern.privacy.attack.ValueMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hierarchies by which the values of a release became coarser, as an attacker knows them.
 *
 * @param byField by field, one after the other
 * @param plain the same as plain values
 */
public record KnownHierarchies(Map<String, List<Hierarchy>> byField, Map<String, Object> plain) {
  private static final String RULE =
      "a map from field name to " + HierarchyRule.RULE + ", or to a list of such";

  static final Param<KnownHierarchies> PARAM =
      new Param<>(
              "hierarchies",
              Param.Kind.FIELD_TABLES,
              "-",
              RULE,
              new Localized(
                  "How the values of fields became coarser, which the attacker knows: hierarchies, or"
                      + " lists of them one after the other; by default those of the recipe's own steps"
                      + " and of the versions it reads.",
                  "攻击者所知的各字段泛化层次，可为依次应用的列表；默认取配方自身步骤及其所读版本的层次。"),
              Param.Necessity.REQUIRED,
              null,
              KnownHierarchies::read,
              KnownHierarchies::plain,
              Map.of("type", "object"))
          .optional();

  /**
   * Reads hierarchies from plain values.
   *
   * @throws IllegalArgumentException with the rule that they break
   */
  public static KnownHierarchies read(Object plain) {
    if (!(plain instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException(RULE);
    }
    Map<String, List<Hierarchy>> byField = new LinkedHashMap<>();
    Map<String, Object> written = new LinkedHashMap<>();
    map.forEach(
        (field, rules) -> {
          byField.put(String.valueOf(field), hierarchies(rules));
          written.put(String.valueOf(field), rules == null ? Map.of() : rules);
        });
    return new KnownHierarchies(byField, written);
  }

  private static List<Hierarchy> hierarchies(@Nullable Object rules) {
    List<Hierarchy> all = new ArrayList<>();
    if (rules instanceof List<?> several) {
      several.forEach(rule -> all.add(HierarchyRule.of(rule)));
    } else {
      all.add(HierarchyRule.of(rules));
    }
    return all;
  }

  /** Returns how published values of {@code field} are compared with those that are known. */
  public ValueMatch match(String field) {
    List<Hierarchy> hierarchies = byField.getOrDefault(field, List.of());
    return hierarchies.isEmpty() ? ValueMatch.byLooks() : ValueMatch.by(hierarchies);
  }
}
