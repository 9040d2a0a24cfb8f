package dev.quern.quality;

import dev.quern.data.Field;
import dev.quern.data.Schema;
import dev.quern.engine.Mapping;
import dev.quern.operator.BindException;
import dev.quern.operator.Example;
import dev.quern.operator.FieldChoice;
import dev.quern.operator.GraphFields;
import dev.quern.operator.Localized;
import dev.quern.operator.Mapper;
import dev.quern.operator.OperatorSpec;
import dev.quern.operator.Param;
import dev.quern.operator.Serving;
import dev.quern.operator.StepRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives fields other names; types, roles and order stay. All names change at once, so two fields
 * can swap theirs.
 *
 * @param fields new name by old name
 */
public record Rename(Map<String, String> fields) implements Mapper {
  private static final Param<Map<String, String>> FIELDS =
      Param.textMap(
          "fields",
          Param.Kind.FIELD_MAP,
          "a map from old name to new name",
          new Localized("New name by old name.", "旧字段名到新字段名的映射。"));

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.rename",
          new Localized("Gives fields other names.", "重命名字段。"),
          "definition",
          1,
          Serving.GRAPH,
          List.of(FIELDS),
          List.of(
              new Example(
                  "{fields: {fnlwgt: weight}}",
                  "[{\"age\": 39, \"fnlwgt\": 77516}]",
                  "[{\"age\": 39, \"weight\": 77516}]")),
          params -> new Rename(params.get(FIELDS)));

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    Set<String> names = new LinkedHashSet<>();
    for (String name : input.names()) {
      if (made.contains(fields.getOrDefault(name, name))) {
        names.add(name);
      }
    }
    return names;
  }

  @Override
  public Schema output(Schema input) {
    fields.keySet().forEach(name -> FieldChoice.position(input, "fields", name));
    List<Field> renamed = new ArrayList<>();
    for (Field field : input.fields()) {
      String name = fields.getOrDefault(field.name(), field.name());
      if (name.isEmpty() || renamed.stream().anyMatch(other -> other.name().equals(name))) {
        throw new BindException(
            "fields", "must give every field a name of its own; found: '" + name + "' again");
      }
      renamed.add(field.named(name));
    }
    return new Schema(renamed);
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    return (batch, out) -> out.keep(batch.with(output, batch.columns()));
  }

  @Override
  public void emit(GraphFields graph) {
    Map<String, GraphFields.Value> before = new LinkedHashMap<>(graph.values());
    graph.values().clear();
    before.forEach(
        (name, value) ->
            graph.set(value.field().named(fields.getOrDefault(name, name)), value.tensor()));
  }
}
