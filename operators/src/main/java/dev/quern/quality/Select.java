package dev.quern.quality;

import dev.quern.data.Column;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps some fields, in the order given, or drops some and keeps the rest in its order. Exactly one
 * of the two lists is given.
 *
 * @param fields fields to keep
 * @param drop fields to leave out
 */
public record Select(Optional<List<String>> fields, Optional<List<String>> drop) implements Mapper {
  private static final Param<List<String>> FIELDS =
      Param.fields("fields", new Localized("Fields to keep, in this order.", "要保留的字段，按此顺序。"))
          .optional();

  private static final Param<List<String>> DROP =
      Param.fields("drop", new Localized("Fields to leave out.", "要去掉的字段。")).optional();

  /** The description. */
  public static final OperatorSpec SPEC =
      new OperatorSpec(
          "quality.select",
          new Localized("Keeps or leaves out fields.", "保留或去掉字段。"),
          "definition",
          1,
          Serving.GRAPH,
          List.of(FIELDS, DROP),
          List.of(
              new Example(
                  "{fields: [c, a]}", "[{\"a\": 1, \"b\": 2, \"c\": 3}]", "[{\"c\": 3, \"a\": 1}]"),
              new Example(
                  "{drop: b}", "[{\"a\": 1, \"b\": 2, \"c\": 3}]", "[{\"a\": 1, \"c\": 3}]")),
          params -> new Select(params.find(FIELDS), params.find(DROP)));

  public Select {
    if (fields.isPresent() == drop.isPresent()) {
      throw new IllegalArgumentException(
          "quality.select must have exactly one of fields and drop; found: "
              + (fields.isPresent() ? "both" : "neither"));
    }
  }

  @Override
  public Set<String> reads(Schema input, Set<String> made) {
    return made;
  }

  @Override
  public Schema output(Schema input) {
    List<Field> kept = new ArrayList<>();
    for (int position : positions(input)) {
      kept.add(input.field(position));
    }
    return new Schema(kept);
  }

  @Override
  public Mapping bind(Schema input, Schema output, StepRun run) {
    int[] positions = positions(input);
    return (batch, out) -> {
      List<Column> columns = new ArrayList<>(positions.length);
      for (int position : positions) {
        columns.add(batch.column(position));
      }
      out.keep(batch.with(output, columns));
    };
  }

  @Override
  public void emit(GraphFields graph) {
    List<Field> kept = new ArrayList<>();
    if (fields.isPresent()) {
      for (String name : fields.get()) {
        if (graph.values().containsKey(name)) {
          kept.add(graph.value(name).field());
        }
      }
    } else {
      graph.values().values().stream()
          .map(GraphFields.Value::field)
          .filter(field -> !drop.orElseThrow().contains(field.name()))
          .forEach(kept::add);
    }
    graph.retain(new Schema(kept));
  }

  private int[] positions(Schema input) {
    if (fields.isPresent()) {
      int[] named = FieldChoice.named(input, "fields", fields.get());
      if (named.length == 0) {
        throw new BindException("fields", "must name at least one field; found: none");
      }
      return named;
    }
    List<String> left = new ArrayList<>(input.names());
    for (int position : FieldChoice.named(input, "drop", drop.orElseThrow())) {
      left.remove(input.field(position).name());
    }
    if (left.isEmpty()) {
      throw new BindException("drop", "must leave at least one field; found: none left");
    }
    return FieldChoice.named(input, "drop", left);
  }
}
