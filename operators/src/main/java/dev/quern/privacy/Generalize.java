package dev.quern.privacy;

import dev.quern.data.Column;
import dev.quern.data.ColumnBuilder;
import dev.quern.data.Keys;
import dev.quern.data.Schema;
import dev.quern.data.Type;
import dev.quern.engine.Fault;
import dev.quern.engine.Mapping;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import dev.quern.privacy.anonymity.Hierarchy;
import dev.quern.statistics.Scalars;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the values of fields by what they are at a level of a hierarchy: dates by their month or
 * year, numbers by intervals, codes by their first characters, values of a table by what it gives
 * for them. The level is the same for all samples and chosen in the recipe; {@link Anonymize}
 * chooses levels by the data. The fields become text; missing values stay missing.
 *
 * @param fields the fields, each with its hierarchy and level
 * @param unknown what becomes of values the hierarchy does not know: no number, no date, not in the
 *     table
 */
public record Generalize(Map<String, HierarchyRule.At> fields, Unknown unknown) implements Mapper {

  /** What becomes of values a hierarchy does not know; they never stay. */
  public enum Unknown {
    /** The sample is quarantined. */
    QUARANTINE,
    /** They become {@code *}. */
    STAR
  }

  /** The fields as given. */
  record Given(Map<String, HierarchyRule.At> fields, Object plain) {}

  private static final String RULE = "a map from field name to " + HierarchyRule.LEVEL_RULE;

  private static final Param<Given> FIELDS =
      new Param<>(
          "fields",
          Param.Kind.FIELD_TABLES,
          "-",
          RULE,
          new Localized(
              "The fields, each with its hierarchy and the level to take; without a level the"
                  + " coarsest below *.",
              "字段及其泛化层次与所取层级；未给出层级时取 * 之下最粗的一级。"),
          Param.Necessity.REQUIRED,
          null,
          Generalize::given,
          Given::plain,
          Map.of("type", "object"));

  private static final Param<Unknown> UNKNOWN =
      Param.choice(
              "unknown",
              Unknown.class,
              new Localized(
                  "What becomes of values that the hierarchy does not know: their samples are"
                      + " quarantined, or they become * (star).",
                  "层次中没有的取值如何处理：隔离其样本（quarantine），或变为 *（star）。"))
          .or(Unknown.QUARANTINE);

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "privacy.generalize",
          new Localized(
              "Replaces values by coarser ones: dates by month or year, numbers by intervals, codes"
                  + " by their beginning, places by regions.",
              "用更粗的取值替换：日期取月或年，数字取区间，编码取前几位，地点取地区。"),
          "ISO/IEC 20889:2018, 8.3.2 (generalization); Samarati and Sweeney 1998",
          1,
          Serving.HOST,
          List.of(FIELDS, UNKNOWN),
          List.of(
              new Example(
                  "{fields: {born: {dates: [month, year], level: 1}, age: {intervals: [10]}, zip:"
                      + " {mask: 3}}}",
                  "[{\"born\": \"1984-05-17\", \"age\": 34, \"zip\": \"81667\"}, {\"born\": null,"
                      + " \"age\": -3, \"zip\": \"81925\"}]",
                  "[{\"born\": \"1984-05\", \"age\": \"[30, 40)\", \"zip\": \"81***\"}, {\"born\":"
                      + " null, \"age\": \"[-10, 0)\", \"zip\": \"81***\"}]"),
              new Example(
                  "{fields: {city: {hierarchy: [[Delft, NL, \"*\"], [杭州, CN, \"*\"]]}}, unknown:"
                      + " star}",
                  "[{\"city\": \"Delft\"}, {\"city\": \"杭州\"}, {\"city\": \"Wien\"}]",
                  "[{\"city\": \"NL\"}, {\"city\": \"CN\"}, {\"city\": \"*\"}]")),
          params -> new Generalize(params.get(FIELDS).fields(), params.get(UNKNOWN)));

  private static Given given(Object plain) {
    if (!(plain instanceof Map<?, ?> map) || map.isEmpty()) {
      throw new IllegalArgumentException(RULE);
    }
    Map<String, HierarchyRule.At> fields = new LinkedHashMap<>();
    Map<String, Object> written = new LinkedHashMap<>();
    map.forEach(
        (field, rule) -> {
          String name = String.valueOf(field);
          fields.put(name, HierarchyRule.ofField(name, () -> HierarchyRule.at(rule)));
          written.put(name, rule == null ? Map.of() : rule);
        });
    return new Given(fields, written);
  }

  @Override
  public Map<String, Object> coarsens(Schema input) {
    Map<String, Hierarchy> hierarchies = new LinkedHashMap<>();
    fields.forEach((field, at) -> hierarchies.put(field, at.hierarchy()));
    return HierarchyRule.untold(hierarchies);
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    Schema output = input;
    for (int position : positions(input)) {
      output = output.with(input.field(position).typed(Type.TEXT));
    }
    return output;
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    return new CellMapping(
        output,
        positions(input),
        "generalize",
        position -> new Coarser(at(output.field(position).name()), unknown));
  }

  private HierarchyRule.At at(String field) {
    HierarchyRule.At at = fields.get(field);
    if (at == null) {
      throw new IllegalStateException("a field must have a level; found: none for " + field);
    }
    return at;
  }

  private int[] positions(Schema input) {
    return FieldChoice.named(
        input,
        FIELDS.name(),
        new ArrayList<>(fields.keySet()),
        "text, numbers, bool or dates",
        field -> field.type().isScalar());
  }

  /** What becomes of the cells of a field. */
  private static final class Coarser implements CellMapping.CellChange {
    private final LevelValues values;
    private final Unknown unknown;
    private boolean altered;

    Coarser(HierarchyRule.At at, Unknown unknown) {
      this.values = new LevelValues(at.hierarchy(), at.level());
      this.unknown = unknown;
    }

    @Override
    public @Nullable Fault apply(Column column, int row, Keys keys, ColumnBuilder into) {
      altered = false;
      if (Scalars.isMissing(column, row)) {
        into.appendNull();
        return null;
      }
      LevelValues.Label label = values.of(column, row);
      if (label.isUnknown() && unknown == Unknown.QUARANTINE) {
        byte[] found = values.text(column, row).getBytes(StandardCharsets.UTF_8);
        return Fault.of(
            "unknown_value", "a value that its hierarchy knows", found, 0, found.length);
      }
      String text = label.isUnknown() ? Hierarchy.ANY : label.text();
      altered = label.isUnknown() ? values.isHidden(column, row) : label.isCoarser();
      into.appendText(String.valueOf(text));
      return null;
    }

    @Override
    public boolean isAltered() {
      return altered;
    }
  }
}
