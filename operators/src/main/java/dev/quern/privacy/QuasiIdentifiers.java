package dev.quern.privacy;

import dev.quern.operator.Localized;
import dev.quern.operator.Param;
import dev.quern.privacy.anonymity.Hierarchy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that name a person together, each with the way it becomes coarser.
 *
 * @param hierarchies by name of the field, in written order
 * @param plain the same as plain values
 */
record QuasiIdentifiers(Map<String, Hierarchy> hierarchies, Map<String, Object> plain) {
  private static final String RULE =
      "a list of field names, or a map from field name to " + HierarchyRule.RULE;

  static final Param<QuasiIdentifiers> PARAM =
      new Param<>(
              "quasi_identifiers",
              Param.Kind.FIELD_TABLES,
              "-",
              RULE,
              new Localized(
                  "The fields that name a person together, each with its hierarchy; by default those"
                      + " of role quasi_identifier.",
                  "合起来可识别个人的字段及其泛化层次；默认为角色 quasi_identifier 的字段。"),
              Param.Necessity.REQUIRED,
              null,
              QuasiIdentifiers::read,
              QuasiIdentifiers::plain,
              Map.of(
                  "oneOf",
                  List.of(
                      Map.of("type", "array", "items", Map.of("type", "string")),
                      Map.of("type", "object"))))
          .optional();

  /** Returns fields that become {@code *} in one step. */
  static QuasiIdentifiers of(List<String> fields) {
    return read(fields);
  }

  private static QuasiIdentifiers read(Object plain) {
    Map<String, Hierarchy> hierarchies = new LinkedHashMap<>();
    Map<String, Object> written = new LinkedHashMap<>();
    if (plain instanceof List<?> names) {
      for (Object name : names) {
        if (!(name instanceof String field)) {
          throw new IllegalArgumentException(RULE);
        }
        add(field, null, hierarchies, written);
      }
    } else if (plain instanceof Map<?, ?> map) {
      map.forEach((field, rule) -> add(String.valueOf(field), rule, hierarchies, written));
    } else {
      throw new IllegalArgumentException(RULE);
    }
    if (hierarchies.isEmpty()) {
      throw new IllegalArgumentException(RULE);
    }
    return new QuasiIdentifiers(hierarchies, written);
  }

  private static void add(
      String field,
      @Nullable Object rule,
      Map<String, Hierarchy> hierarchies,
      Map<String, Object> written) {
    hierarchies.put(field, HierarchyRule.ofField(field, () -> HierarchyRule.of(rule)));
    written.put(field, rule == null ? Map.of() : rule);
  }

  List<String> fields() {
    return List.copyOf(hierarchies.keySet());
  }
}
